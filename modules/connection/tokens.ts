import { type Encryptor, type Sql, sql, sqlTimestamp } from '../framework/index.ts';
import { type Connection, ConnectionError } from './connection.ts';
import { readName } from './name.ts';
import type { BearerToken, Tokens } from './token.ts';
import { generateToken, parseToken } from './token-text.ts';

interface TokenRow {
  token_id: number;
  connection_id: number;
  public_id: string;
  name: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
  last_used_address: string | null;
  last_used_agent: string | null;
}

const columns: Sql = sql`token_id, connection_id, public_id, name, created_at, expires_at, revoked_at, last_used_at, last_used_address, last_used_agent`;

const readToken = (row: TokenRow): BearerToken => ({
  id: row.token_id,
  connectionId: row.connection_id,
  publicId: row.public_id,
  name: row.name,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
  lastUsedAddress: row.last_used_address,
  lastUsedAgent: row.last_used_agent,
});

const mostActive = 2;

const isActive = (now: string): Sql => sql`revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})`;

/** Tokens over `vestibule_connection_token`. The digest is keyed with the store's crypt key, which the database never holds. */
export function createTokens(encryptor: Encryptor): Tokens {
  async function insert(
    tx: Parameters<Tokens['issue']>[0],
    connection: Connection,
    name: string,
    expiresAt: string | null,
    now: string,
  ) {
    const { text, publicId, secret } = generateToken();
    const { insertId } = await tx.run(
      sql`INSERT INTO {vestibule_connection_token} (connection_id, public_id, name, digest, created_at, expires_at) VALUES (${connection.id}, ${publicId}, ${readName(name, 'the token')}, ${encryptor.digest(secret)}, ${now}, ${expiresAt})`,
    );
    const row = await tx.first<TokenRow>(
      sql`SELECT ${columns} FROM {vestibule_connection_token} WHERE token_id = ${insertId}`,
    );
    if (!row) throw new Error('the token that was just inserted can not be read');
    return { text, token: readToken(row) };
  }

  /** Holds the connection's row, so that two administrators can't both make the last allowed token. */
  const hold = (tx: Parameters<Tokens['issue']>[0], connection: Connection) =>
    tx.first(
      sql`SELECT connection_id FROM {vestibule_connection} WHERE connection_id = ${connection.id} ${tx.dialect.forUpdate}`,
    );

  return {
    async issue(tx, connection, { name, expiresAt }, now) {
      await hold(tx, connection);
      const at = sqlTimestamp(now);
      const active = await tx.all(
        sql`SELECT token_id FROM {vestibule_connection_token} WHERE connection_id = ${connection.id} AND ${isActive(at)}`,
      );
      if (active.length >= mostActive)
        throw new ConnectionError(
          'TOKEN_LIMIT',
          `The connection "${connection.code}" has ${mostActive} active tokens already; revoke one (token:list, token:revoke) or rotate (token:rotate).`,
        );
      return insert(tx, connection, name, expiresAt ? sqlTimestamp(expiresAt) : null, at);
    },
    async rotate(tx, connection, { name, overlapUntil }, now) {
      await hold(tx, connection);
      const at = sqlTimestamp(now);
      const until = sqlTimestamp(overlapUntil);
      // The newest active token keeps working until the overlap ends; older ones stop now, so that two remain at most.
      const active = await tx.all<{ token_id: number }>(
        sql`SELECT token_id FROM {vestibule_connection_token} WHERE connection_id = ${connection.id} AND ${isActive(at)} ORDER BY token_id DESC`,
      );
      for (const [index, { token_id }] of active.entries()) {
        if (index === 0)
          await tx.run(
            sql`UPDATE {vestibule_connection_token} SET expires_at = ${until} WHERE token_id = ${token_id} AND (expires_at IS NULL OR expires_at > ${until})`,
          );
        else await tx.run(sql`UPDATE {vestibule_connection_token} SET revoked_at = ${at} WHERE token_id = ${token_id}`);
      }
      return insert(tx, connection, name, null, at);
    },
    async revoke(tx, id, now) {
      // Whoever has only the token itself pastes that; it is not repeated in the answer.
      const publicId = parseToken(id)?.publicId ?? id;
      const row = await tx.first<TokenRow>(
        sql`SELECT ${columns} FROM {vestibule_connection_token} WHERE public_id = ${publicId} ${tx.dialect.forUpdate}`,
      );
      if (row?.public_id !== publicId)
        throw new ConnectionError(
          'TOKEN_UNKNOWN',
          `There is no token${publicId.length > 8 ? ' with such an id' : ` "${publicId}"`}; token:list shows the ids of tokens.`,
        );
      const revokedAt = row.revoked_at ?? sqlTimestamp(now);
      await tx.run(
        sql`UPDATE {vestibule_connection_token} SET revoked_at = ${revokedAt} WHERE token_id = ${row.token_id}`,
      );
      return readToken({ ...row, revoked_at: revokedAt });
    },
    async list(db, connectionId) {
      const where = connectionId === undefined ? sql`1 = 1` : sql`connection_id = ${connectionId}`;
      const rows = await db.all<TokenRow>(
        sql`SELECT ${columns} FROM {vestibule_connection_token} WHERE ${where} ORDER BY token_id DESC`,
      );
      return rows.map(readToken);
    },
  };
}
