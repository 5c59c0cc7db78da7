import { type Encryptor, sql, sqlTimestamp, type Transaction } from '../framework/index.ts';
import { type Connection, ConnectionError } from './connection.ts';
import type { BearerToken, Rotated, Tokens } from './token.ts';
import { activeTokens, holdConnection, insertToken, revokeToken, tokenById } from './token-rows.ts';

/** A token takes the place of another one: with an overlap that ends by itself, or in steps that somebody takes. */
export function rotations(
  encryptor: Encryptor,
): Pick<Tokens, 'rotate' | 'startRotation' | 'completeRotation' | 'cancelRotation'> {
  /** The new token, with the rights of the old one, which remembers it and works until `until`. */
  async function replace(
    tx: Transaction,
    connection: Connection,
    old: BearerToken | undefined,
    { name, expiresAt, until }: { name: string; expiresAt: Date | undefined; until: string | null },
    at: string,
  ) {
    const { scopes, addresses } = old ?? {};
    const ends = expiresAt ? sqlTimestamp(expiresAt) : null;
    const made = await insertToken(tx, encryptor, connection, { name, expiresAt: ends, scopes, addresses }, at);
    if (old)
      await tx.run(
        sql`UPDATE {vestibule_connection_token} SET replaced_by = ${made.token.publicId}, expired_before = ${old.expiresAt}, expires_at = ${until} WHERE token_id = ${old.id}`,
      );
    return made;
  }

  return {
    async rotate(tx, connection, { name, overlapUntil, expiresAt }, now) {
      await holdConnection(tx, connection);
      const at = sqlTimestamp(now);
      const until = sqlTimestamp(overlapUntil);
      // The newest active token keeps working until the overlap ends; older ones stop now, so that two remain at most.
      const [newest, ...older] = await activeTokens(tx, connection, at);
      for (const { id } of older) await revokeToken(tx, id, at);
      const ends = newest?.expiresAt != null && newest.expiresAt <= until ? newest.expiresAt : until;
      return replace(tx, connection, newest, { name, expiresAt, until: ends }, at);
    },
    async startRotation(tx, connection, { name, expiresAt }, now) {
      await holdConnection(tx, connection);
      const at = sqlTimestamp(now);
      const [old, other] = await activeTokens(tx, connection, at);
      if (!old)
        throw new ConnectionError(
          'TOKEN_ROTATION',
          `The connection "${connection.code}" has no active token to rotate; token:create makes one.`,
        );
      if (other)
        throw new ConnectionError(
          'TOKEN_ROTATION',
          `The connection "${connection.code}" has two active tokens already; end one (token:rotate --complete or --cancel where a rotation is under way, else token:revoke), then start.`,
        );
      return replace(tx, connection, old, { name, expiresAt, until: old.expiresAt }, at);
    },
    async completeRotation(tx, connection, now): Promise<Rotated> {
      const at = sqlTimestamp(now);
      const { old, fresh } = await underWay(tx, connection, at);
      await revokeToken(tx, old.id, at);
      return { works: fresh, ended: await tokenById(tx, old.id) };
    },
    async cancelRotation(tx, connection, now): Promise<Rotated> {
      const at = sqlTimestamp(now);
      const { old, fresh } = await underWay(tx, connection, at);
      await revokeToken(tx, fresh.id, at);
      await tx.run(
        sql`UPDATE {vestibule_connection_token} SET expires_at = expired_before, replaced_by = NULL, expired_before = NULL WHERE token_id = ${old.id}`,
      );
      return { works: await tokenById(tx, old.id), ended: await tokenById(tx, fresh.id) };
    },
  };
}

/** The two tokens of a rotation while both work. */
async function underWay(
  tx: Transaction,
  connection: Connection,
  at: string,
): Promise<{ old: BearerToken; fresh: BearerToken }> {
  await holdConnection(tx, connection);
  const active = await activeTokens(tx, connection, at);
  for (const old of active) {
    const fresh = active.find(({ publicId }) => publicId === old.replacedBy);
    if (fresh) return { old, fresh };
  }
  throw new ConnectionError(
    'TOKEN_ROTATION',
    `No rotation of the connection "${connection.code}" is under way; token:rotate --start begins one.`,
  );
}
