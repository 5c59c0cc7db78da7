import { Tasks } from '../../admin/index.ts';
import { Encryptor, whenProvided } from '../../framework/index.ts';
import { importServices } from '../import/surroundings.ts';

/** What the pages work with. Routes are listed without the administration, and answer only with it. */
export const pageServices = { ...importServices, encryptor: Encryptor, tasks: whenProvided(Tasks) };

/** @throws Error where there is no administration */
export function tasksOf({ tasks }: { readonly tasks: Tasks | undefined }): Tasks {
  if (!tasks) throw new Error('pages are answered by the administration alone');
  return tasks;
}
