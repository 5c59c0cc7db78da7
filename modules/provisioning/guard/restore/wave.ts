import { type Executor, type Sql, sql, sqlTimestampMs } from '../../../framework/index.ts';
import type { Hold } from '../hold/hold.ts';
import type { LossKind } from '../loss.ts';

/** Something that a customer lost in a wave. Times are UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
export interface PassedLoss {
  readonly eventId: number;
  readonly customerId: number;
  readonly at: string;
  readonly kind: LossKind;
  readonly weighs: boolean;
  readonly wasActive: boolean;
  readonly groups: readonly number[];
  readonly restoredAt: string | null;
  readonly failure: string | null;
}

interface EventRow {
  event_id: number;
  customer_id: number;
  at: string;
  kind: LossKind;
  weighs: number;
  was_active: number;
  group_ids: string | null;
  restored_at: string | null;
  failure: string | null;
}

/** To be selected under the alias `e`. */
export const passedColumns = sql`e.event_id, e.customer_id, e.at, e.kind, e.weighs, e.was_active, e.group_ids, e.restored_at, e.failure`;

/** Reads a row of `passedColumns`. */
export const readPassed = (row: EventRow): PassedLoss => ({
  eventId: row.event_id,
  customerId: row.customer_id,
  at: row.at,
  kind: row.kind,
  weighs: row.weighs === 1,
  wasActive: row.was_active === 1,
  groups: row.group_ids === null ? [] : (JSON.parse(row.group_ids) as number[]),
  restoredAt: row.restored_at,
  failure: row.failure,
});

/** The events `e` of a hold's wave: what passed from an hour before it until it was decided, and what it let happen. */
export const waveOf = ({ id, connectionId, since, decidedAt }: Hold, now: Date): Sql =>
  sql`e.connection_id = ${connectionId} AND (e.hold_id = ${id} OR (e.hold_id IS NULL AND e.at > ${since} AND e.at <= ${decidedAt ?? sqlTimestampMs(now)}))`;

/** How many customers a wave cost something, and how many of them have it back. */
export async function countWave(db: Executor, hold: Hold, now: Date): Promise<{ passed: number; restored: number }> {
  const row = await db.first<{ passed: number; restored: number }>(
    sql`SELECT COUNT(DISTINCT e.customer_id) AS passed, COUNT(DISTINCT CASE WHEN e.restored_at IS NULL THEN NULL ELSE e.customer_id END) AS restored FROM {vestibule_guard_event} e WHERE ${waveOf(hold, now)} AND e.weighs = 1`,
  );
  return { passed: Number(row?.passed ?? 0), restored: Number(row?.restored ?? 0) };
}

/** What passed, the oldest first. */
export async function listWave(db: Executor, hold: Hold, now: Date, limit: number): Promise<PassedLoss[]> {
  const rows = await db.all<EventRow>(
    sql`SELECT ${passedColumns} FROM {vestibule_guard_event} e WHERE ${waveOf(hold, now)} AND e.weighs = 1 ORDER BY e.at, e.event_id LIMIT ${limit}`,
  );
  return rows.map(readPassed);
}

/** Customers of whom the hold holds that they leave their last group: those before it they have left already. */
const heldLeaving = ({ id }: Hold): Sql =>
  sql`(SELECT c.customer_id FROM {vestibule_guard_held} i JOIN {vestibule_guard_held_customer} c ON c.held_id = i.held_id WHERE i.hold_id = ${id} AND c.kind = 'leave')`;

/** The next customers of a wave, by id, who have not got back yet what it cost them. */
export async function nextOfWave(db: Executor, hold: Hold, now: Date, after: number, limit: number): Promise<number[]> {
  const rows = await db.all<{ customer_id: number }>(
    sql`SELECT DISTINCT e.customer_id FROM {vestibule_guard_event} e WHERE ${waveOf(hold, now)} AND (e.weighs = 1 OR (e.kind = 'leave' AND e.customer_id IN ${heldLeaving(hold)})) AND e.restored_at IS NULL AND e.customer_id > ${after} ORDER BY e.customer_id LIMIT ${limit}`,
  );
  return rows.map(({ customer_id }) => customer_id);
}

/**
 * Everything a wave did to one customer that was not undone. That it left one of several groups is the wave's doing where
 * something worse came before, or where it left, or was to leave, its last group afterwards; else it has merely moved.
 */
export async function lossesOf(db: Executor, hold: Hold, now: Date, customerId: number): Promise<PassedLoss[]> {
  const rows = await db.all<EventRow>(
    sql`SELECT ${passedColumns} FROM {vestibule_guard_event} e WHERE ${waveOf(hold, now)} AND e.customer_id = ${customerId} AND e.restored_at IS NULL ORDER BY e.event_id`,
  );
  const all = rows.map(readPassed);
  const weighing = all.filter(({ weighs }) => weighs);
  const held = await db.first(sql`SELECT customer_id FROM ${heldLeaving(hold)} l WHERE customer_id = ${customerId}`);
  return all.filter(
    ({ weighs, kind, eventId }) =>
      weighs ||
      kind !== 'leave' ||
      held !== undefined ||
      weighing.some((loss) => loss.eventId < eventId || loss.kind === 'leave'),
  );
}
