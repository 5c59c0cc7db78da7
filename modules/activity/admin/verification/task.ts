import { type Task, Tasks } from '../../../admin/index.ts';
import { type Executor, whenProvided } from '../../../framework/index.ts';
import type { Anchor, Verification, Verifier } from '../../seal/verify.ts';

/** Long work of pages. Routes are listed without the administration, and answer only with it. */
export const verificationTasks = { tasks: whenProvided(Tasks) };
type Given = { readonly tasks: Tasks | undefined };

const key = { kind: 'activity.verify', subject: 'all' } as const;

function tasksOf({ tasks }: Given): Tasks {
  if (!tasks) throw new Error('pages are answered by the administration alone');
  return tasks;
}

/** Begins to verify the record; answers false where somebody has begun already. */
export const beginVerification = (
  given: Given,
  by: string,
  verifier: Verifier,
  anchors: readonly Anchor[],
): Promise<boolean> => tasksOf(given).start(key, by, (progress) => verifier.verify({ anchors, progress }));

/** The last verification that somebody began here, and what it came to. */
export async function lastVerification(
  given: Given,
  db: Executor,
): Promise<{ readonly task: Task; readonly found: Verification | undefined } | undefined> {
  const task = await tasksOf(given).latest(db, key);
  return task && { task, found: task.state === 'done' ? (task.result as Verification) : undefined };
}
