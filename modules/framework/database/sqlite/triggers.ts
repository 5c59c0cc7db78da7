import sql, { join, raw } from 'sql-template-tag';
import { flagsOf, type TriggerDialect } from '../trigger.ts';

export const sqliteTriggers: TriggerDialect = {
  create({ name, table, after, when, flags, into, row }, mark) {
    const conditions = [...(when ? [sql`(${when})`] : []), ...(flags ? [sql`(${join(flags.of, ' OR ')})`] : [])];
    const condition = conditions.length === 0 ? sql`` : sql` WHEN ${join(conditions, ' AND ')}`;
    const columns = raw([...Object.keys(row), ...(flags ? [flags.column] : [])].join(', '));
    const values = [...Object.values(row), ...(flags ? [flagsOf(flags.of)] : [])];
    return sql`CREATE TRIGGER ${raw(`{${name}}`)} AFTER ${raw(after)} ON ${raw(`{${table}}`)} FOR EACH ROW${condition}
BEGIN /* ${raw(mark)} */
  INSERT INTO ${raw(`{${into}}`)} (${columns}) VALUES (${join(values)});
END`;
  },
  drop: (name) => raw(`DROP TRIGGER IF EXISTS {${name}}`),
  list: raw("SELECT name, sql AS text FROM sqlite_schema WHERE type = 'trigger'"),
  columns: (table) => raw(`SELECT name, NULL AS charset FROM pragma_table_info('{${table}}')`),
  // Columns of texts compare without regard to case otherwise.
  differ: (before, after) => sql`${before} IS NOT ${after} COLLATE BINARY`,
  nowMs: raw("CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"),
  followCascades: true,
  // A temporary trigger is its connection's alone. The table goes unqualified: a trigger may not name another schema's.
  passOver: (into, byTrigger) =>
    sql`CREATE TEMP TRIGGER IF NOT EXISTS ${raw(`{${into}_passed_over}`)} BEFORE INSERT ON ${raw(`{${into}}`)}
WHEN ${byTrigger} BEGIN SELECT RAISE(IGNORE); END`,
  hasty: undefined,
};
