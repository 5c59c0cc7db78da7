import { type ServiceToken, service } from '../../framework/index.ts';
import type { ListQuery, ListResult, PatchOperation, Resource } from '../../scim/index.ts';
import { type ProvisioningContext, type Room, roomFor } from '../room.ts';
import { patchUser, replaceUser } from './change.ts';
import { createUser } from './create.ts';
import { getUser, listUsers } from './find.ts';
import { deleteUser } from './remove.ts';

/**
 * The use cases of a user, whatever protocol they come by. Documents are normalised SCIM users without `id`, `meta` and
 * `password`; answers are whole resources. Refusals are ScimErrors. Plugins attach here.
 */
export interface UserProvisioner {
  create(context: ProvisioningContext, document: Resource): Promise<Resource>;
  get(context: ProvisioningContext, id: string): Promise<Resource>;
  list(context: ProvisioningContext, query: ListQuery): Promise<ListResult>;
  replace(context: ProvisioningContext, id: string, document: Resource): Promise<Resource>;
  patch(context: ProvisioningContext, id: string, operations: readonly PatchOperation[]): Promise<Resource>;
  delete(context: ProvisioningContext, id: string): Promise<void>;
}
export const UserProvisioner: ServiceToken<UserProvisioner> = service<UserProvisioner>('provisioning.UserProvisioner');

/** The use cases over the store's tables. */
export const createUserProvisioner = (room: Room): UserProvisioner => ({
  create: (context, document) => createUser(roomFor(room, context), context, document),
  get: (context, id) => getUser(roomFor(room, context), context, id),
  list: (context, query) => listUsers(roomFor(room, context), context, query),
  replace: (context, id, document) => replaceUser(roomFor(room, context), context, id, document),
  patch: (context, id, operations) => patchUser(roomFor(room, context), context, id, operations),
  delete: (context, id) => deleteUser(roomFor(room, context), context, id),
});
