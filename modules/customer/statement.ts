import { type Query, type Sql, sql } from '../framework/index.ts';

/** A statement from ready pieces of text, for lists of columns that are known but vary: n values stand between n + 1 texts. */
export const statement = (texts: readonly string[], values: readonly unknown[]): Sql => sql(texts, ...values);

/** `INSERT INTO {table} (a, b) VALUES (?, ?)`, for one set of columns. Made once, bound often. */
export function insertInto(
  table: string,
  columns: readonly string[],
  tail = '',
): (values: readonly unknown[]) => Query {
  const names = columns.map((c) => `\`${c}\``).join(', ');
  const text = `INSERT INTO {${table}} (${names}) VALUES (${columns.map(() => '?').join(', ')})${tail}`;
  return (values) => ({ sql: text, values });
}

/** `UPDATE {table} SET a = ?, b = ? WHERE key = ?`. Columns are names of ours, never input. */
export function updateOf(table: string, key: string, id: number, changes: Readonly<Record<string, unknown>>): Query {
  const columns = Object.keys(changes);
  const values: unknown[] = Object.values(changes);
  values.push(id);
  return {
    sql: `UPDATE {${table}} SET ${columns.map((column) => `\`${column}\` = ?`).join(', ')} WHERE ${key} = ?`,
    values,
  };
}
