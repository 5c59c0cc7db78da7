import { type Database, type Executor, sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import { type MappingRun, MappingRunError } from './mapping-run.ts';

interface RunRow {
  run_id: number;
  version: number;
  state: MappingRun['state'];
  actor: string;
  last_customer_id: number;
  total: number;
  changed: number;
  same: number;
  failed: number;
  started_at: string;
  ended_at: string | null;
}

/** A run with the customer that it has come to. */
export interface RunPlace extends MappingRun {
  readonly last: number;
}

const runOf = (row: RunRow): RunPlace => ({
  id: row.run_id,
  version: row.version,
  state: row.state,
  actor: row.actor,
  total: row.total,
  changed: row.changed,
  same: row.same,
  failed: row.failed,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  last: row.last_customer_id,
});

const columns = sql`run_id, version, state, actor, last_customer_id, total, changed, same, failed, started_at, ended_at`;

export async function latestRuns(db: Executor, connectionId: number): Promise<RunPlace[]> {
  const rows = await db.all<RunRow>(
    sql`SELECT ${columns} FROM {vestibule_mapping_run} WHERE connection_id = ${connectionId} ORDER BY run_id DESC LIMIT 20`,
  );
  return rows.map(runOf);
}

export async function runById(db: Executor, id: number): Promise<RunPlace> {
  const row = await db.first<RunRow>(sql`SELECT ${columns} FROM {vestibule_mapping_run} WHERE run_id = ${id}`);
  if (!row) throw new Error(`the run ${id} has vanished while it was at work`);
  return runOf(row);
}

/** What a run begins with. */
export interface NewRun {
  readonly connectionId: number;
  readonly version: number;
  readonly actor: string;
  readonly total: number;
}

export async function beginRun(
  database: Database,
  { connectionId, version, actor, total }: NewRun,
  now: Date,
): Promise<RunPlace> {
  const { insertId } = await database.run(
    sql`INSERT INTO {vestibule_mapping_run} (connection_id, version, state, actor, total, started_at) VALUES (${connectionId}, ${version}, 'running', ${actor.slice(0, 100)}, ${total}, ${sqlTimestamp(now)})`,
  );
  return runById(database, insertId);
}

/** Customers that were dealt with since the last time, and the one that was the last of them. */
export interface Passed {
  readonly from: number;
  readonly to: number;
  readonly changed: number;
  readonly same: number;
  readonly failed: number;
}

/**
 * Notes how far a run came, in the transaction that changes a customer or on its own.
 * @throws MappingRunError `RUN_TAKEN` where another process has gone on with the same run meanwhile
 */
export async function noteProgress(db: Executor | Transaction, runId: number, passed: Passed): Promise<void> {
  const { from, to, changed, same, failed } = passed;
  const { affectedRows } = await db.run(
    sql`UPDATE {vestibule_mapping_run} SET last_customer_id = ${to}, changed = changed + ${changed}, same = same + ${same}, failed = failed + ${failed} WHERE run_id = ${runId} AND last_customer_id = ${from} AND state = 'running'`,
  );
  if (affectedRows === 0)
    throw new MappingRunError(
      'RUN_TAKEN',
      `Another process goes on with run ${runId} at the moment, so this one has stopped; what it did is done. mapping:runs shows how far the run is.`,
    );
}

export const endRun = (database: Database, runId: number, state: 'done' | 'stopped', now: Date) =>
  database.run(
    sql`UPDATE {vestibule_mapping_run} SET state = ${state}, ended_at = ${sqlTimestamp(now)} WHERE run_id = ${runId} AND state = 'running'`,
  );
