import { type Task, Tasks } from '../../admin/index.ts';
import { sqlTimestamp, whenProvided } from '../../framework/index.ts';
import type { ReconciliationRun } from '../run/runs.ts';

/** Long work of pages. Routes are listed without the administration, and answer only with it. */
export const pageTasks = { tasks: whenProvided(Tasks) };

export function tasksOf({ tasks }: { readonly tasks: Tasks | undefined }): Tasks {
  if (!tasks) throw new Error('pages are answered by the administration alone');
  return tasks;
}

/** Under which key runs begin, and cures of many: one of each at a time. */
export const runTask = { kind: 'reconciliation.run', subject: 'all' } as const;
export const cureTask = { kind: 'reconciliation.cure', subject: 'all' } as const;

/** A run as the panel of tasks shows one, whoever began it: the schedule's have no task. */
export const taskOf = (run: ReconciliationRun): Task => ({
  by: run.by,
  state: run.state,
  done: run.done,
  total: run.total,
  startedAt: sqlTimestamp(new Date(run.startedAt)),
  result: run.failure ?? undefined,
});
