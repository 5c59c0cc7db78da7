import type { MagentoDatabase } from './database.ts';

/** Everything that a database holds by the name of what holds it: how tables and triggers were made, and rows in their order. */
export async function dump({ rows }: MagentoDatabase): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const first = async (text: string): Promise<string[]> => Object.values((await rows(text))[0] ?? {}).map(String);
  for (const table of (await rows('SHOW TABLES')).flatMap((row) => Object.values(row) as string[])) {
    const [, made = ''] = await first(`SHOW CREATE TABLE \`${table}\``);
    // What was counted up to is no trace: ids are never given again.
    found[`table ${table}`] = made.replace(/ AUTO_INCREMENT=\d+/, '');
    const all = (await rows(`SELECT * FROM \`${table}\``)).map((row) => JSON.stringify(row)).sort();
    if (all.length > 0) found[`rows of ${table}`] = all.join('\n');
  }
  for (const { Trigger: name } of await rows<{ Trigger: string }>('SHOW TRIGGERS')) {
    const [, , made = ''] = await first(`SHOW CREATE TRIGGER \`${name}\``);
    found[`trigger ${name}`] = made;
  }
  return found;
}

/** Of a dump, how the tables were made that are not this host's. */
export const tablesOfOthers = (dumped: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(dumped).filter(([name]) => /^table (?!.*vestibule_)/.test(name)));
