import { Tasks } from '../../admin/index.ts';
import { whenProvided } from '../../framework/index.ts';

/** Long work of pages. Routes are listed without the administration, and answer only with it. */
export const pageTasks = { tasks: whenProvided(Tasks) };

export function tasksOf({ tasks }: { readonly tasks: Tasks | undefined }): Tasks {
  if (!tasks) throw new Error('pages are answered by the administration alone');
  return tasks;
}
