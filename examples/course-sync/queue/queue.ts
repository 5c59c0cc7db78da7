import { randomBytes } from 'node:crypto';
import { type Executor, join, sql, type Transaction } from 'vestibule/framework';

/** As many lines are written by one statement. */
const together = 200;

/**
 * Puts customers into the queue: something may have to be done for them. A line that is being worked on gets another mark,
 * so that it is looked at once more; a dead letter comes back to life, a line that waits for another attempt goes on waiting.
 */
export async function enqueue(tx: Transaction, customerIds: readonly number[], nowMs: number): Promise<void> {
  const ids = [...new Set(customerIds)].sort((a, b) => a - b);
  for (let at = 0; at < ids.length; at += together) {
    const mark = randomBytes(12).toString('base64url');
    const rows = ids
      .slice(at, at + together)
      .map((id) => sql`(${id}, 'waiting', ${nowMs}, ${mark}, 0, ${nowMs}, NULL, NULL)`);
    await tx.run(
      sql`INSERT INTO {vestibule_course_queue} (customer_id, state, next_ms, newest, attempts, since_ms, tried_ms, note) VALUES ${join(rows)} ${tx.dialect.onDuplicate(['customer_id'], ['state', 'newest', 'attempts', 'tried_ms'])}`,
    );
  }
}

/** A customer's line in the queue, as it is shown. */
export interface QueueLine {
  readonly customerId: number;
  /** `working`: claimed; `failed`: a dead letter, which only a person or another event revives. */
  readonly state: 'waiting' | 'working' | 'failed';
  readonly attempts: number;
  readonly sinceMs: number;
  readonly nextMs: number;
  readonly note: string | null;
}

/** Lines by customer, those behind `after`. */
export async function queueLines(
  db: Executor,
  filter: { readonly state?: 'waiting' | 'failed' | undefined; readonly customerId?: number | undefined },
  after: number,
  limit: number,
  nowMs: number,
): Promise<readonly QueueLine[]> {
  const conditions = [
    sql`customer_id > ${after}`,
    ...(filter.state === undefined ? [] : [sql`state = ${filter.state}`]),
    ...(filter.customerId === undefined ? [] : [sql`customer_id = ${filter.customerId}`]),
  ];
  const rows = await db.all<Omit<QueueLine, 'state'> & { state: 'waiting' | 'failed'; claim: string | null }>(
    sql`SELECT customer_id AS customerId, state, attempts, since_ms AS sinceMs, next_ms AS nextMs, note, claim FROM {vestibule_course_queue} WHERE ${join(conditions, ' AND ')} ORDER BY customer_id LIMIT ${limit}`,
  );
  return rows.map(({ claim, state, ...row }) => ({
    ...row,
    state: state === 'waiting' && claim !== null && row.nextMs > nowMs ? 'working' : state,
  }));
}

/** How the queue stands. */
export interface QueueCounts {
  readonly waiting: number;
  readonly failed: number;
  /** When the oldest line that waits began to; null where none does. */
  readonly oldestMs: number | null;
}

/** Counted up to so many. */
export const mostCounted = 10_000;

export async function queueCounts(db: Executor): Promise<QueueCounts> {
  const counted = (state: string) =>
    sql`(SELECT COUNT(*) FROM (SELECT customer_id FROM {vestibule_course_queue} WHERE state = ${state} LIMIT ${mostCounted}) some_lines)`;
  const row = await db.first<QueueCounts>(
    sql`SELECT ${counted('waiting')} AS waiting, ${counted('failed')} AS failed, (SELECT MIN(since_ms) FROM (SELECT since_ms FROM {vestibule_course_queue} WHERE state = 'waiting' ORDER BY next_ms LIMIT ${mostCounted}) lines_) AS oldestMs`,
  );
  return row ?? { waiting: 0, failed: 0, oldestMs: null };
}

/** Lets dead letters be tried again, one customer's or all of them, and those that wait for another attempt at once. Answers how many. */
export async function retryLines(tx: Transaction, customerId: number | undefined, nowMs: number): Promise<number> {
  const which =
    customerId === undefined
      ? sql`state = 'failed'`
      : sql`customer_id = ${customerId} AND (state = 'failed' OR claim IS NULL)`;
  const { affectedRows } = await tx.run(
    sql`UPDATE {vestibule_course_queue} SET state = 'waiting', next_ms = ${nowMs}, attempts = 0, tried_ms = NULL, claim = NULL WHERE ${which}`,
  );
  return affectedRows;
}
