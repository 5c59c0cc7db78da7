import { type ServiceToken, service } from '../../framework/index.ts';
import type { ListQuery, ListResult, PatchOperation, Resource } from '../../scim/index.ts';
import type { ProvisioningContext, Room } from '../room.ts';
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
  create: (context, document) => createUser(room, context, document),
  get: (context, id) => getUser(room, context, id),
  list: (context, query) => listUsers(room, context, query),
  replace: (context, id, document) => replaceUser(room, context, id, document),
  patch: (context, id, operations) => patchUser(room, context, id, operations),
  delete: (context, id) => deleteUser(room, context, id),
});
