import type { Query } from '../framework/index.ts';

/** The largest statement; smaller ones have a power of two of rows, so that few texts are ever prepared. */
const largest = 64;

/** `items` in pieces of 64, 32, … 1. */
export function* pieces<T>(items: readonly T[]): Generator<readonly T[]> {
  let size = largest;
  for (let start = 0; start < items.length; start += size) {
    while (size > items.length - start) size /= 2;
    yield items.slice(start, start + size);
  }
}

/** A statement whose text repeats `part` for each row, made once per number of rows. */
export function repeated(head: string, part: string, separator: string, tail = '') {
  const texts = new Map<number, string>();
  return (rows: readonly (readonly unknown[])[]): Query => {
    let text = texts.get(rows.length);
    if (text === undefined) {
      text = `${head}${Array.from({ length: rows.length }, () => part).join(separator)}${tail}`;
      texts.set(rows.length, text);
    }
    const only = rows[0];
    return { sql: text, values: rows.length === 1 && only ? only : rows.flat() };
  };
}

/** INSERTs into `table`: one of all rows, or as many as it takes. Names are trusted, never input. */
export function insertsOf(table: string, columns: readonly string[]) {
  const part = `(${columns.map(() => '?').join(', ')})`;
  const of = repeated(`INSERT INTO {${table}} (${columns.join(', ')}) VALUES `, part, ', ');
  return { of, inPieces: (rows: readonly (readonly unknown[])[]): Query[] => [...pieces(rows)].map(of) };
}
