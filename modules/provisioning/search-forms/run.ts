import { type Database, type Executor, sql, sqlTimestamp, sqlTimestampMs } from '../../framework/index.ts';

/** A claim that is not renewed ends after this: its process is gone. */
const claimFor = 60_000;

/** What users are to be brought to. */
export interface Goal {
  readonly version: number;
  readonly mark: string;
}

/** Where the users of a connection stand. */
export interface FormsRun extends Goal {
  readonly last: number;
  readonly total: number;
  readonly done: number;
  readonly differed: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Of the last step, or of the beginning; null before there was one. */
  readonly movedAt: string | null;
}

interface RunRow {
  version: number;
  mark: string;
  last_customer_id: number;
  total: number;
  done: number;
  differed: number;
  started_at: string | null;
  ended_at: string | null;
  moved_at: string | null;
}

const runOf = (row: RunRow): FormsRun => ({
  version: row.version,
  mark: row.mark,
  last: row.last_customer_id,
  total: row.total,
  done: row.done,
  differed: row.differed,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  movedAt: row.moved_at,
});

/** Undefined for a connection whose users nobody has looked at yet. */
export async function findRun(db: Executor, connectionId: number): Promise<FormsRun | undefined> {
  const row = await db.first<RunRow>(
    sql`SELECT version, mark, last_customer_id, total, done, differed, started_at, ended_at, moved_at FROM {vestibule_search_forms} WHERE connection_id = ${connectionId}`,
  );
  return row && runOf(row);
}

/** True where users stand by this goal, or by one that this process has not heard of yet. */
export const isReached = (run: FormsRun | undefined, { version, mark }: Goal): boolean =>
  run !== undefined &&
  (run.version > version || (run.version === version && run.mark === mark && run.endedAt !== null));

const until = (now: Date): string => sqlTimestampMs(new Date(now.getTime() + claimFor));

/** Takes a connection for this process; false while another is at it. A run for another goal begins anew. */
export async function claimRun(
  database: Database,
  { connectionId, me, goal, total }: { connectionId: number; me: string; goal: Goal; total: number },
  now: Date,
): Promise<boolean> {
  await database.run(
    sql`${database.dialect.insertIgnoreInto} {vestibule_search_forms} (connection_id) VALUES (${connectionId})`,
  );
  const { version, mark } = goal;
  const other = sql`(version < ${version} OR (version = ${version} AND mark <> ${mark}))`;
  const free = sql`(claimed_until IS NULL OR claimed_until < ${sqlTimestampMs(now)} OR claimed_by = ${me})`;
  await database.run(
    sql`UPDATE {vestibule_search_forms} SET version = ${version}, mark = ${mark}, last_customer_id = 0, total = ${total}, done = 0, differed = 0, started_at = ${sqlTimestamp(now)}, moved_at = ${sqlTimestamp(now)}, ended_at = NULL WHERE connection_id = ${connectionId} AND ${other} AND ${free}`,
  );
  const { affectedRows } = await database.run(
    sql`UPDATE {vestibule_search_forms} SET claimed_by = ${me}, claimed_until = ${until(now)} WHERE connection_id = ${connectionId} AND version = ${version} AND mark = ${mark} AND ended_at IS NULL AND ${free}`,
  );
  return affectedRows === 1;
}

/** What a batch came to. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly done: number;
  readonly differed: number;
}

/** Notes a batch and renews the claim; false where the run is not ours any more, or has begun anew. */
export async function noteStep(
  database: Database,
  { connectionId, me, goal }: { connectionId: number; me: string; goal: Goal },
  { from, to, done, differed }: Step,
  now: Date,
): Promise<boolean> {
  const { affectedRows } = await database.run(
    sql`UPDATE {vestibule_search_forms} SET last_customer_id = ${to}, done = done + ${done}, differed = differed + ${differed}, moved_at = ${sqlTimestamp(now)}, claimed_until = ${until(now)} WHERE connection_id = ${connectionId} AND claimed_by = ${me} AND mark = ${goal.mark} AND version = ${goal.version} AND last_customer_id = ${from} AND ended_at IS NULL`,
  );
  return affectedRows === 1;
}

/** Ends the run, where everybody was passed, or leaves it to whoever looks next. */
export async function leaveRun(
  database: Database,
  { connectionId, me, goal }: { connectionId: number; me: string; goal: Goal },
  finished: boolean,
  now: Date,
): Promise<void> {
  const ended = finished ? sql`, ended_at = ${sqlTimestamp(now)}` : sql``;
  await database.run(
    sql`UPDATE {vestibule_search_forms} SET claimed_until = NULL${ended} WHERE connection_id = ${connectionId} AND claimed_by = ${me} AND mark = ${goal.mark} AND version = ${goal.version}`,
  );
}
