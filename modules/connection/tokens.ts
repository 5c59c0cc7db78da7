import { type Encryptor, sql, sqlTimestamp } from '../framework/index.ts';
import { ConnectionError } from './connection.ts';
import { rotations } from './rotation.ts';
import { familyOf, scopes, type TokenFamily } from './scopes.ts';
import type { Tokens } from './token.ts';
import {
  activeTokens,
  holdConnection,
  insertToken,
  readToken,
  revokeToken,
  type TokenRow,
  tokenColumns,
} from './token-rows.ts';
import { parseToken } from './token-text.ts';

const mostActive = 2;

const tooMany: Readonly<Record<TokenFamily, (code: string) => string>> = {
  scim: (code) =>
    `The connection "${code}" has ${mostActive} active tokens already; revoke one (token:list, token:revoke) or rotate (token:rotate), under SCIM Configuration in the administration.`,
  exchange: (code) =>
    `The connection "${code}" has ${mostActive} active tokens for the exchange of codes already; revoke one (token:list, token:revoke).`,
  store: (code) =>
    `The connection "${code}" has ${mostActive} active API accounts already; revoke one (api-account:list, api-account:revoke).`,
};

/** Tokens over `vestibule_connection_token`. The digest is keyed with the store's crypt key, which the database never holds. */
export function createTokens(encryptor: Encryptor): Tokens {
  return {
    ...rotations(encryptor),
    async issue(tx, connection, { expiresAt, ...token }, now) {
      await holdConnection(tx, connection);
      const at = sqlTimestamp(now);
      const family = familyOf(token.scopes ?? scopes);
      if ((await activeTokens(tx, connection, at, family)).length >= mostActive)
        throw new ConnectionError('TOKEN_LIMIT', tooMany[family](connection.code));
      const ends = expiresAt ? sqlTimestamp(expiresAt) : null;
      return insertToken(tx, encryptor, connection, { ...token, expiresAt: ends }, at);
    },
    async revoke(tx, id, now) {
      // Whoever has only the token itself pastes that; it is not repeated in the answer.
      const publicId = parseToken(id)?.publicId ?? id;
      const row = await tx.first<TokenRow>(
        sql`SELECT ${tokenColumns} FROM {vestibule_connection_token} WHERE public_id = ${publicId} ${tx.dialect.forUpdate}`,
      );
      if (row?.public_id !== publicId)
        throw new ConnectionError(
          'TOKEN_UNKNOWN',
          `There is no token${publicId.length > 8 ? ' with such an id' : ` "${publicId}"`}; token:list shows the ids of tokens.`,
        );
      const revokedAt = row.revoked_at ?? sqlTimestamp(now);
      await revokeToken(tx, row.token_id, revokedAt);
      return readToken({ ...row, revoked_at: revokedAt });
    },
    async list(db, connectionId) {
      const where = connectionId === undefined ? sql`1 = 1` : sql`connection_id = ${connectionId}`;
      const rows = await db.all<TokenRow>(
        sql`SELECT ${tokenColumns} FROM {vestibule_connection_token} WHERE ${where} ORDER BY token_id DESC`,
      );
      return rows.map(readToken);
    },
  };
}
