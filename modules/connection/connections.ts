import { DuplicateKeyError, type Sql, sql, sqlTimestamp } from '../framework/index.ts';
import {
  type Connection,
  ConnectionError,
  type Connections,
  type GroupPolicy,
  type MatchPolicy,
  type Profile,
} from './connection.ts';
import { readName } from './name.ts';
import { openPolicy } from './policy/policy.ts';
import { checkPolicy } from './policy/policy-check.ts';
import { type PolicyRow, policyAssignments, policyColumns, readPolicy } from './policy/policy-columns.ts';

export interface ConnectionRow extends PolicyRow {
  connection_id: number;
  code: string;
  name: string;
  profile: Profile;
  website_id: number;
  is_active: number;
  match_policy: MatchPolicy;
  groups_policy: GroupPolicy;
  created_at: string;
}

/** Columns of a connection under the alias `n`, read by `readConnection`. */
export const connectionColumns: Sql = sql`n.connection_id, n.code, n.name, n.profile, n.website_id, n.is_active, n.match_policy, n.groups_policy, n.created_at, ${policyColumns}`;

export const readConnection = (row: ConnectionRow): Connection => ({
  id: row.connection_id,
  code: row.code,
  name: row.name,
  profile: row.profile,
  websiteId: row.website_id,
  active: row.is_active === 1,
  match: row.match_policy,
  groups: row.groups_policy,
  policy: readPolicy(row),
  createdAt: row.created_at,
});

/** Codes that stand for something else in URLs, settings or other providers' words and would be mistaken for it. */
const reserved = new Set([
  'admin',
  'base',
  'credential',
  'credentials',
  'email',
  'local',
  'new',
  'password',
  'scim',
  'saml',
]);

const inUrls = (code: string): boolean => /^[a-z][a-z0-9-]{0,31}$/.test(code);

function checkCode(code: string): void {
  if (!inUrls(code))
    throw new ConnectionError(
      'CONNECTION_CODE_INVALID',
      `The connection code "${code}" can't be used: it stands in URLs; take 1 to 32 of a–z, 0–9 and "-", beginning with a letter.`,
    );
  if (reserved.has(code))
    throw new ConnectionError(
      'CONNECTION_CODE_RESERVED',
      `The connection code "${code}" is reserved; choose another one.`,
    );
}

/** Connections over `vestibule_connection`. */
export function createConnections(): Connections {
  const find = async (db: Parameters<Connections['list']>[0], where: Sql): Promise<Connection | undefined> => {
    const row = await db.first<ConnectionRow>(
      sql`SELECT ${connectionColumns} FROM {vestibule_connection} n WHERE ${where}`,
    );
    return row && readConnection(row);
  };
  const named = async (db: Parameters<Connections['list']>[0], code: string, lock: Sql): Promise<Connection> => {
    const found = await find(db, sql`n.code = ${code} ${lock}`);
    // MySQL's collation takes "Okta" and "okta " for "okta"; URLs and SQLite do not.
    if (found?.code === code) return found;
    throw new ConnectionError(
      'CONNECTION_UNKNOWN',
      `There is no connection with the code "${code}"; connection:list shows those that exist.`,
    );
  };
  return {
    byCode: (db, code) => named(db, code, sql``),
    byId: (db, id) => find(db, sql`n.connection_id = ${id}`),
    async list(db) {
      const rows = await db.all<ConnectionRow>(
        sql`SELECT ${connectionColumns} FROM {vestibule_connection} n ORDER BY n.code`,
      );
      return rows.map(readConnection);
    },
    async create(tx, { code, name, profile = 'generic', websiteId }, now) {
      checkCode(code);
      const shown = readName(name, `the connection "${code}"`);
      try {
        const { insertId } = await tx.run(
          sql`INSERT INTO {vestibule_connection} (code, name, profile, website_id, is_active, match_policy, groups_policy, created_at) VALUES (${code}, ${shown}, ${profile}, ${websiteId}, 1, ${'link'}, ${'create'}, ${sqlTimestamp(now)})`,
        );
        return {
          id: insertId,
          code,
          name: shown,
          profile,
          websiteId,
          active: true,
          match: 'link',
          groups: 'create',
          policy: openPolicy,
          createdAt: sqlTimestamp(now),
        };
      } catch (error) {
        if (error instanceof DuplicateKeyError)
          throw new ConnectionError('CONNECTION_EXISTS', `A connection with the code "${code}" exists already.`);
        throw error;
      }
    },
    async change(tx, code, changes) {
      // The row is held: two administrators who change different things must not undo each other.
      const now = await named(tx, code, tx.dialect.forUpdate);
      const next = { ...now, ...changes, policy: { ...now.policy, ...changes.policy } };
      checkPolicy(next.policy);
      if (changes.name !== undefined) next.name = readName(changes.name, `the connection "${code}"`);
      await tx.run(
        sql`UPDATE {vestibule_connection} SET name = ${next.name}, profile = ${next.profile}, is_active = ${next.active ? 1 : 0}, match_policy = ${next.match}, groups_policy = ${next.groups}, ${policyAssignments(next.policy)} WHERE connection_id = ${now.id}`,
      );
      return next;
    },
    async remove(tx, code) {
      const gone = await named(tx, code, tx.dialect.forUpdate);
      await tx.run(sql`DELETE FROM {vestibule_connection_token} WHERE connection_id = ${gone.id}`);
      await tx.run(sql`DELETE FROM {vestibule_connection_use} WHERE connection_id = ${gone.id}`);
      await tx.run(sql`DELETE FROM {vestibule_connection} WHERE connection_id = ${gone.id}`);
      return gone;
    },
  };
}
