import { type Executor, join, type Sql, sql } from '../../framework/index.ts';
import { type ListQuery, printFilter, printPath } from '../../scim/index.ts';
import { type Compiled, compileFilter } from './filter/compile.ts';
import { lookUpsOf, type Range, rangesOf } from './filter/look-up.ts';
import { type Direction, type Driver, indexDriver, keyDriver } from './paging/driver.ts';
import { type SortKey, sortKeyOf } from './sort.ts';
import type { IndexedOrder, LookUp, SearchSource } from './source.ts';

/** What a query comes to: whom to look at, in which order, and what must hold of them. */
export interface Plan {
  readonly source: SearchSource;
  readonly condition: Compiled | undefined;
  /** Set where candidates come in the order of their keys and have to be sorted by a value. */
  readonly sort: SortKey | undefined;
  readonly descending: boolean;
  readonly driver: Driver;
  /** The same order read backwards. */
  readonly backwards: Driver;
  /** Targets on which depends what an index answers: everybody is settled as to these before it is read. */
  readonly settlesFirst: readonly string[];
  /** Tells this question from others: filter, sort, direction. */
  readonly question: string;
  /** The question's filter alone, on which the total depends. */
  readonly filter: string;
}

/** Ranges up to this size are found by their index and sorted; larger ones are met often enough by looking through all. */
const smallRange = 2_000;

/** Makes the plan for a query. Undefined: the filter can hold for nobody. @throws ScimError `invalidFilter` */
export async function planOf(db: Executor, source: SearchSource, query: ListQuery): Promise<Plan | undefined> {
  const { filter, sortBy } = query;
  const condition = filter && compileFilter(filter, source);
  const sortKey = sortBy && sortKeyOf(db.dialect, source, sortBy);
  const descending = query.sortOrder === 'descending';
  let lookUps = filter && lookUpsOf(filter, source);
  if (lookUps?.length === 0) return undefined;
  const ranges = filter && !lookUps ? rangesOf(filter, source) : [];
  const order = sortKey?.order;
  const sorted = order !== undefined && order !== 'key' && !lookUps ? order : undefined;
  const used = sorted ? ranges.filter((range) => sameOrder(range.order, sorted)) : ranges;
  if (!sorted) lookUps ??= await smallRangeOf(db, ranges);
  const flip = (direction: Direction): Direction => (direction === 'ASC' ? 'DESC' : 'ASC');
  const driver = (backwards: boolean): Driver => {
    if (!sorted || !sortKey) {
      const natural = descending && order === 'key' ? 'DESC' : 'ASC';
      return keyDriver(source, lookUps, backwards ? flip(natural) : natural);
    }
    const values = descending ? 'DESC' : 'ASC';
    const range = conditionOn(sorted, used);
    return indexDriver(source, {
      order: sorted,
      nullable: sortKey.nullable,
      ...(range ? { range } : {}),
      values: backwards ? flip(values) : values,
      ties: backwards ? 'DESC' : 'ASC',
      nullsLast: descending === backwards,
    });
  };
  return {
    source,
    condition,
    sort: sorted || order === 'key' ? undefined : sortKey,
    descending,
    driver: driver(false),
    backwards: driver(true),
    settlesFirst: [
      ...new Set([...(sorted ? (sortKey?.targets ?? []) : []), ...used.flatMap(({ targets }) => targets)]),
    ],
    question: questionOf(query),
    filter: printed(query),
  };
}

const printed = ({ filter }: ListQuery): string => (filter ? printFilter(filter) : '');

/** Tells a query from others: filter, sort, direction. */
export const questionOf = (query: ListQuery): string =>
  `${printed(query)}|${query.sortBy ? `${printPath(query.sortBy)}|${query.sortOrder}` : '|'}`;

const sameOrder = (a: IndexedOrder, b: IndexedOrder): boolean => a.column.sql === b.column.sql;

function conditionOn(order: IndexedOrder, ranges: readonly Range[]): Sql | undefined {
  const own = ranges.filter((range) => sameOrder(range.order, order)).map(({ condition }) => condition);
  return own.length === 0 ? undefined : join(own, ' AND ');
}

/** The keys in the first index's range, if they are few enough to be sorted. */
async function smallRangeOf(db: Executor, ranges: readonly Range[]): Promise<readonly LookUp[] | undefined> {
  const order = ranges[0]?.order;
  const condition = order && conditionOn(order, ranges);
  if (!condition) return undefined;
  const where = sql`FROM ${order.from} WHERE ${order.scope} AND ${condition}`;
  const found = await db.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM (SELECT 1 AS one ${where} LIMIT ${smallRange + 1}) p`,
  );
  if (Number(found?.n ?? 0) > smallRange) return undefined;
  return [{ keys: sql`SELECT ${order.key} AS id ${where}`, few: true }];
}
