import { migration, raw } from '../modules/framework/index.ts';
import { mysqlTable } from './store-schema/mysql.ts';
import { sqliteTable } from './store-schema/sqlite.ts';
import { storeTables } from './store-schema/store-tables.ts';

/** The store's tables with their keys. Each is created only where it is missing, so a broken run can be run again. */
export default migration({
  async up(schema) {
    for (const table of storeTables) {
      const statements =
        schema.engine === 'mysql' ? [mysqlTable(table, schema.prefix)] : sqliteTable(table, schema.prefix);
      for (const statement of statements) await schema.run(raw(statement));
    }
  },
});
