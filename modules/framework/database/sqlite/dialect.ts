import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { type Dialect, type JsonPath, jsonPath } from '../dialect.ts';
import { sqliteTriggers } from './triggers.ts';

const name = (column: string): Sql => raw(`\`${column}\``);
const at = (path: JsonPath): Sql => raw(`'${jsonPath(path)}'`);
/** Strings, numbers, 0 and 1 for booleans, NULL for null and for nothing. */
const extract = (document: Sql, path: JsonPath): Sql => sql`json_extract(${document}, ${at(path)})`;

/** SQLite 3.45 as libsql brings it. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  transactionalDdl: true,
  forUpdate: empty,
  forUpdateUnlessHeld: empty,
  triggers: sqliteTriggers,
  // Magento has never run on SQLite.
  tables: undefined,
  facts: raw("SELECT 'sqlite_version' AS Variable_name, sqlite_version() AS Value"),
  insertIgnoreInto: raw('INSERT OR IGNORE INTO'),
  onDuplicate(key, columns) {
    const assignments = columns.map((column) => sql`${name(column)} = excluded.${name(column)}`);
    return sql`ON CONFLICT (${join(key.map(name))}) DO UPDATE SET ${join(assignments)}`;
  },
  readBy: () => empty,
  deleteByKey: (table, key, ids) =>
    sql`${raw(`DELETE FROM {${table}} WHERE ${key} IN (SELECT value FROM json_each(`)}${JSON.stringify(ids)}${raw('))')}`,
  joinsAsWritten: empty,
  // The store's texts are NOCASE, which folds as LOWER does: the letters of ASCII.
  asCompared: (_table, _column, text) => sql`SELECT LOWER(${text}) AS k`,
  jsonObjectAggregate: (key, value) => sql`json_group_object(${key}, ${value})`,
  jsonArrayAggregate(fields) {
    const pairs = Object.entries(fields).map(([field, value]) => sql`${raw(`'${field}'`)}, ${value}`);
    return sql`json_group_array(json_object(${join(pairs)}))`;
  },
  // Texts are UTF-8 and compared byte by byte.
  bytes: (text) => text,
  beginning: (text, characters) => sql`SUBSTR(${text}, 1, ${characters})`,
  jsonText: extract,
  jsonNumber: extract,
  jsonFlag: extract,
  jsonHas: (document, path) => sql`json_type(${document}, ${at(path)}) IS NOT NULL`,
  jsonElements(document, path) {
    const member = (field: string): Sql => extract(raw('j.value'), [field]);
    return {
      from: sql`json_each(${document}, ${at(path)}) j`,
      position: raw('j.key'),
      value: raw('j.value'),
      text: member,
      number: member,
      flag: member,
    };
  },
};
