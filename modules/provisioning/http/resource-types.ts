import type { UserMapping } from '../../attribute-mapping/index.ts';
import type { AuthenticatedConnection } from '../../connection/index.ts';
import { groupResourceType, type ResourceHandler, userResourceType } from '../../scim/index.ts';
import type { GroupProvisioner } from '../group/provisioner.ts';
import { receivePassword } from '../user/password.ts';
import type { UserProvisioner } from '../user/provisioner.ts';

/** `/Users` over the provisioner, as the mapping makes users possible at the moment. A password never gets further than this. */
export function usersHandler(users: UserProvisioner, mapping: UserMapping): ResourceHandler<AuthenticatedConnection> {
  return {
    type: userResourceType,
    typeFor: ({ connection }) => mapping.of(connection).resourceType(),
    create(context, { resource, password }) {
      if (password !== undefined) receivePassword(context, password);
      return users.create(context, resource);
    },
    get: (context, id) => users.get(context, id),
    list: (context, query) => users.list(context, query),
    replace(context, id, { resource, password }) {
      if (password !== undefined) receivePassword(context, password);
      return users.replace(context, id, resource);
    },
    patch: (context, id, operations) => users.patch(context, id, operations),
    delete: (context, id) => users.delete(context, id),
  };
}

/** `/Groups` over the provisioner. */
export const groupsHandler = (groups: GroupProvisioner): ResourceHandler<AuthenticatedConnection> => ({
  type: groupResourceType,
  create: (context, { resource }) => groups.create(context, resource),
  get: (context, id) => groups.get(context, id),
  list: (context, query) => groups.list(context, query),
  replace: (context, id, { resource }) => groups.replace(context, id, resource),
  patch: (context, id, operations) => groups.patch(context, id, operations),
  delete: (context, id) => groups.delete(context, id),
});
