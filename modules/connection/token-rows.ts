import { type Encryptor, type Sql, sql, type Transaction } from '../framework/index.ts';
import { checkAddresses } from './address/address-list.ts';
import type { Connection } from './connection.ts';
import { readName } from './name.ts';
import { storedAddresses } from './policy/policy-columns.ts';
import { scopes as allScopes, familyOf, type Scope, scopesOf, storedScopes, type TokenFamily } from './scopes.ts';
import type { BearerToken, IssuedToken } from './token.ts';
import { generateToken } from './token-text.ts';

export interface TokenRow {
  token_id: number;
  connection_id: number;
  public_id: string;
  name: string;
  scopes: string | null;
  allowed_addresses: string | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  replaced_by: string | null;
  expired_before: string | null;
  last_used_at: string | null;
  last_used_address: string | null;
  last_used_agent: string | null;
}

/** Columns of a token, read by `readToken`. */
export const tokenColumns: Sql = sql`token_id, connection_id, public_id, name, scopes, allowed_addresses, created_at, expires_at, revoked_at, replaced_by, expired_before, last_used_at, last_used_address, last_used_agent`;

export const readToken = (row: TokenRow): BearerToken => ({
  id: row.token_id,
  connectionId: row.connection_id,
  publicId: row.public_id,
  name: row.name,
  scopes: scopesOf(row.scopes),
  addresses: row.allowed_addresses === null ? [] : row.allowed_addresses.split(','),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  replacedBy: row.replaced_by,
  expiredBefore: row.expired_before,
  lastUsedAt: row.last_used_at,
  lastUsedAddress: row.last_used_address,
  lastUsedAgent: row.last_used_agent,
});

/** Holds the connection's row, so that two administrators can't both make the last allowed token. */
export const holdConnection = (tx: Transaction, connection: Connection): Promise<unknown> =>
  tx.first(
    sql`SELECT connection_id FROM {vestibule_connection} WHERE connection_id = ${connection.id} ${tx.dialect.forUpdate}`,
  );

/** The tokens of a family that work at `now`, the newest first. */
export async function activeTokens(
  tx: Transaction,
  connection: Connection,
  now: string,
  family: TokenFamily = 'scim',
): Promise<BearerToken[]> {
  const rows = await tx.all<TokenRow>(
    sql`SELECT ${tokenColumns} FROM {vestibule_connection_token} WHERE connection_id = ${connection.id} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now}) ORDER BY token_id DESC`,
  );
  return rows.map(readToken).filter(({ scopes }) => familyOf(scopes) === family);
}

/** A token about to be made, its times as they are stored. */
export interface TokenToInsert {
  readonly name: string;
  readonly expiresAt: string | null;
  readonly scopes?: readonly Scope[] | undefined;
  readonly addresses?: readonly string[] | undefined;
}

/** Makes a token. @throws ConnectionError `NAME_INVALID`, `ADDRESS_INVALID` */
export async function insertToken(
  tx: Transaction,
  encryptor: Encryptor,
  connection: Connection,
  { name, expiresAt, scopes = allScopes, addresses = [] }: TokenToInsert,
  now: string,
): Promise<IssuedToken> {
  const { text, publicId, secret } = generateToken();
  const from = storedAddresses(checkAddresses(addresses));
  const { insertId } = await tx.run(
    sql`INSERT INTO {vestibule_connection_token} (connection_id, public_id, name, scopes, allowed_addresses, digest, created_at, expires_at) VALUES (${connection.id}, ${publicId}, ${readName(name, 'the token')}, ${storedScopes(scopes)}, ${from}, ${encryptor.digest(secret)}, ${now}, ${expiresAt})`,
  );
  return { text, token: await tokenById(tx, insertId) };
}

export async function tokenById(tx: Transaction, id: number): Promise<BearerToken> {
  const row = await tx.first<TokenRow>(
    sql`SELECT ${tokenColumns} FROM {vestibule_connection_token} WHERE token_id = ${id}`,
  );
  if (!row) throw new Error(`token ${id}, which is held, can not be read`);
  return readToken(row);
}

export const revokeToken = (tx: Transaction, id: number, at: string): Promise<unknown> =>
  tx.run(sql`UPDATE {vestibule_connection_token} SET revoked_at = ${at} WHERE token_id = ${id}`);
