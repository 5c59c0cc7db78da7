import type { CustomerState } from '../../customer/index.ts';
import type { Executor } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import type { Changes } from './reconcile.ts';

/**
 * The changes of somebody whom the mapping puts into no group any more, and who goes back to the group of the website's new
 * customers. Whoever is there already changes nothing.
 */
export async function inDefaultGroup(
  { customerGroups }: Pick<Room, 'customerGroups'>,
  db: Executor,
  { attributes: { website_id: website, group_id: present } }: CustomerState,
  changes: Changes,
): Promise<Changes> {
  const id = await customerGroups.orDefault(db, 0, typeof website === 'number' ? website : null);
  const { group_id: _, ...attributes } = changes.attributes;
  if (id !== present) return { ...changes, attributes: { ...attributes, group_id: id } };
  return { ...changes, attributes, targets: changes.targets.filter((target) => target !== 'group_id') };
}
