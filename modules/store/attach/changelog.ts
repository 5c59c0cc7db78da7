import type { Database } from '../../framework/index.ts';

/**
 * Triggers of Magento's on customers' tables that write into a changelog that is not there, which fails whoever writes a
 * customer; a line each. A database user without the privilege TRIGGER sees none of them.
 */
export async function brokenChangelogs(database: Database, tables: ReadonlySet<string>): Promise<readonly string[]> {
  const triggers = await database.all<{ name: string; text: string }>(database.dialect.triggers.list);
  return triggers
    .filter(({ name }) => /^trg_\w*customer_/.test(name))
    .flatMap(({ name, text }) =>
      [...text.matchAll(/INSERT (?:IGNORE )?INTO `?(\w+_cl)`?/gi)].flatMap(([, into = '']) =>
        tables.has(into)
          ? []
          : [`the trigger ${name} writes into ${into}, which is missing: no customer can be written`],
      ),
    );
}
