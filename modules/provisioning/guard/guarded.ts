import type { PatchOperation } from '../../scim/index.ts';
import type { GroupProvisioner } from '../group/provisioner.ts';
import { connectionOf, type ProvisioningContext } from '../room.ts';
import type { UserProvisioner } from '../user/provisioner.ts';
import { type Keeping, keepRequest } from './hold/keep.ts';
import { type HeldRequest, heldDeletion, heldDocument, heldPatch } from './hold/request.ts';
import { joiningBy, type Withdrawals } from './hold/withdraw.ts';
import { heldRefusal, wouldBeHeld } from './refusal.ts';
import { GuardTrip } from './trip.ts';

/** What stands around the use cases. */
export interface GuardedRoom extends Keeping {
  readonly withdrawals: Withdrawals;
}

interface Guarded<T> {
  readonly request: () => HeldRequest;
  readonly work: () => Promise<T>;
  /** False where it can have nothing to do with what is held. */
  readonly concerns?: boolean;
  readonly renounces?: (result: T) => boolean;
  readonly joining?: () => readonly number[];
}

const mentions = (operations: readonly PatchOperation[], name: string): boolean =>
  operations.some(({ path }) => path.kind === 'attribute' && path.attribute.name === name);

/**
 * Runs a use case. What the guard holds is kept once everything of it is rolled back, and answered with 503; what passes
 * takes back what it contradicts.
 */
async function guarded<T>(room: GuardedRoom, context: ProvisioningContext, use: Guarded<T>): Promise<T> {
  const { request, work, concerns = true, renounces = () => false, joining = () => [] } = use;
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (!(error instanceof GuardTrip)) throw error;
    const { tripped } = error;
    const connection = connectionOf(context);
    if (context.caller.rehearsal) throw wouldBeHeld(connection, tripped);
    const { requestId, now: at } = context;
    const holdId = await keepRequest(room, { connection, request: request(), requestId, tripped, at });
    room.withdrawals.opened(connection.id);
    throw heldRefusal(connection, tripped, holdId);
  }
  if (concerns) await room.withdrawals.after(context, { request, renounces: renounces(result), joining });
  return result;
}

/** The use cases of a user behind the guard. */
export const guardedUsers = (room: GuardedRoom, users: UserProvisioner): UserProvisioner => ({
  ...users,
  create: (context, document, ...more) =>
    guarded(room, context, {
      request: () => heldDocument('user.create', '', document, more),
      work: () => users.create(context, document, ...more),
      concerns: document.active === false,
    }),
  replace: (context, id, document, ...more) =>
    guarded(room, context, {
      request: () => heldDocument('user.replace', id, document, more),
      work: () => users.replace(context, id, document, ...more),
      renounces: (user) => user.active === true,
    }),
  patch: (context, id, operations, ...more) =>
    guarded(room, context, {
      request: () => heldPatch('user.patch', id, operations),
      work: () => users.patch(context, id, operations, ...more),
      concerns: mentions(operations, 'active'),
      renounces: (user) => user.active === true,
    }),
  delete: (context, id, ...more) =>
    guarded(room, context, {
      request: () => heldDeletion('user.delete', id),
      work: () => users.delete(context, id, ...more),
    }),
});

/** The use cases of a group behind the guard. */
export const guardedGroups = (room: GuardedRoom, groups: GroupProvisioner): GroupProvisioner => ({
  ...groups,
  replace: (context, id, resource) =>
    guarded(room, context, {
      request: () => heldDocument('group.replace', id, resource),
      work: () => groups.replace(context, id, resource),
      renounces: () => true,
    }),
  patch: (context, id, operations) =>
    guarded(room, context, {
      request: () => heldPatch('group.patch', id, operations),
      work: () => groups.patch(context, id, operations),
      concerns: mentions(operations, 'members'),
      joining: () => joiningBy(operations),
    }),
  delete: (context, id) =>
    guarded(room, context, {
      request: () => heldDeletion('group.delete', id),
      work: () => groups.delete(context, id),
      renounces: () => true,
    }),
});
