import { type Executor, join, sql, type Transaction } from 'vestibule/framework';

export const logActs = ['user', 'enrol', 'unenrol'] as const;
export type LogAct = (typeof logActs)[number];

/** `later`: it is tried again; `failed`: it is not, unless somebody says so. */
export const logOutcomes = ['done', 'later', 'failed'] as const;
export type LogOutcome = (typeof logOutcomes)[number];

/** What was asked of the LMS for a customer, and what came of it. */
export interface LogEntry {
  readonly id: number;
  readonly atMs: number;
  readonly customerId: number;
  readonly act: LogAct;
  readonly course: string | null;
  readonly outcome: LogOutcome;
  readonly note: string | null;
}

export type NewLogEntry = Omit<LogEntry, 'id'>;

const longestNote = 500;

/** Writes an entry with the commit. */
export function log(tx: Transaction, { atMs, customerId, act, course, outcome, note }: NewLogEntry): void {
  tx.later(
    sql`INSERT INTO {vestibule_course_log} (at_ms, customer_id, act, course, outcome, note) VALUES (${atMs}, ${customerId}, ${act}, ${course}, ${outcome}, ${note?.slice(0, longestNote) ?? null})`,
  );
}

export interface LogFilter {
  readonly customerId?: number | undefined;
  readonly outcome?: LogOutcome | undefined;
}

/** The newest entries first, those before `before`. */
export function logPage(
  db: Executor,
  { customerId, outcome }: LogFilter,
  before: number | undefined,
  limit: number,
): Promise<readonly LogEntry[]> {
  const conditions = [
    sql`log_id < ${before ?? Number.MAX_SAFE_INTEGER}`,
    ...(customerId === undefined ? [] : [sql`customer_id = ${customerId}`]),
    ...(outcome === undefined ? [] : [sql`outcome = ${outcome}`]),
  ];
  return db.all<LogEntry>(
    sql`SELECT log_id AS id, at_ms AS atMs, customer_id AS customerId, act, course, outcome, note FROM {vestibule_course_log} WHERE ${join(conditions, ' AND ')} ORDER BY log_id DESC LIMIT ${limit}`,
  );
}

const batch = 500;

/** Removes entries of before a moment, in batches; answers how many. */
export async function purgeLog(db: Executor, beforeMs: number): Promise<number> {
  for (let removed = 0; ; ) {
    const last = await db.first<{ id: number }>(
      sql`SELECT MAX(log_id) AS id FROM (SELECT log_id FROM {vestibule_course_log} WHERE at_ms < ${beforeMs} ORDER BY at_ms LIMIT ${batch}) old`,
    );
    if (last?.id == null) return removed;
    const { affectedRows } = await db.run(
      sql`DELETE FROM {vestibule_course_log} WHERE log_id <= ${last.id} AND at_ms < ${beforeMs}`,
    );
    removed += affectedRows;
  }
}
