import { DuplicateKeyError, sql, sqlTimestamp, type Transaction } from '../framework/index.ts';
import { changeAccount, checkAccount, nameTaken } from './account/change.ts';
import { noteMade } from './account/made.ts';
import { accountReading } from './account/reading.ts';
import { removeAccount } from './account/removal.ts';
import { AdministratorError, type Administrators, type NewAdministrator } from './administrator.ts';

/** Administrators over `admin_user` and `authorization_role`, written as Magento's `admin:user:create` writes them. */
export function createAdministrators(): Administrators {
  return {
    ...accountReading,
    change: changeAccount,
    remove: removeAccount,
    async create(tx, { user, email, passwordHash, role, firstName = user, lastName = user }, now) {
      checkAccount(user, email);
      const group = await groupRole(tx, role);
      const at = sqlTimestamp(now);
      const id = await insert(tx, { user, email, passwordHash, firstName, lastName }, at);
      await tx.run(
        sql`INSERT INTO {admin_passwords} (user_id, password_hash, expires, last_updated) VALUES (${id}, ${passwordHash}, 0, ${Math.floor(now.getTime() / 1000)})`,
      );
      await tx.run(
        sql`INSERT INTO {authorization_role} (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) VALUES (${group}, 2, 0, ${'U'}, ${id}, ${'2'}, ${user})`,
      );
      noteMade(tx, 'user', id);
      return { id, user, email, role };
    },
    async count(db) {
      const row = await db.first<{ total: number }>(sql`SELECT COUNT(*) AS total FROM {admin_user}`);
      return Number(row?.total ?? 0);
    },
  };
}

async function groupRole(tx: Transaction, name: string): Promise<number> {
  const row = await tx.first<{ role_id: number }>(
    sql`SELECT role_id FROM {authorization_role} WHERE role_type = ${'G'} AND role_name = ${name}`,
  );
  if (row) return row.role_id;
  throw new AdministratorError('ADMIN_ROLE_UNKNOWN', `There is no role "${name}"; "Administrators" may do everything.`);
}

type Account = Required<Omit<NewAdministrator, 'role'>>;

async function insert(tx: Transaction, made: Account, at: string): Promise<number> {
  const { user, email, passwordHash, firstName, lastName } = made;
  try {
    const { insertId } = await tx.run(
      sql`INSERT INTO {admin_user} (firstname, lastname, email, username, password, created, modified, is_active) VALUES (${firstName.slice(0, 32)}, ${lastName.slice(0, 32)}, ${email}, ${user}, ${passwordHash}, ${at}, ${at}, 1)`,
    );
    return insertId;
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw nameTaken(user);
    throw error;
  }
}
