import { type Executor, sql } from '../../framework/index.ts';
import { type Place, top } from '../search/place.ts';
import { sealById } from './seal.ts';
import type { Fault } from './verify.ts';

/** Search rows that are looked at together. */
const rowsAtOnce = 10_000;

/** A record under a seal that is not there: below the first or above the newest. */
async function strayRecord(db: Executor, last: number): Promise<Fault | undefined> {
  const stray = await db.first<{ seal_id: number; activity_id: number }>(
    sql`SELECT seal_id, activity_id FROM {vestibule_activity_record} WHERE seal_id > ${last} OR seal_id < 1 ORDER BY seal_id, activity_id LIMIT 1`,
  );
  // A seal that was made since the last look brings its records along.
  if (!stray || (await sealById(db, stray.seal_id))) return undefined;
  return {
    what: 'record',
    tampering: 'inserted',
    sealId: stray.seal_id,
    recordId: stray.activity_id,
    message: `Record ${stray.activity_id} was inserted: it claims to be under seal ${stray.seal_id}, which does not exist.`,
  };
}

/** Seals that the head knows nothing of: somebody has put it back. One statement, so that no new seal comes between. */
async function sealBeyondHead(db: Executor): Promise<Fault | undefined> {
  const beyond = await db.first<{ seal_id: number }>(
    sql`SELECT s.seal_id FROM {vestibule_activity_head} h JOIN {vestibule_activity_seal} s ON s.seal_id > h.seal_id OR s.seal_id < 1 WHERE h.head_id = 1 ORDER BY s.seal_id LIMIT 1`,
  );
  return (
    beyond && {
      what: 'seal',
      tampering: 'inserted',
      sealId: beyond.seal_id,
      message: `Seal ${beyond.seal_id} is there, and vestibule_activity_head names an older one as the newest.`,
    }
  );
}

/** Where nothing was ever sealed, nothing was ever counted: the chart's counts are written with the seal. */
async function emptied(db: Executor, last: number): Promise<Fault | undefined> {
  if (last > 0) return undefined;
  const counted = await db.first(sql`SELECT day FROM {vestibule_activity_day} LIMIT 1`);
  // Seen in that order: what was sealed first of all since the head was read has moved it.
  if (!counted || (await sealById(db, 1))) return undefined;
  return {
    what: 'seal',
    tampering: 'removed',
    sealId: 1,
    message: 'The record was emptied: days have counts of sealed records, and there is no seal.',
  };
}

interface SearchRow {
  readonly occurred_ms: number;
  readonly activity_id: number;
  readonly seal_id: number;
  /** Null where no record stands behind the row. */
  readonly found: number | null;
}

/** The next search rows above a place, each with the record behind it: both come and go in one transaction. */
const rowsAbove = (db: Executor, { ms, id }: Place): Promise<SearchRow[]> =>
  db.all(
    sql`SELECT s.occurred_ms, s.activity_id, s.seal_id, r.activity_id AS found FROM (SELECT occurred_ms, activity_id, seal_id FROM {vestibule_activity_search} WHERE occurred_ms >= ${ms} AND (occurred_ms > ${ms} OR activity_id > ${id}) ORDER BY occurred_ms, activity_id LIMIT ${rowsAtOnce}) s LEFT JOIN {vestibule_activity_record} r ON r.seal_id = s.seal_id AND r.activity_id = s.activity_id AND r.occurred_ms = s.occurred_ms ORDER BY s.occurred_ms, s.activity_id`,
  );

/** A search row without a record of its time: reports would show that record twice, or in the wrong place. */
async function straySearchRow(db: Executor): Promise<Fault | undefined> {
  let from: Place = { ms: -top.ms, id: 0 };
  for (;;) {
    const rows = await rowsAbove(db, from);
    const stray = rows.find(({ found }) => found === null);
    if (stray)
      return {
        what: 'search',
        tampering: 'inserted',
        sealId: stray.seal_id,
        recordId: stray.activity_id,
        message: `A search row for record ${stray.activity_id} was inserted (seal ${stray.seal_id}): no record of its time is there.`,
      };
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return undefined;
    from = { ms: last.occurred_ms, id: last.activity_id };
  }
}

/** What stands in the tables of the record and belongs to no seal up to `last`. */
export const strayFault = async (db: Executor, last: number): Promise<Fault | undefined> =>
  (await strayRecord(db, last)) ??
  (await sealBeyondHead(db)) ??
  (await emptied(db, last)) ??
  (await straySearchRow(db));
