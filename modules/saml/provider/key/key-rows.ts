import { X509Certificate } from 'node:crypto';
import type { Connection } from '../../../connection/index.ts';
import {
  type Clock,
  type Database,
  type Encryptor,
  type Environment,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../../framework/index.ts';
import type { KeyState } from '../configuration.ts';
import type { KeyPair, KeyPairs } from './key-pairs.ts';

/** Name of the certificates of a connection. */
export const keyName = (connection: Connection, baseUrl: string): string =>
  `SAML ${connection.code} ${new URL(baseUrl).hostname}`;

/** A pair for a connection that has no key yet; undefined for every other. Made outside of any transaction: it is slow. */
export async function firstPair(
  needs: {
    readonly database: Database;
    readonly keyPairs: KeyPairs;
    readonly environment: Environment;
    readonly clock: Clock;
  },
  connection: Connection,
): Promise<KeyPair | undefined> {
  const held = await needs.database.first(
    sql`SELECT key_id FROM {vestibule_saml_key} WHERE connection_id = ${connection.id} LIMIT 1`,
  );
  if (held) return undefined;
  return needs.keyPairs.make(keyName(connection, needs.environment.baseUrl), needs.clock.now());
}

/** Writes a key; where another is in that state already, that one stays. */
export function insertKey(
  tx: Transaction,
  connectionId: number,
  { pair, state }: { readonly pair: KeyPair; readonly state: KeyState },
  encryptor: Encryptor,
  now: Date,
): void {
  const { fingerprint256, validTo } = new X509Certificate(pair.certificate);
  const fingerprint = fingerprint256.replaceAll(':', '').toLowerCase();
  tx.later(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_saml_key} (connection_id, state, private_key, certificate, fingerprint, not_after, created_at) VALUES (${connectionId}, ${state}, ${encryptor.encrypt(pair.privateKey)}, ${pair.certificate}, ${fingerprint}, ${sqlTimestamp(new Date(validTo))}, ${sqlTimestamp(now)})`,
  );
}
