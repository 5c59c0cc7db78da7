import { sql, type Transaction } from '../../framework/index.ts';
import { AdministratorError } from '../administrator.ts';
import { everyResource } from './permissions.ts';

/** Changes of roles and administrators pass one after the other, so that two can't each rely on the other's being left. */
export async function lockRoles(tx: Transaction): Promise<void> {
  await tx.all(
    sql`SELECT role_id FROM {authorization_role} WHERE role_type = ${'G'} ORDER BY role_id ${tx.dialect.forUpdate}`,
  );
}

/**
 * Called at the end of a change: somebody active must be left who may do everything.
 * @throws AdministratorError `ADMIN_LAST`, which undoes the change
 */
export async function refuseIfNobodyIsLeft(tx: Transaction): Promise<void> {
  const left = await tx.first(sql`
    SELECT u.user_id FROM {admin_user} u
    JOIN {authorization_role} r ON r.user_id = u.user_id AND r.role_type = ${'U'} AND r.user_type = ${'2'}
    JOIN {authorization_rule} a ON a.role_id = r.parent_id AND a.resource_id = ${everyResource} AND a.permission = ${'allow'}
    WHERE u.is_active = 1 LIMIT 1`);
  if (left) return;
  throw new AdministratorError(
    'ADMIN_LAST',
    'Nobody would be left who may do everything. Give another active administrator the role "Administrators" first.',
  );
}
