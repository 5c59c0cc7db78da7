import { DuplicateKeyError, type Sql, sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import { type AdministratorChange, AdministratorError } from '../administrator.ts';
import { lockRoles, refuseIfNobodyIsLeft } from '../role/last-administrator.ts';
import { accountReading } from './reading.ts';

/** @throws AdministratorError `ADMIN_USER_INVALID` */
export function checkAccount(user: string, email: string): void {
  if (!/^[\w.@-]{1,40}$/.test(user))
    throw new AdministratorError(
      'ADMIN_USER_INVALID',
      `The user name "${user}" can't be used: take 1 to 40 letters, digits, ".", "_", "@" and "-".`,
    );
  if (email.length > 128 || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw new AdministratorError(
      'ADMIN_USER_INVALID',
      `"${email}" is not an e-mail address of at most 128 characters.`,
    );
}

export const nameTaken = (user: string): AdministratorError =>
  new AdministratorError('ADMIN_USER_EXISTS', `An administrator with the user name "${user}" exists already.`);

/** See `Administrators.change`. An account that is switched off loses its sessions. */
export async function changeAccount(
  tx: Transaction,
  id: number,
  change: AdministratorChange,
  now: Date,
): Promise<void> {
  await lockRoles(tx);
  const before = await accountReading.find(tx, id);
  if (!before) throw new AdministratorError('ADMIN_USER_UNKNOWN', 'There is no such administrator any more.');
  const after = { ...before, ...change };
  checkAccount(after.user, after.email);
  await writing(after.user, () =>
    tx.run(sql`
      UPDATE {admin_user} SET username = ${after.user}, email = ${after.email}, firstname = ${after.firstName.slice(0, 32)},
        lastname = ${after.lastName.slice(0, 32)}, is_active = ${after.active ? 1 : 0}, modified = ${sqlTimestamp(now)}
      WHERE user_id = ${id}`),
  );
  if (change.passwordHash !== undefined) await setPassword(tx, id, change.passwordHash, now);
  if (change.roleId !== undefined && change.roleId !== before.roleId) await setRole(tx, id, after.user, change.roleId);
  else if (after.user !== before.user)
    await tx.run(roleRow(id, sql`UPDATE {authorization_role} SET role_name = ${after.user}`));
  if (before.active && !after.active) await tx.run(sql`DELETE FROM {vestibule_admin_session} WHERE user_id = ${id}`);
  await refuseIfNobodyIsLeft(tx);
}

const roleRow = (id: number, statement: Sql): Sql =>
  sql`${statement} WHERE user_id = ${id} AND role_type = ${'U'} AND user_type = ${'2'}`;

async function writing(user: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw nameTaken(user);
    throw error;
  }
}

async function setPassword(tx: Transaction, id: number, hash: string, now: Date): Promise<void> {
  await tx.run(sql`UPDATE {admin_user} SET password = ${hash} WHERE user_id = ${id}`);
  await tx.run(sql`
    INSERT INTO {admin_passwords} (user_id, password_hash, expires, last_updated)
    VALUES (${id}, ${hash}, 0, ${Math.floor(now.getTime() / 1000)})`);
}

async function setRole(tx: Transaction, id: number, user: string, roleId: number): Promise<void> {
  const role = await tx.first(
    sql`SELECT role_id FROM {authorization_role} WHERE role_id = ${roleId} AND role_type = ${'G'}`,
  );
  if (!role) throw new AdministratorError('ADMIN_ROLE_UNKNOWN', 'There is no such role; it may have been deleted.');
  await tx.run(roleRow(id, sql`DELETE FROM {authorization_role}`));
  await tx.run(sql`
    INSERT INTO {authorization_role} (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name)
    VALUES (${roleId}, 2, 0, ${'U'}, ${id}, ${'2'}, ${user})`);
}
