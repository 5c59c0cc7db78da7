import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Dialect } from '../dialect.ts';

const name = (column: string): Sql => raw(`\`${column}\``);

/** SQLite 3.45 as libsql brings it. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  transactionalDdl: true,
  forUpdate: empty,
  insertIgnoreInto: raw('INSERT OR IGNORE INTO'),
  onDuplicate(key, columns) {
    const assignments = columns.map((column) => sql`${name(column)} = excluded.${name(column)}`);
    return sql`ON CONFLICT (${join(key.map(name))}) DO UPDATE SET ${join(assignments)}`;
  },
  jsonObjectAggregate: (key, value) => sql`json_group_object(${key}, ${value})`,
  jsonArrayAggregate(fields) {
    const pairs = Object.entries(fields).map(([field, value]) => sql`${raw(`'${field}'`)}, ${value}`);
    return sql`json_group_array(json_object(${join(pairs)}))`;
  },
};
