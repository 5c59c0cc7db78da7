import { migrate } from '../../modules/framework/database/migration/migrator.ts';
import { connect, type Database, sql } from '../../modules/framework/index.ts';
import type { OpenedDatabase } from '../setup/databases.ts';

const store = { name: 'store', migrations: new URL('../../migrations/', import.meta.url) };

/** Runs the store's migrations and answers those that ran. */
export const migrateStore = (database: Database) => migrate(database, [store]);

/** Makes the ledger forget that the store's migrations have run. */
export const forgetMigrations = (database: Database) =>
  database.run(sql`DELETE FROM {vestibule_migration} WHERE module = ${store.name}`);

/** The same database once more, its tables under a prefix. The caller closes it. */
export const openPrefixed = (opened: OpenedDatabase, tablePrefix: string) => connect({ url: opened.url, tablePrefix });

/** The names of all tables in the database, Vestibule's own and the engine's aside. */
export async function tablesOf(database: Database): Promise<string[]> {
  const rows = await database.all<{ name: string }>(
    database.dialect.name === 'mysql'
      ? sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`
      : sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
  );
  return rows.map(({ name }) => name).filter((name) => !name.includes('vestibule_'));
}
