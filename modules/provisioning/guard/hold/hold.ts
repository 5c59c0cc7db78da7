import { type Executor, type Sql, sql } from '../../../framework/index.ts';
import { GuardError } from '../error.ts';

/**
 * open: waits for a decision. approved: is being carried out. done: was. denied: the customers keep what they have.
 * withdrawn: the provider itself has taken everything back.
 */
export const holdStates = ['open', 'approved', 'done', 'denied', 'withdrawn'] as const;
export type HoldState = (typeof holdStates)[number];

/** What the guard holds of one connection until somebody decides. Times are UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
export interface Hold {
  readonly id: number;
  readonly connectionId: number;
  /** Code of the connection; null once that is gone. */
  readonly connection: string | null;
  readonly status: HoldState;
  /** What passed since then belongs to it. */
  readonly since: string;
  readonly openedAt: string;
  /** Customers who would have lost something, and how many might, of so many who were active (counted no further than matters). */
  readonly wouldBe: number;
  readonly limit: number;
  readonly active: number;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly comment: string | null;
  readonly finishedAt: string | null;
  readonly restore: 'running' | 'done' | null;
  readonly restoredBy: string | null;
  readonly restoredAt: string | null;
  /** Whom what waits would cost something, each once. */
  readonly customers: number;
  /** Requests by what became of them. */
  readonly waiting: number;
  readonly done: number;
  readonly failed: number;
  readonly withdrawn: number;
}

interface HoldRow {
  hold_id: number;
  connection_id: number;
  code: string | null;
  status: HoldState;
  since: string;
  opened_at: string;
  would_be: number;
  limit_count: number;
  active_count: number;
  decided_at: string | null;
  decided_by: string | null;
  comment: string | null;
  finished_at: string | null;
  restore_status: 'running' | 'done' | null;
  restored_by: string | null;
  restored_at: string | null;
  customers: number;
  waiting: number;
  done: number;
  failed: number;
  withdrawn: number;
}

const countOf = (status: string): Sql =>
  sql`(SELECT COUNT(*) FROM {vestibule_guard_held} i WHERE i.hold_id = h.hold_id AND i.status = ${status})`;

/** Each of them once, however many requests are about it. */
const customersWaiting: Sql = sql`(SELECT COUNT(DISTINCT c.customer_id) FROM {vestibule_guard_held} i JOIN {vestibule_guard_held_customer} c ON c.held_id = i.held_id AND c.withdrawn = 0 WHERE i.hold_id = h.hold_id AND i.status = 'waiting')`;

const select = sql`SELECT h.hold_id, h.connection_id, n.code, h.status, h.since, h.opened_at, h.would_be, h.limit_count, h.active_count, h.decided_at, h.decided_by, h.comment, h.finished_at, h.restore_status, h.restored_by, h.restored_at, ${customersWaiting} AS customers, ${countOf('waiting')} AS waiting, ${countOf('done')} AS done, ${countOf('failed')} AS failed, ${countOf('withdrawn')} AS withdrawn FROM {vestibule_guard_hold} h LEFT JOIN {vestibule_connection} n ON n.connection_id = h.connection_id`;

const read = (row: HoldRow): Hold => ({
  id: row.hold_id,
  connectionId: row.connection_id,
  connection: row.code,
  status: row.status,
  since: row.since,
  openedAt: row.opened_at,
  wouldBe: row.would_be,
  limit: row.limit_count,
  active: row.active_count,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  comment: row.comment,
  finishedAt: row.finished_at,
  restore: row.restore_status,
  restoredBy: row.restored_by,
  restoredAt: row.restored_at,
  customers: Number(row.customers),
  waiting: row.waiting,
  done: row.done,
  failed: row.failed,
  withdrawn: row.withdrawn,
});

/** Which holds are listed. */
export interface HoldFilter {
  readonly connectionId?: number | undefined;
  readonly status?: HoldState | undefined;
  /** Only those with a smaller number. */
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}

/** Holds, the newest first. */
export async function listHolds(db: Executor, filter: HoldFilter = {}): Promise<Hold[]> {
  const { connectionId, status, before, limit = 100 } = filter;
  const conditions = [
    connectionId === undefined ? sql`1 = 1` : sql`h.connection_id = ${connectionId}`,
    status === undefined ? sql`1 = 1` : sql`h.status = ${status}`,
    before === undefined ? sql`1 = 1` : sql`h.hold_id < ${before}`,
  ] as const;
  const rows = await db.all<HoldRow>(
    sql`${select} WHERE ${conditions[0]} AND ${conditions[1]} AND ${conditions[2]} ORDER BY h.hold_id DESC LIMIT ${limit}`,
  );
  return rows.map(read);
}

/** @throws GuardError `HOLD_UNKNOWN` */
export async function findHold(db: Executor, holdId: number): Promise<Hold> {
  const row = await db.first<HoldRow>(sql`${select} WHERE h.hold_id = ${holdId}`);
  if (row) return read(row);
  throw new GuardError('HOLD_UNKNOWN', `There is no hold ${holdId}; guard:list shows those that exist.`);
}
