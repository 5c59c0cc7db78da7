import { type Executor, empty, join, raw, type Sql, sql } from '../../framework/index.ts';
import type { Place } from './place.ts';
import type { Question, Range, SearchColumn } from './question.ts';

/** A sealed record, found. */
export interface Hit extends Place {
  readonly seal: number;
}

/** Something that gives records newest first, one after the other. */
export interface Source<T extends Place> {
  /** The next one without taking it. */
  peek(): Promise<T | undefined>;
  take(): void;
}

export interface SearchRow {
  readonly occurred_ms: number;
  readonly activity_id: number;
  readonly seal_id: number;
  readonly kind_id: number;
}

const indexes: Readonly<Record<SearchColumn, string>> = {
  kind_id: 'vestibule_activity_by_kind',
  connection_id: 'vestibule_activity_by_connection',
  customer_id: 'vestibule_activity_by_customer',
  subject_hash: 'vestibule_activity_by_subject',
  request_hash: 'vestibule_activity_by_request',
};

const rowsOf = (db: Executor, { column, value }: Range, fromMs: number, below: Place, limit: number): Sql => {
  const within = column === undefined ? sql`1 = 1` : sql`${raw(column)} = ${value ?? null}`;
  const index = column === undefined ? empty : db.dialect.readBy(indexes[column]);
  // Not as a row comparison: MySQL makes no range of that.
  return sql`SELECT occurred_ms, activity_id, seal_id, kind_id FROM {vestibule_activity_search} ${index} WHERE ${within} AND occurred_ms >= ${fromMs} AND occurred_ms <= ${below.ms} AND (occurred_ms < ${below.ms} OR activity_id < ${below.id}) ORDER BY occurred_ms DESC, activity_id DESC LIMIT ${limit}`;
};

/** Ranges that are read by one statement; SQLite puts 500 together at most. */
const rangesAtOnce = 200;

/** The first rows of several ranges, in as few statements as there can be. */
export async function firstRows(
  db: Executor,
  { ranges, fromMs }: Question,
  start: Place,
  chunk: number,
): Promise<readonly (readonly SearchRow[])[]> {
  const found: SearchRow[][] = ranges.map(() => []);
  for (let first = 0; first < ranges.length; first += rangesAtOnce) {
    const parts = ranges
      .slice(first, first + rangesAtOnce)
      .map(
        (range, at) =>
          sql`SELECT ${raw(String(first + at))} AS part, r.* FROM (${rowsOf(db, range, fromMs, start, chunk)}) r`,
      );
    for (const { part, ...row } of await db.all<SearchRow & { part: number }>(join(parts, ' UNION ALL ')))
      found[part]?.push(row);
  }
  // Putting together promises no order.
  return found.map((rows) => rows.sort((a, b) => b.occurred_ms - a.occurred_ms || b.activity_id - a.activity_id));
}

/** Reads one range of an index, `chunk` rows at a time; `first` are its first rows, where they were read already. */
export function rangeSource(
  db: Executor,
  question: Question,
  range: Range,
  start: Place,
  chunk: number,
  first?: readonly SearchRow[],
): Source<Hit> {
  const { unfit, fromMs } = question;
  let below = start;
  let held: readonly Hit[] = [];
  let next = 0;
  let ended = false;
  let read = first;
  return {
    async peek() {
      while (next >= held.length && !ended) {
        const rows = read ?? (await db.all<SearchRow>(rowsOf(db, range, fromMs, below, chunk)));
        read = undefined;
        const last = rows.at(-1);
        ended = rows.length < chunk || last === undefined;
        if (last) below = { ms: last.occurred_ms, id: last.activity_id };
        held = rows
          .filter(({ kind_id }) => !unfit.has(kind_id))
          .map((row) => ({ ms: row.occurred_ms, id: row.activity_id, seal: row.seal_id }));
        next = 0;
      }
      return held[next];
    },
    take() {
      next++;
    },
  };
}
