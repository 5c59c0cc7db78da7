import { type Sql, sql } from '../framework/index.ts';

/** A statement from ready pieces of text, for lists of columns that are known but vary: n values stand between n + 1 texts. */
export const statement = (texts: readonly string[], values: readonly unknown[]): Sql => sql(texts, ...values);

/** `INSERT INTO {table} (a, b) VALUES (?, ?)`, for one set of columns. Made once, bound often. */
export function insertInto(table: string, columns: readonly string[], tail = ''): (values: readonly unknown[]) => Sql {
  const texts = columns.map((_, i) =>
    i === 0 ? `INSERT INTO {${table}} (${columns.map((c) => `\`${c}\``).join(', ')}) VALUES (` : ', ',
  );
  texts.push(`)${tail}`);
  return (values) => statement(texts, values);
}

/** `UPDATE {table} SET a = ?, b = ? WHERE key = ?`. Columns are names of ours, never input. */
export function updateOf(table: string, key: string, id: number, changes: Readonly<Record<string, unknown>>): Sql {
  const columns = Object.keys(changes);
  const texts = columns.map((column, i) => (i === 0 ? `UPDATE {${table}} SET \`${column}\` = ` : `, \`${column}\` = `));
  texts.push(` WHERE ${key} = `, '');
  const values: unknown[] = Object.values(changes);
  values.push(id);
  return statement(texts, values);
}
