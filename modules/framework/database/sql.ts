export { default as sql, empty, join, raw, Sql } from 'sql-template-tag';

/** A moment as both engines store it: `YYYY-MM-DD HH:MM:SS` in UTC, fractions of a second cut off. */
export function sqlTimestamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}
