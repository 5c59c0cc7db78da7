import { join, type Sql, sql } from './sql.ts';

/** Lengths of lists in statements: few, so that few statements are prepared. */
const lengths = [1, 2, 4, 8, 16, 32, 64, 100, 200, 400, 700, 1000, 2000, 5000];

/** `?, ?, …` for `IN (…)`: the ids, the last of them repeated up to a length that is used often. There must be one. */
export function idList(ids: readonly number[]): Sql {
  const length = lengths.find((n) => n >= ids.length) ?? ids.length;
  const last = ids.at(-1);
  if (length === ids.length || last === undefined) return join([...ids]);
  return join([...ids, ...Array<number>(length - ids.length).fill(last)]);
}

/** A range may hold this many ids for each one that is asked for. */
const spread = 2;

/**
 * Holds for rows of all these ids, and perhaps of some between them, which whoever reads passes over. Ids that stand close
 * together become a range: that reads at a third of the cost of a list, for each member of which an index is descended.
 * There must be one.
 */
export function aroundIds(column: Sql, ids: readonly number[]): Sql {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const id of ids) {
    if (id < first) first = id;
    if (id > last) last = id;
  }
  if (last - first >= ids.length * spread) return sql`${column} IN (${idList(ids)})`;
  return sql`${column} >= ${first} AND ${column} <= ${last}`;
}
