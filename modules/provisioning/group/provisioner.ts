import { type ServiceToken, service } from '../../framework/index.ts';
import type { ListQuery, ListResult, PatchOperation, Resource } from '../../scim/index.ts';
import { type ProvisioningContext, type Room, roomFor } from '../room.ts';
import { patchGroup, replaceGroup } from './change.ts';
import { createGroup } from './create.ts';
import { getGroup, listGroups } from './find.ts';
import { deleteGroup } from './remove.ts';

/**
 * The use cases of a group, whatever protocol they come by. Resources are normalised SCIM groups with their members;
 * answers are whole resources, members only where they are wanted. Refusals are ScimErrors. Plugins attach here.
 */
export interface GroupProvisioner {
  create(context: ProvisioningContext, resource: Resource): Promise<Resource>;
  get(context: ProvisioningContext, id: string): Promise<Resource>;
  list(context: ProvisioningContext, query: ListQuery): Promise<ListResult>;
  replace(context: ProvisioningContext, id: string, resource: Resource): Promise<Resource>;
  /** Undefined for a group with more members than an answer shall show. */
  patch(context: ProvisioningContext, id: string, operations: readonly PatchOperation[]): Promise<Resource | undefined>;
  delete(context: ProvisioningContext, id: string): Promise<void>;
}
export const GroupProvisioner: ServiceToken<GroupProvisioner> = service<GroupProvisioner>(
  'provisioning.GroupProvisioner',
);

/** The use cases over the store's tables. */
export const createGroupProvisioner = (room: Room): GroupProvisioner => ({
  create: (context, resource) => createGroup(roomFor(room, context), context, resource),
  get: (context, id) => getGroup(roomFor(room, context), context, id),
  list: (context, query) => listGroups(roomFor(room, context), context, query),
  replace: (context, id, resource) => replaceGroup(roomFor(room, context), context, id, resource),
  patch: (context, id, operations) => patchGroup(roomFor(room, context), context, id, operations),
  delete: (context, id) => deleteGroup(roomFor(room, context), context, id),
});
