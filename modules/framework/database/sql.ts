import type { Sql } from 'sql-template-tag';
import type { Query } from './executor.ts';

export { default as sql, empty, join, raw, Sql } from 'sql-template-tag';

/** A moment as both engines store it: `YYYY-MM-DD HH:MM:SS` in UTC, fractions of a second cut off. */
export function sqlTimestamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** The same to the millisecond, for DATETIME(3) columns: `YYYY-MM-DD HH:MM:SS.mmm`. */
export function sqlTimestampMs(date: Date): string {
  return date.toISOString().slice(0, 23).replace('T', ' ');
}

/**
 * For statements of the hot path: `build` writes them with the tag, and only its values may depend on its arguments. The
 * text is put together once, so that every look-up of the prepared statement meets the very same string.
 */
export function constant<A extends readonly unknown[]>(build: (...values: A) => Sql): (...values: A) => Query {
  let text: string | undefined;
  let pieces = 0;
  return (...values) => {
    const built = build(...values);
    text ??= built.sql;
    pieces ||= built.strings.length;
    if (built.strings.length !== pieces)
      throw new Error(`A constant statement changed its text; write it without constant(): ${text}`);
    return { sql: text, values: built.values };
  };
}
