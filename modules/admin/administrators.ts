import { DuplicateKeyError, sql, sqlTimestamp, type Transaction } from '../framework/index.ts';
import { AdministratorError, type Administrators } from './administrator.ts';

/** Administrators over `admin_user` and `authorization_role`, written as Magento's `admin:user:create` writes them. */
export function createAdministrators(): Administrators {
  return {
    async create(tx, { user, email, passwordHash, role }, now) {
      check(user, email);
      const group = await groupRole(tx, role);
      const at = sqlTimestamp(now);
      const id = await insert(tx, user, email, passwordHash, at);
      await tx.run(
        sql`INSERT INTO {admin_passwords} (user_id, password_hash, expires, last_updated) VALUES (${id}, ${passwordHash}, 0, ${Math.floor(now.getTime() / 1000)})`,
      );
      await tx.run(
        sql`INSERT INTO {authorization_role} (parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) VALUES (${group}, 2, 0, ${'U'}, ${id}, ${'2'}, ${user})`,
      );
      return { id, user, email, role };
    },
    async count(db) {
      const row = await db.first<{ total: number }>(sql`SELECT COUNT(*) AS total FROM {admin_user}`);
      return Number(row?.total ?? 0);
    },
  };
}

function check(user: string, email: string): void {
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

async function groupRole(tx: Transaction, name: string): Promise<number> {
  const row = await tx.first<{ role_id: number }>(
    sql`SELECT role_id FROM {authorization_role} WHERE role_type = ${'G'} AND role_name = ${name}`,
  );
  if (row) return row.role_id;
  throw new AdministratorError('ADMIN_ROLE_UNKNOWN', `There is no role "${name}"; "Administrators" may do everything.`);
}

async function insert(tx: Transaction, user: string, email: string, hash: string, at: string): Promise<number> {
  try {
    const { insertId } = await tx.run(
      sql`INSERT INTO {admin_user} (firstname, lastname, email, username, password, created, modified, is_active) VALUES (${user.slice(0, 32)}, ${user.slice(0, 32)}, ${email}, ${user}, ${hash}, ${at}, ${at}, 1)`,
    );
    return insertId;
  } catch (error) {
    if (error instanceof DuplicateKeyError)
      throw new AdministratorError(
        'ADMIN_USER_EXISTS',
        `An administrator with the user name "${user}" exists already.`,
      );
    throw error;
  }
}
