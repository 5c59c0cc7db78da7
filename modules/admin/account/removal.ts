import { sql, type Transaction } from '../../framework/index.ts';
import { AdministratorError } from '../administrator.ts';
import { lockRoles, refuseIfNobodyIsLeft } from '../role/last-administrator.ts';

/** See `Administrators.remove`. */
export async function removeAccount(tx: Transaction, id: number): Promise<void> {
  await lockRoles(tx);
  for (const table of [
    sql`{vestibule_admin_session}`,
    sql`{vestibule_admin_recovery_code}`,
    sql`{vestibule_admin_authenticator}`,
  ])
    await tx.run(sql`DELETE FROM ${table} WHERE user_id = ${id}`);
  await tx.run(
    sql`DELETE FROM {authorization_role} WHERE user_id = ${id} AND role_type = ${'U'} AND user_type = ${'2'}`,
  );
  const { affectedRows } = await tx.run(sql`DELETE FROM {admin_user} WHERE user_id = ${id}`);
  if (affectedRows === 0)
    throw new AdministratorError('ADMIN_USER_UNKNOWN', 'There is no such administrator any more.');
  await refuseIfNobodyIsLeft(tx);
}
