import { createCatalogue, type Database, DatabaseError, type ForeignTables, sql } from '../../framework/index.ts';
import { brokenChangelogs } from './changelog.ts';
import { misfitsOf } from './misfits.ts';
import { tablesReliedUpon } from './relied-upon.ts';

const wanted = tablesReliedUpon.map(({ name }) => name);

/** All tables of the database, whatever their prefix. */
async function allTables(database: Database): Promise<ReadonlySet<string>> {
  const { tables } = database.dialect;
  const rows = tables ? await database.all<{ name: string }>(tables.tables) : [];
  return new Set(rows.map(({ name }) => name));
}

/** Everything about Magento's tables that this host cannot work with, a line each. At most seven statements. */
export async function magentoMisfits(database: Database): Promise<readonly string[]> {
  const catalogue = createCatalogue(database);
  const misfits = misfitsOf(tablesReliedUpon, await catalogue.facts(wanted));
  const own = new Set(await catalogue.tables());
  return [...misfits, ...(await brokenChangelogs(database, own, await allTables(database)))];
}

/** Whether Magento's own setup has been here: it keeps its modules in a table that this host leaves empty. */
async function setUpByMagento(database: Database, tables: readonly string[]): Promise<boolean> {
  if (!tables.includes('setup_module')) return false;
  const row = await database.first(sql`SELECT module FROM {setup_module} WHERE module = ${'Magento_Customer'}`);
  return row !== undefined;
}

/** A store of this host's own beside a Magento is what nobody wants who forgot the prefix. */
async function refuseOtherPrefix(database: Database): Promise<void> {
  const tables = await allTables(database);
  for (const name of tables) {
    const prefix = /^(\w*?)customer_entity$/.exec(name)?.[1];
    if (prefix === undefined || !tables.has(`${prefix}eav_attribute`) || !tables.has(`${prefix}setup_module`)) continue;
    throw new DatabaseError(
      'DB_FOREIGN',
      `Magento's tables are here under ${prefix === '' ? 'no prefix' : `the prefix "${prefix}"`}, and DATABASE_TABLE_PREFIX says otherwise: nothing was written. Set DATABASE_TABLE_PREFIX=${prefix} (Magento's db/table_prefix), or name another database.`,
    );
  }
}

/**
 * Tells a Magento database from an empty one, and from one whose tables this host was making when it was stopped: either
 * Magento's setup has left its list of modules, or there are customers' tables although nothing of this host has ever run.
 */
export const magentoTables: ForeignTables & { readonly migrations: URL } = {
  owner: 'Magento',
  migrations: new URL('../../../migrations/', import.meta.url),
  async present(database, untouched) {
    if (database.dialect.tables === undefined) return false;
    const tables = await createCatalogue(database).tables();
    if ((untouched && tables.includes('customer_entity')) || (await setUpByMagento(database, tables))) return true;
    if (untouched) await refuseOtherPrefix(database);
    return false;
  },
  misfits: magentoMisfits,
};
