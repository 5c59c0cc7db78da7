import { Database, HttpError, Inventory } from '../../framework/index.ts';
import { mayManage } from '../account/reach.ts';
import { AdministrativeActs, differences } from '../act/act.ts';
import { AdministratorError } from '../administrator.ts';
import { action, page } from '../http/page.ts';
import { confirmation } from '../kit/confirmation.tsx';
import { redirect, type Visit } from '../kit/visit.ts';
import { everyResource, permissionsOf } from '../role/permissions.ts';
import { resourceTree } from '../role/resource-tree.ts';
import { type Role, type RoleChange, Roles } from '../role/role.ts';
import { roleScreen, sentRole } from './role-form.tsx';
import { byOf } from './user.tsx';

const acl = 'admin::roles';
const services = { roles: Roles, inventory: Inventory, database: Database, acts: AdministrativeActs };
type Services = { roles: Roles; inventory: Inventory; database: Database; acts: AdministrativeActs };

/** @throws HttpError 404, or 403 for a role that may do more than the one who asks */
async function roleOf(visit: Visit, { roles, database }: Services): Promise<Role> {
  const role = await roles.find(database, Number(visit.params.id) || 0);
  if (!role) throw new HttpError(404, 'NOT_FOUND', 'There is no such role; it may have been deleted.');
  await mayManage(visit, roles, database, role.id);
  return role;
}

export const rolePage = page('/admin/roles/:id', {
  acl,
  inject: services,
  async view(visit, given) {
    const tree = resourceTree(given.inventory);
    if (visit.params.id === 'new') return roleScreen({ fields: { name: '', everything: false, resources: [] }, tree });
    const role = await roleOf(visit, given);
    const { everything, resources } = await given.roles.permissions(given.database, role.id);
    return roleScreen({ role, fields: { name: role.name, everything, resources: [...resources] }, tree });
  },
});

export const saveRole = action('/admin/roles/:id', {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, given) {
    const fields = sentRole(visit.form);
    const role = visit.params.id === 'new' ? undefined : await roleOf(visit, given);
    try {
      checkReach(visit, fields);
      const id = await given.database.transaction(async (tx) => {
        const before = role && { name: role.name, ...allows(await given.roles.permissions(tx, role.id)) };
        const after = { name: fields.name, ...allows(fields) };
        await given.acts.inside(tx, {
          operation: role ? 'admin.role-update' : 'admin.role-create',
          outcome: 'done',
          by: byOf(visit),
          subject: fields.name,
          modified: differences<Record<string, unknown>>(before, after, ['name', 'allows']),
        });
        if (!role) return given.roles.create(tx, fields);
        await given.roles.change(tx, role.id, fields);
        return role.id;
      });
      return redirect(`/admin/roles/${id}`, { done: 'The role was saved.' });
    } catch (error) {
      if (!(error instanceof AdministratorError)) throw error;
      const field = error.code === 'ADMIN_ROLE_INVALID' ? 'name' : 'access';
      return roleScreen({
        ...(role ? { role } : {}),
        fields,
        tree: resourceTree(given.inventory),
        errors: { [field]: error.message },
      });
    }
  },
});

/** What a role allows, in a line. */
const allows = ({ everything, resources }: { everything: boolean; resources: Iterable<string> }) => ({
  allows: everything ? 'everything' : [...resources].sort().join(', '),
});

/** @throws AdministratorError `ADMIN_BEYOND` */
function checkReach(visit: Visit, { everything, resources }: RoleChange): void {
  if (visit.signedIn?.permissions.covers(permissionsOf(everything ? [everyResource] : resources))) return;
  throw new AdministratorError('ADMIN_BEYOND', 'A role can allow only what your own role allows.');
}

export const deleteRolePage = page('/admin/roles/:id/delete', {
  acl,
  inject: services,
  async view(visit, given) {
    const role = await roleOf(visit, given);
    return confirmation({
      title: `Delete the role ${role.name}?`,
      action: `/admin/roles/${role.id}/delete`,
      confirm: 'Delete Role',
      back: `/admin/roles/${role.id}`,
      children: <p>The role is deleted. A role that administrators have can't be: give them another first.</p>,
    });
  },
});

export const deleteRole = action('/admin/roles/:id/delete', {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, given) {
    const role = await roleOf(visit, given);
    try {
      await given.database.transaction(async (tx) => {
        await given.roles.remove(tx, role.id);
        const told = { outcome: 'done', by: byOf(visit), subject: role.name } as const;
        await given.acts.inside(tx, { operation: 'admin.role-delete', ...told });
      });
      return redirect('/admin/roles', { done: `The role ${role.name} was deleted.` });
    } catch (error) {
      if (!(error instanceof AdministratorError)) throw error;
      return redirect(`/admin/roles/${role.id}`, { problem: error.message });
    }
  },
});
