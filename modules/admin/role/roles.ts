import { type Executor, type Sql, sql, type Transaction } from '../../framework/index.ts';
import { allowedTo } from '../access/sessions.ts';
import { noteMade } from '../account/made.ts';
import { AdministratorError } from '../administrator.ts';
import { lockRoles, refuseIfNobodyIsLeft } from './last-administrator.ts';
import { everyResource, permissionsOf } from './permissions.ts';
import type { Role, RoleChange, Roles } from './role.ts';

const select = sql`
  SELECT g.role_id AS id, g.role_name AS name,
    (SELECT COUNT(*) FROM {authorization_role} u
     WHERE u.parent_id = g.role_id AND u.role_type = ${'U'} AND u.user_type = ${'2'}) AS users
  FROM {authorization_role} g WHERE g.role_type = ${'G'} AND g.user_type = ${'2'}`;

/** Roles over `authorization_role` and `authorization_rule`. `known` says which resources are this host's. */
export function createRoles(known: (resource: string) => boolean): Roles {
  const find = (db: Executor, id: number): Promise<Role | undefined> =>
    db.first<Role>(sql`${select} AND g.role_id = ${id}`);

  /** Only what changes is written: rules of Magento's own resources, its denials and their ids included, stay as they are. */
  async function write(tx: Transaction, id: number, { everything, resources }: RoleChange): Promise<void> {
    const wanted = new Set(everything ? [everyResource] : resources);
    const before = new Set(await allowedTo(tx, id));
    for (const resource of before)
      if (!wanted.has(resource) && (known(resource) || resource === everyResource))
        await tx.run(rulesOf(id, resource, 'allow'));
    for (const resource of wanted) {
      if (before.has(resource)) continue;
      // Magento writes down what a role may not, too.
      await tx.run(rulesOf(id, resource, 'deny'));
      tx.later(sql`
        INSERT INTO {authorization_rule} (role_id, resource_id, privileges, permission)
        VALUES (${id}, ${resource}, ${null}, ${'allow'})`);
    }
  }

  async function check(tx: Transaction, { name, resources, everything }: RoleChange, id: number): Promise<void> {
    const refuse = (message: string): never => {
      throw new AdministratorError('ADMIN_ROLE_INVALID', message);
    };
    if (name === '' || name.length > 50) refuse('A role needs a name of 1 to 50 characters.');
    const other = await tx.first<{ role_id: number }>(sql`
      SELECT role_id FROM {authorization_role} WHERE role_type = ${'G'} AND role_name = ${name} AND role_id <> ${id}`);
    if (other) refuse(`There is a role "${name}" already.`);
    const strange = everything ? undefined : resources.find((resource) => !known(resource));
    if (strange !== undefined) refuse(`"${strange}" is not a resource of an enabled module.`);
  }

  return {
    list: (db) => db.all<Role>(sql`${select} ORDER BY g.role_name, g.role_id`),
    find,
    permissions: async (db, id) => permissionsOf(await allowedTo(db, id)),
    async create(tx, change) {
      await lockRoles(tx);
      await check(tx, change, 0);
      const { insertId } = await tx.run(sql`
        INSERT INTO {authorization_role} (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name)
        VALUES (0, 1, 0, ${'G'}, 0, ${'2'}, ${change.name})`);
      await write(tx, insertId, change);
      noteMade(tx, 'role', insertId);
      return insertId;
    },
    async change(tx, id, change) {
      await lockRoles(tx);
      if (!(await find(tx, id))) throw unknown();
      await check(tx, change, id);
      await tx.run(sql`UPDATE {authorization_role} SET role_name = ${change.name} WHERE role_id = ${id}`);
      await write(tx, id, change);
      await refuseIfNobodyIsLeft(tx);
    },
    async remove(tx, id) {
      await lockRoles(tx);
      const role = await find(tx, id);
      if (!role) throw unknown();
      if (Number(role.users) > 0)
        throw new AdministratorError(
          'ADMIN_ROLE_USED',
          `The role "${role.name}" can't be deleted while ${role.users} administrators have it. Give them another first.`,
        );
      await tx.run(sql`DELETE FROM {authorization_rule} WHERE role_id = ${id}`);
      await tx.run(sql`DELETE FROM {authorization_role} WHERE role_id = ${id}`);
    },
  };
}

const rulesOf = (role: number, resource: string, permission: 'allow' | 'deny'): Sql =>
  sql`DELETE FROM {authorization_rule} WHERE role_id = ${role} AND resource_id = ${resource} AND permission = ${permission}`;

const unknown = () => new AdministratorError('ADMIN_ROLE_UNKNOWN', 'There is no such role; it may have been deleted.');
