import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type Dialect, type JsonPath, jsonPath } from '../dialect.ts';
import { mysqlTables } from './tables.ts';
import { mysqlTriggers } from './triggers.ts';

const name = (column: string): Sql => raw(`\`${column}\``);
const at = (path: JsonPath): Sql => raw(`'${jsonPath(path)}'`);
const extract = (document: Sql, path: JsonPath): Sql => sql`JSON_EXTRACT(${document}, ${at(path)})`;
const flag = (text: Sql): Sql => sql`CASE ${text} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END`;

/** What MariaDB 10.6+ and MySQL 8 have in common. */
export const mysqlDialect: Dialect = {
  name: 'mysql',
  transactionalDdl: false,
  forUpdate: raw('FOR UPDATE'),
  forUpdateUnlessHeld: raw('FOR UPDATE SKIP LOCKED'),
  triggers: mysqlTriggers,
  tables: mysqlTables,
  // The one form that MariaDB and MySQL share; 8.0 has no `tx_isolation`, MariaDB before 11.1 no `transaction_isolation`.
  facts: raw(
    "SHOW VARIABLES WHERE Variable_name IN ('version', 'innodb_flush_log_at_trx_commit', 'tx_isolation', 'transaction_isolation', 'log_bin', 'binlog_format', 'read_only', 'timestamp')",
  ),
  insertIgnoreInto: raw('INSERT IGNORE INTO'),
  onDuplicate(_key, columns) {
    const assignments = columns.map((column) => sql`${name(column)} = VALUES(${name(column)})`);
    return sql`ON DUPLICATE KEY UPDATE ${join(assignments)}`;
  },
  readBy: (index) => raw(index === 'PRIMARY' ? 'FORCE INDEX (PRIMARY)' : `FORCE INDEX ({${index}})`),
  // FORCE INDEX alone does not keep MariaDB from scanning; as the second of two tables it is looked up row by row.
  deleteByKey: (table, key, ids) =>
    sql`${raw(`DELETE {${table}} FROM JSON_TABLE(`)}${JSON.stringify(ids)}${raw(`, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) k STRAIGHT_JOIN {${table}} FORCE INDEX (PRIMARY) ON {${table}}.${key} = k.id`)}`,
  joinsAsWritten: raw('STRAIGHT_JOIN'),
  // Below a column of none of its rows, the text is collated as that column is.
  asCompared: (table, column, text) =>
    sql`${raw(`SELECT HEX(WEIGHT_STRING(t.${column})) AS k FROM (SELECT ${column} FROM {${table}} WHERE 1 = 0 UNION ALL SELECT `)}${text}${raw(') t')}`,
  jsonObjectAggregate: (key, value) => sql`JSON_OBJECTAGG(${key}, ${value})`,
  jsonArrayAggregate(fields) {
    const pairs = Object.entries(fields).map(([field, value]) => sql`${raw(`'${field}'`)}, ${value}`);
    return sql`JSON_ARRAYAGG(JSON_OBJECT(${join(pairs)}))`;
  },
  bytes: (text) => sql`CAST(${text} AS BINARY)`,
  beginning: (bytes, characters) =>
    sql`CAST(SUBSTR(CAST(${bytes} AS CHAR CHARACTER SET utf8mb4), 1, ${characters}) AS BINARY)`,
  // JSON_VALUE is not used: MySQL cuts at 512 characters. What is unquoted says "null" for null.
  jsonText: (document, path) =>
    sql`CASE JSON_TYPE(${extract(document, path)}) WHEN 'NULL' THEN NULL ELSE JSON_UNQUOTE(${extract(document, path)}) END`,
  jsonNumber: (document, path) => sql`JSON_UNQUOTE(${extract(document, path)}) + 0`,
  jsonFlag: (document, path) => flag(sql`JSON_UNQUOTE(${extract(document, path)})`),
  jsonHas: (document, path) => sql`JSON_CONTAINS_PATH(${document}, 'one', ${at(path)})`,
  jsonElements(document, path, fields) {
    const column = (field: string): Sql => raw(`j.f${fields.indexOf(field)}`);
    const columns = fields.map((field, i) => `, f${i} MEDIUMTEXT PATH '${jsonPath([field])}'`).join('');
    return {
      from: sql`JSON_TABLE(${document}, ${raw(`'${jsonPath(path)}[*]'`)} COLUMNS (position FOR ORDINALITY, value MEDIUMTEXT PATH '$'${raw(columns)})) j`,
      position: raw('j.position'),
      value: raw('j.value'),
      text: column,
      number: (field) => sql`${column(field)} + 0`,
      flag: (field) => flag(column(field)),
    };
  },
};
