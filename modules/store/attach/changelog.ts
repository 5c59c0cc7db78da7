import { type Database, sql } from '../../framework/index.ts';

const changelog = /INSERT (?:IGNORE )?INTO `?(\w+_cl)`?/gi;

/**
 * Changelogs of Magento's indexers that are written to and are not there, which fails whoever writes a customer; a line each.
 * `own` are the tables of this prefix without it, `all` those of the database. A database user without the privilege TRIGGER
 * sees no triggers.
 */
export async function brokenChangelogs(
  database: Database,
  own: ReadonlySet<string>,
  all: ReadonlySet<string>,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const triggers = await database.all<{ name: string; text: string }>(database.dialect.triggers.list);
  for (const { name, text } of triggers) {
    if (!/^trg_\w*customer_/.test(name)) continue;
    for (const [, into = ''] of text.matchAll(changelog))
      if (!all.has(into))
        lines.push(`the trigger ${name} writes into ${into}, which is missing: no customer can be written`);
  }
  if (!own.has('mview_state') || own.has('customer_grid_flat_cl')) return lines;
  const view = await database.first(
    sql`SELECT mode FROM {mview_state} WHERE view_id = ${'customer_grid_flat'} AND mode = ${'enabled'}`,
  );
  return view ? [...lines, 'customer_grid_flat_cl is missing although the customer grid is on schedule'] : lines;
}
