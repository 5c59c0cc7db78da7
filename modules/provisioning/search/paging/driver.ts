import { join, raw, type Sql, sql } from '../../../framework/index.ts';
import type { IndexedOrder, LookUp, SearchSource, Shown } from '../source.ts';

/** Where a resource stands in an order: its value there, if the order has values, and its key. */
export interface Place {
  readonly id: number;
  readonly v?: string | number | null;
}

/** How far an order was read. */
export interface State {
  /** `group` reads what is left of those with the same value, `nulls` those without a value. */
  readonly at: 'values' | 'group' | 'nulls';
  readonly v?: string | number;
  readonly id?: number;
}

/** Reads candidates in an order, a statement at a time. */
export interface Driver {
  readonly start: State;
  /** True when everyone it reads is in the source's scope. */
  readonly inScope: boolean;
  /** `SELECT … AS id[, … AS v]` of the next candidates, in order. */
  statement(state: State, limit: number): Sql;
  /** The same together with what is shown of them, where their order is that of the source's own table. */
  shown?(shown: Shown, state: State, limit: number): Sql;
  /** True when its statement answers `v` beside `id`. */
  readonly valued: boolean;
  /** How `statement` sorts, by the columns of an alias `k`. */
  readonly order: Sql;
  /** How many of the rows count, and where to go on; nowhere after the last. */
  advance(state: State, rows: readonly Place[], limit: number): { readonly accepted: number; readonly next?: State };
  /** Goes on behind a candidate. */
  after(place: Place): State;
  /** `FROM …` of everybody that is left, for counting. */
  remaining(state: State): Sql;
}

export type Direction = 'ASC' | 'DESC';
const words = { ASC: raw('ASC'), DESC: raw('DESC') };
const beyond = { ASC: raw('>'), DESC: raw('<') };

/** Everybody of the source, or whom the look-ups find, in the order of the keys. */
export function keyDriver(source: SearchSource, lookUps: readonly LookUp[] | undefined, direction: Direction): Driver {
  const { key, scope, from, listing = from, inOrder = sql`` } = source;
  const [word, sign] = [words[direction], beyond[direction]];
  const found =
    lookUps &&
    join(
      lookUps.map(({ keys }) => keys),
      ' UNION ',
    );
  const next = ({ id }: State, limit: number): Sql => {
    const rest = id === undefined ? sql`` : sql` AND ${key} ${sign} ${id}`;
    return sql`WHERE ${scope}${rest} ORDER BY ${key} ${word} LIMIT ${limit}`;
  };
  const listed: Pick<Driver, 'shown'> = {
    shown: ({ columns, joins }, state, limit) =>
      sql`SELECT ${inOrder} ${key} AS id, ${columns} FROM ${listing} ${joins} ${next(state, limit)}`,
  };
  return {
    ...(found ? {} : listed),
    start: { at: 'values' },
    inScope: found === undefined,
    valued: false,
    order: sql`k.id ${word}`,
    statement(state, limit) {
      if (!found) return sql`SELECT ${key} AS id FROM ${listing} ${next(state, limit)}`;
      const { id } = state;
      const rest = id === undefined ? sql`` : sql` WHERE l.id ${sign} ${id}`;
      return sql`SELECT l.id AS id FROM (${found}) l${rest} ORDER BY l.id ${word} LIMIT ${limit}`;
    },
    advance: (_, rows, limit) => {
      const last = rows.at(-1);
      return {
        accepted: rows.length,
        ...(last && rows.length === limit ? { next: { at: 'values', id: last.id } } : {}),
      };
    },
    after: ({ id }) => ({ at: 'values', id }),
    remaining({ id }) {
      const rest = id === undefined ? sql`` : sql` AND ${key} ${sign} ${id}`;
      return sql`FROM ${listing} WHERE ${scope}${rest}`;
    },
  };
}

export interface IndexReading {
  readonly order: IndexedOrder;
  readonly nullable: boolean;
  /** Narrows the index further. */
  readonly range?: Sql;
  readonly values: Direction;
  /** The order among equal values; ascending also where values descend, unless a page is read backwards. */
  readonly ties: Direction;
  /** Whether those without a value come after all others. */
  readonly nullsLast: boolean;
}

/** Reads in the order of an index. */
export function indexDriver(source: SearchSource, reading: IndexReading): Driver {
  const { order, nullable, range, values, ties, nullsLast } = reading;
  const { column, key, unique = false } = order;
  const within = range ? sql`${order.scope} AND ${range}` : order.scope;
  const hasNulls = nullable && range === undefined;
  const select = sql`SELECT ${key} AS id, ${column} AS v FROM ${order.from} WHERE ${within}`;
  // An index is read in one direction: where ties go the other way, groups of equal values are put in order apart.
  const aligned = unique || values === ties;
  const afterValues: State | undefined = hasNulls && nullsLast ? { at: 'nulls' } : undefined;
  const afterNulls: State | undefined = nullsLast ? undefined : { at: 'values' };

  const known = hasNulls ? sql` AND ${column} IS NOT NULL` : sql``;
  const rest = ({ v, id }: State): Sql => {
    if (v === undefined) return sql``;
    const sign = beyond[values];
    if (!aligned || unique || id === undefined) return sql` AND ${column} ${sign} ${v}`;
    // The first condition is what an index can use.
    return sql` AND ${column} ${sign}= ${v} AND (${column} ${sign} ${v} OR ${key} ${beyond[ties]} ${id})`;
  };
  const nextOf = (state: State | undefined) => (state ? { next: state } : {});

  return {
    start: hasNulls && !nullsLast ? { at: 'nulls' } : { at: 'values' },
    inScope: false,
    valued: true,
    order: sql`k.v ${words[values]}, k.id ${words[ties]}`,
    statement(state, limit) {
      const { at, v, id } = state;
      const further = id === undefined ? sql`` : sql` AND ${key} ${beyond[ties]} ${id}`;
      if (at === 'values') {
        const tied = unique ? sql`` : sql`, ${key} ${words[values]}`;
        return sql`${select}${known}${rest(state)} ORDER BY ${column} ${words[values]}${tied} LIMIT ${limit}`;
      }
      const same = at === 'nulls' ? sql`${column} IS NULL` : sql`${column} = ${v}`;
      return sql`${select} AND ${same}${further} ORDER BY ${key} ${words[ties]} LIMIT ${limit}`;
    },
    advance({ at, v }, rows, limit) {
      const last = rows.at(-1);
      const full = last !== undefined && rows.length === limit;
      if (at === 'nulls') return { accepted: rows.length, ...nextOf(full ? { at, id: last.id } : afterNulls) };
      if (at === 'group')
        return {
          accepted: rows.length,
          next: full ? { at, id: last.id, ...withValue(v) } : { at: 'values', ...withValue(v) },
        };
      if (!full) return { accepted: rows.length, ...nextOf(afterValues) };
      const value = last.v as string | number;
      if (aligned) return { accepted: rows.length, next: { at, v: value, id: last.id } };
      // The last group may not be whole: it is read again, by itself if it is all there is.
      const accepted = rows.findIndex((row) => row.v === value);
      const before = rows[accepted - 1];
      return before
        ? { accepted, next: { at, v: before.v as string | number } }
        : { accepted: 0, next: { at: 'group', v: value } };
    },
    after({ id, v }) {
      if (v === null || v === undefined) return { at: 'nulls', id };
      return { at: aligned ? 'values' : 'group', v, id };
    },
    remaining({ at, v, id }) {
      const others =
        hasNulls && (at === 'nulls') !== nullsLast
          ? [at === 'nulls' ? sql`${column} IS NOT NULL` : sql`${column} IS NULL`]
          : [];
      const same = at === 'nulls' ? sql`${column} IS NULL` : sql`${column} = ${v}`;
      const ahead =
        at === 'nulls' ? [] : [v === undefined ? sql`${column} IS NOT NULL` : sql`${column} ${beyond[values]} ${v}`];
      const tied =
        at !== 'nulls' && id === undefined
          ? []
          : [id === undefined ? same : sql`(${same} AND ${key} ${beyond[ties]} ${id})`];
      const left = join([...ahead, ...tied, ...others], ' OR ');
      return sql`FROM ${order.from} JOIN ${source.from} ON ${source.key} = ${key} WHERE ${within} AND ${source.scope} AND (${left})`;
    },
  };
}

const withValue = (v: string | number | undefined) => (v === undefined ? {} : { v });
