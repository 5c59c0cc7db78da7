import type { Executor } from '../../framework/index.ts';
import type { Websites } from '../../store/index.ts';
import type { CustomerGroups } from '../group.ts';
import type { GridNames } from './columns.tsx';

/** What rows carry by number, by name. */
export async function namesFor(
  db: Executor,
  { groups, websites }: { readonly groups: CustomerGroups; readonly websites: Websites },
): Promise<GridNames> {
  return {
    groups: Object.fromEntries((await groups.list(db)).map(({ id, code }) => [String(id), code])),
    websites: Object.fromEntries((await websites.websites()).map(({ id, name }) => [String(id), name])),
  };
}
