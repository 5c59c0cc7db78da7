import type { AuthenticatedConnection } from '../../connection/index.ts';
import {
  groupResourceType,
  notFound,
  notImplemented,
  type ResourceHandler,
  userResourceType,
} from '../../scim/index.ts';
import { passwordNote } from '../record.ts';
import type { UserProvisioner } from '../user/provisioner.ts';

/** `/Users` over the provisioner. A password never gets further than this. */
export function usersHandler(users: UserProvisioner): ResourceHandler<AuthenticatedConnection> {
  return {
    type: userResourceType,
    create(context, { resource, password }) {
      if (password !== undefined) context.notes.push(passwordNote);
      return users.create(context, resource);
    },
    get: (context, id) => users.get(context, id),
    list: (context, query) => users.list(context, query),
    replace(context, id, { resource, password }) {
      if (password !== undefined) context.notes.push(passwordNote);
      return users.replace(context, id, resource);
    },
    patch: (context, id, operations) => users.patch(context, id, operations),
    delete: (context, id) => users.delete(context, id),
  };
}

const noGroups = 'Groups are not served by this version; users are. Turn group push off, or leave it off.';

/** `/Groups` has no members to serve yet: every look-up finds nothing, so that connection tests pass; writes say 501. */
export const groupsHandler: ResourceHandler<AuthenticatedConnection> = {
  type: groupResourceType,
  create: () => Promise.reject(notImplemented(noGroups)),
  get: (_, id) => Promise.reject(notFound('Group', id)),
  list: () => Promise.resolve({ resources: [], totalResults: 0 }),
  replace: (_, id) => Promise.reject(notFound('Group', id)),
  patch: (_, id) => Promise.reject(notFound('Group', id)),
  delete: (_, id) => Promise.reject(notFound('Group', id)),
};
