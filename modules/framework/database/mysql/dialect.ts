import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Dialect } from '../dialect.ts';

const name = (column: string): Sql => raw(`\`${column}\``);

/** What MariaDB 10.6+ and MySQL 8 have in common. */
export const mysqlDialect: Dialect = {
  name: 'mysql',
  transactionalDdl: false,
  forUpdate: raw('FOR UPDATE'),
  insertIgnoreInto: raw('INSERT IGNORE INTO'),
  onDuplicate(_key, columns) {
    const assignments = columns.map((column) => sql`${name(column)} = VALUES(${name(column)})`);
    return sql`ON DUPLICATE KEY UPDATE ${join(assignments)}`;
  },
  jsonObjectAggregate: (key, value) => sql`JSON_OBJECTAGG(${key}, ${value})`,
  jsonArrayAggregate(fields) {
    const pairs = Object.entries(fields).map(([field, value]) => sql`${raw(`'${field}'`)}, ${value}`);
    return sql`JSON_ARRAYAGG(JSON_OBJECT(${join(pairs)}))`;
  },
};
