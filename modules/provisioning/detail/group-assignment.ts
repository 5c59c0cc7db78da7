import { type Clock, type ServiceToken, service } from '../../framework/index.ts';
import { invalidValue } from '../../scim/index.ts';
import type { DeskCaller } from '../desk/user-desk.ts';
import { requireOpenGroup } from '../protection/protection.ts';
import type { Room } from '../room.ts';
import { changeDetail } from './held-customer.ts';

/**
 * Puts a customer into a customer group by its id, for protocols that say so beside SCIM's groups. It counts as what an
 * administrator does: the next change of the customer's memberships, or of its mapped group, decides again.
 */
export interface GroupAssignment {
  /** @throws ScimError 400 for a group that there is not, 403 for one that is protected */
  requireGroup(groupId: number): Promise<void>;
  /**
   * Nothing is written where the customer is in that group already.
   * @throws ScimError 400 for a group that there is not, 404, 403 where a policy refuses or the group is protected
   */
  assign(caller: DeskCaller, customerId: number, groupId: number): Promise<void>;
}
export const GroupAssignment: ServiceToken<GroupAssignment> = service<GroupAssignment>('provisioning.GroupAssignment');

export function createGroupAssignment(room: Room, clock: Clock): GroupAssignment {
  const { database, customers, customerGroups } = room;
  async function requireGroup(groupId: number): Promise<void> {
    const group = groupId === 0 ? undefined : await customerGroups.byId(database, groupId);
    if (!group) throw invalidValue(`The store has no customer group ${groupId} for customers.`);
    await requireOpenGroup(database, groupId);
  }

  return {
    requireGroup,
    async assign(caller, customerId, groupId) {
      await requireGroup(groupId);
      await changeDetail(room, clock.now(), caller, customerId, {
        operation: 'user.group',
        changed: ['group_id'],
        async work(tx, customer, now) {
          if (customer.attributes.group_id === groupId) return { done: undefined, changed: false };
          await requireOpenGroup(tx, groupId);
          await customers.update(tx, customer, { group_id: groupId }, now);
          return { done: undefined, changed: true };
        },
      });
    },
  };
}
