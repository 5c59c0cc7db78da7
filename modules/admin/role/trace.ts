import {
  contribute,
  Database,
  type Executor,
  sql,
  type Trace,
  Traces,
  type Transaction,
} from '../../framework/index.ts';
import { removeAccount } from '../account/removal.ts';
import { AdministratorError } from '../administrator.ts';

interface Row {
  readonly id: number;
  readonly name: string;
}

/** Magento's resources begin with a vendor and a module, `Magento_Sales::`; a module of this host has no underscore. */
const ours = /^[a-z][a-z0-9-]*::/;

async function rulesHere(db: Executor): Promise<readonly { readonly id: number; readonly line: string }[]> {
  const rows = await db.all<{ rule_id: number; resource_id: string | null; role_name: string | null }>(sql`
    SELECT a.rule_id, a.resource_id, g.role_name FROM {authorization_rule} a
    LEFT JOIN {authorization_role} g ON g.role_id = a.role_id ORDER BY a.rule_id`);
  return rows.flatMap(({ rule_id: id, resource_id: resource, role_name: role }) =>
    resource !== null && ours.test(resource) ? [{ id, line: `${resource} of the role "${role ?? ''}"` }] : [],
  );
}

const usersMade = (db: Executor): Promise<Row[]> =>
  db.all<Row>(sql`SELECT u.user_id AS id, u.username AS name FROM {vestibule_admin_made} m
    JOIN {admin_user} u ON u.user_id = m.made_id WHERE m.kind = ${'user'} ORDER BY u.user_id`);

/** Roles that were made here and that only administrators have who were made here. */
const rolesMade = (db: Executor): Promise<Row[]> =>
  db.all<Row>(sql`SELECT g.role_id AS id, g.role_name AS name FROM {vestibule_admin_made} m
    JOIN {authorization_role} g ON g.role_id = m.made_id AND g.role_type = ${'G'}
    WHERE m.kind = ${'role'} AND NOT EXISTS (SELECT 1 FROM {authorization_role} u
      LEFT JOIN {vestibule_admin_made} w ON w.kind = ${'user'} AND w.made_id = u.user_id
      WHERE u.parent_id = g.role_id AND w.made_id IS NULL)
    ORDER BY g.role_id`);

async function removeRole(tx: Transaction, id: number): Promise<void> {
  const holder = await tx.first(sql`SELECT role_id FROM {authorization_role} WHERE parent_id = ${id} LIMIT 1`);
  if (holder) return;
  await tx.run(sql`DELETE FROM {authorization_rule} WHERE role_id = ${id}`);
  await tx.run(sql`DELETE FROM {authorization_role} WHERE role_id = ${id}`);
}

/** The last one who may do everything stays. */
function unlessLast(error: unknown): void {
  if (!(error instanceof AdministratorError && error.code === 'ADMIN_LAST')) throw error;
}

/** What roles allow here, and the roles and administrators that were made here. Those of the store stay as they are. */
export const administrationTrace = contribute(
  Traces,
  { database: Database },
  ({ database }): Trace => ({
    name: 'admin.administration',
    label: 'permissions, roles and administrators',
    recordedIn: 'vestibule_admin_made',
    async found() {
      const users = (await usersMade(database)).map(({ name }) => `the administrator "${name}"`);
      const roles = (await rolesMade(database)).map(({ name }) => `the role "${name}"`);
      return [...(await rulesHere(database)).map(({ line }) => line), ...roles, ...users];
    },
    async remove() {
      for (const { id } of await rulesHere(database))
        await database.run(sql`DELETE FROM {authorization_rule} WHERE rule_id = ${id}`);
      for (const { id } of await usersMade(database))
        await database.transaction((tx) => removeAccount(tx, id)).catch(unlessLast);
      for (const { id } of await rolesMade(database)) await database.transaction((tx) => removeRole(tx, id));
    },
  }),
);
