import {
  type Clock,
  type Database,
  heldBy,
  type Logger,
  newHolder,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../framework/index.ts';
import { momentOf } from '../access/sessions.ts';
import type { Task, TaskKey, Tasks } from './task.ts';

/** Not heard of for so long, a task counts as stopped and may be begun anew. */
const silence = 30_000;
const noteEvery = 500;
const beatEvery = 5_000;

interface Row {
  readonly started_by: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly started_at: string;
  readonly beat_at: string;
  readonly result: string | null;
}

/** Tasks over `vestibule_admin_task`. */
export function createTasks(database: Database, clock: Clock, logger: Logger): Tasks {
  const working = new Set<Promise<void>>();

  /** Takes the row, if nobody works on it: the database decides between two who ask at once. */
  async function claim({ kind, subject }: TaskKey, by: string, run: string): Promise<boolean> {
    const now = clock.now();
    const [at, silent] = [sqlTimestamp(now), sqlTimestamp(new Date(now.getTime() - silence))];
    const { affectedRows: made } = await database.run(sql`${database.dialect.insertIgnoreInto} {vestibule_admin_task}
      (kind, subject, started_by, state, started_at, beat_at, run)
      VALUES (${kind}, ${subject}, ${by}, ${'running'}, ${at}, ${at}, ${run})`);
    if (made === 1) return true;
    const { affectedRows } = await database.run(sql`UPDATE {vestibule_admin_task}
      SET started_by = ${by}, state = ${'running'}, done = 0, total = 0, started_at = ${at}, beat_at = ${at},
        run = ${run}, result = NULL
      WHERE kind = ${kind} AND subject = ${subject} AND (state <> ${'running'} OR beat_at < ${silent})`);
    return affectedRows === 1;
  }

  async function carryOut(run: string, work: Parameters<Tasks['start']>[2]): Promise<void> {
    let [done, total, noted] = [0, 0, 0];
    const note = (): Promise<unknown> =>
      database
        .run(sql`UPDATE {vestibule_admin_task} SET done = ${done}, total = ${total},
          beat_at = ${sqlTimestamp(clock.now())} WHERE run = ${run} AND state = ${'running'}`)
        .catch((err: unknown) => logger.warn({ err }, 'The progress of a task could not be noted'));
    // A host that stops doesn't wait for it: the row then tells that it has stopped.
    const beat = setInterval(() => void note(), beatEvery).unref();
    const end = (state: string, result: unknown) =>
      database.run(sql`UPDATE {vestibule_admin_task} SET state = ${state}, done = ${done}, total = ${total},
        result = ${JSON.stringify(result) ?? null} WHERE run = ${run}`);
    try {
      const result = await work((nowDone, nowTotal) => {
        [done, total] = [nowDone, nowTotal];
        if (performance.now() - noted < noteEvery) return;
        noted = performance.now();
        void note();
      });
      await end('done', result);
    } catch (err) {
      logger.error({ err }, 'A task of the administration failed');
      await end('failed', err instanceof Error ? err.message : String(err)).catch(() => {});
    } finally {
      clearInterval(beat);
    }
  }

  return {
    async start(key, by, work) {
      const run = newHolder();
      if (!(await claim(key, by.slice(0, 40), run))) return false;
      const worked = carryOut(run, work).finally(() => working.delete(worked));
      working.add(worked);
      return true;
    },
    async latest(db, { kind, subject }) {
      const row = await db.first<Row>(sql`SELECT started_by, state, done, total, started_at, beat_at, result
        FROM {vestibule_admin_task} WHERE kind = ${kind} AND subject = ${subject}`);
      return row && taskOf(row, clock.now());
    },
    async settled() {
      await Promise.all(working);
    },
  };
}

/** Lets tasks of a process that is known to be gone count as stopped at once. */
export async function stopTasksOf(tx: Transaction, process: string): Promise<void> {
  const long = sqlTimestamp(new Date(0));
  await tx.run(
    sql`UPDATE {vestibule_admin_task} SET beat_at = ${long} WHERE state = ${'running'} AND run LIKE ${heldBy(process)}`,
  );
}

function taskOf({ started_by, started_at, beat_at, result, ...row }: Row, now: Date): Task {
  const silent = row.state === 'running' && momentOf(beat_at).getTime() < now.getTime() - silence;
  return {
    by: started_by,
    state: silent ? 'stopped' : row.state,
    done: Number(row.done),
    total: Number(row.total),
    startedAt: started_at,
    result: result === null ? undefined : JSON.parse(result),
  };
}
