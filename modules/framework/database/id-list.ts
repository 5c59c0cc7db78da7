import { join, type Sql } from './sql.ts';

/** Lengths of lists in statements: few, so that few statements are prepared. */
const lengths = [1, 2, 4, 8, 16, 32, 64, 100, 200, 400, 700, 1000, 2000, 5000];

/** `?, ?, …` for `IN (…)`: the ids, the last of them repeated up to a length that is used often. There must be one. */
export function idList(ids: readonly number[]): Sql {
  const length = lengths.find((n) => n >= ids.length) ?? ids.length;
  const last = ids.at(-1);
  if (length === ids.length || last === undefined) return join([...ids]);
  return join([...ids, ...Array<number>(length - ids.length).fill(last)]);
}
