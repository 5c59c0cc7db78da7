import sql, { join, raw } from 'sql-template-tag';
import { flagsOf, type TriggerDialect } from '../trigger.ts';

/** Set on a connection whose writes triggers pass over. */
const passedOver = raw('@vestibule_passed_over');

/** What MariaDB 10.6+ and MySQL 8 have in common: blocks with handlers, and variables of a connection. */
export const mysqlTriggers: TriggerDialect = {
  create({ name, table, after, when, flags, into, row }, mark) {
    const condition = when === undefined ? sql`${passedOver} IS NULL` : sql`${passedOver} IS NULL AND (${when})`;
    const columns = raw([...Object.keys(row), ...(flags ? [flags.column] : [])].join(', '));
    const values = [...Object.values(row), ...(flags ? [raw('flags')] : [])];
    const insert = sql`INSERT INTO ${raw(`{${into}}`)} (${columns}) VALUES (${join(values)});`;
    // Comparisons of many columns are most of what a trigger costs, and inside of an INSERT they cost twice as much.
    const written = flags ? sql`SET flags = ${flagsOf(flags.of)}; IF flags > 0 THEN ${insert} END IF;` : insert;
    return sql`CREATE TRIGGER ${raw(`{${name}}`)} AFTER ${raw(after)} ON ${raw(`{${table}}`)} FOR EACH ROW
BEGIN /* ${raw(mark)} */
  DECLARE flags INT DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;
  IF ${condition} THEN
    ${written}
  END IF;
END`;
  },
  drop: (name) => raw(`DROP TRIGGER IF EXISTS {${name}}`),
  list: raw(
    'SELECT trigger_name AS name, action_statement AS text FROM information_schema.triggers WHERE trigger_schema = DATABASE()',
  ),
  columns: (table) =>
    raw(
      `SELECT column_name AS name, character_set_name AS charset FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{${table}}' ORDER BY ordinal_position`,
    ),
  // The column's collation would take "Ann" for "ann", and even a binary one trailing blanks for nothing. A cast to bytes
  // would tell both, at five times the cost.
  differ: (before, after, charset) =>
    charset === null
      ? sql`NOT (${before} <=> ${after})`
      : sql`NOT (${before} COLLATE ${raw(`${charset}_bin`)} <=> ${after} AND LENGTH(${before}) <=> LENGTH(${after}))`,
  nowMs: raw("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000"),
  followCascades: false,
  passOver: () => sql`SET ${passedOver} = 1`,
  hasty: { before: raw('SET SESSION lock_wait_timeout = 5'), after: raw('SET SESSION lock_wait_timeout = DEFAULT') },
};
