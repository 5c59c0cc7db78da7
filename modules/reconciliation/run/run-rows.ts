import {
  type Database,
  DuplicateKeyError,
  type Executor,
  heldBy,
  sql,
  type Transaction,
} from '../../framework/index.ts';
import type { FindingKind } from '../finding.ts';
import type { KindCount, ReconciliationRun, ReconciliationStanding } from './runs.ts';

/** Not heard of for so long, in milliseconds, a run counts as stopped, and another may begin. */
export const silence = 60_000;

interface RunRow {
  readonly run_id: number;
  readonly started_by: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly found: number;
  readonly started_ms: number;
  readonly beat_ms: number;
  readonly ended_ms: number | null;
  readonly failure: string | null;
}

const runOf = (row: RunRow, now: number): ReconciliationRun => ({
  id: row.run_id,
  by: row.started_by,
  state: row.state === 'running' && Number(row.beat_ms) < now - silence ? 'stopped' : row.state,
  done: row.done,
  total: row.total,
  found: row.found,
  startedAt: Number(row.started_ms),
  endedAt: row.ended_ms === null ? null : Number(row.ended_ms),
  failure: row.failure,
});

/**
 * Begins a run, unless one is under way or has begun after `notSince`; the database decides between those who ask at once. A
 * run whose process has ended is no hindrance.
 * @returns its id
 */
export async function beginRun(
  database: Database,
  { by, me, total, notSince }: { by: string; me: string; total: number; notSince: number | undefined },
  now: number,
): Promise<number | undefined> {
  await database.run(
    sql`UPDATE {vestibule_reconciliation_run} SET is_running = NULL, state = ${'failed'}, ended_ms = beat_ms, failure = ${'Its process has ended.'} WHERE is_running = 1 AND beat_ms < ${now - silence}`,
  );
  try {
    const { affectedRows } = await database.run(
      sql`INSERT INTO {vestibule_reconciliation_run} (started_by, state, is_running, claimed_by, total, started_ms, beat_ms) SELECT ${by.slice(0, 100)}, ${'running'}, 1, ${me}, ${total}, ${now}, ${now} FROM (SELECT 1 AS one) AS once WHERE NOT EXISTS (SELECT 1 FROM (SELECT started_ms FROM {vestibule_reconciliation_run} WHERE started_ms > ${notSince ?? now + 1}) AS later)`,
    );
    if (affectedRows === 0) return undefined;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return undefined;
    throw error;
  }
  const row = await database.first<{ run_id: number }>(
    sql`SELECT run_id FROM {vestibule_reconciliation_run} WHERE is_running = 1 AND claimed_by = ${me}`,
  );
  return row?.run_id;
}

/** Ends the run of a process that is known to be gone. */
export async function endRunOf(tx: Transaction, process: string): Promise<void> {
  await tx.run(
    sql`UPDATE {vestibule_reconciliation_run} SET is_running = NULL, state = ${'failed'}, ended_ms = beat_ms, failure = ${'Its process has ended.'} WHERE is_running = 1 AND claimed_by LIKE ${heldBy(process)}`,
  );
}

/** Notes how far a run has come; false where it is not ours any more. */
export async function beat(
  database: Database,
  { id, me }: { id: number; me: string },
  { done, total, found }: { done: number; total: number; found: number },
  now: number,
): Promise<boolean> {
  const { affectedRows } = await database.run(
    sql`UPDATE {vestibule_reconciliation_run} SET done = ${done}, total = ${total}, found = ${found}, beat_ms = ${now} WHERE run_id = ${id} AND is_running = 1 AND claimed_by = ${me}`,
  );
  return affectedRows === 1;
}

/** Ends a run that is ours: with its counts, or with what went wrong. */
export function endRun(
  database: Database,
  { id, me }: { id: number; me: string },
  ending: { readonly counts: ReadonlyMap<FindingKind, Omit<KindCount, 'kind'>> } | { readonly failure: string },
  now: number,
): Promise<void> {
  const failure = 'failure' in ending ? ending.failure.slice(0, 500) : null;
  return database.transaction(async (tx) => {
    const { affectedRows } = await tx.run(
      sql`UPDATE {vestibule_reconciliation_run} SET is_running = NULL, state = ${failure === null ? 'done' : 'failed'}, failure = ${failure}, ended_ms = ${now}, beat_ms = ${now} WHERE run_id = ${id} AND is_running = 1 AND claimed_by = ${me}`,
    );
    if (affectedRows === 0 || !('counts' in ending)) return;
    for (const [kind, { found, open }] of ending.counts)
      tx.later(
        sql`INSERT INTO {vestibule_reconciliation_count} (run_id, kind, found_count, open_count) VALUES (${id}, ${kind}, ${found}, ${open})`,
      );
  });
}

interface StandingRow extends RunRow {
  readonly kind: FindingKind | null;
  readonly found_count: number;
  readonly open_count: number;
}

/** The last runs with the counts of the one that came to its end. */
export async function readStanding(db: Executor, now: number): Promise<ReconciliationStanding> {
  const rows = await db.all<StandingRow>(
    sql`SELECT r.run_id, r.started_by, r.state, r.done, r.total, r.found, r.started_ms, r.beat_ms, r.ended_ms, r.failure, c.kind, c.found_count, c.open_count FROM {vestibule_reconciliation_run} r LEFT JOIN {vestibule_reconciliation_count} c ON c.run_id = r.run_id ORDER BY r.run_id DESC, c.kind LIMIT 100`,
  );
  const [latest] = rows;
  const finished = rows.find(({ state }) => state === 'done');
  return {
    latest: latest && runOf(latest, now),
    finished: finished && runOf(finished, now),
    counts: rows.flatMap(({ run_id, kind, found_count: found, open_count: open }) =>
      run_id === finished?.run_id && kind !== null ? [{ kind, found, open }] : [],
    ),
  };
}

const batch = 1_000;

/** Removes runs before this one, with what they have found, in small steps. */
export async function removeOlder(database: Database, id: number): Promise<void> {
  for (let more = true; more; ) {
    // The last of a thousand tells the span: not every engine deletes with a LIMIT.
    const found = await database.all<{ finding_id: number }>(
      sql`SELECT finding_id FROM {vestibule_reconciliation_finding} WHERE run_id < ${id} ORDER BY run_id, finding_id LIMIT ${batch}`,
    );
    const ids = found.map(({ finding_id }) => finding_id);
    more = ids.length === batch;
    if (ids.length > 0)
      await database.run(
        sql`DELETE FROM {vestibule_reconciliation_finding} WHERE run_id < ${id} AND finding_id BETWEEN ${Math.min(...ids)} AND ${Math.max(...ids)}`,
      );
  }
  await database.run(sql`DELETE FROM {vestibule_reconciliation_count} WHERE run_id < ${id}`);
  await database.run(sql`DELETE FROM {vestibule_reconciliation_run} WHERE run_id < ${id}`);
}
