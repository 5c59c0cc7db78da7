import { timingSafeEqual } from 'node:crypto';
import { type Clock, type Database, type Encryptor, type Logger, sql, sqlTimestamp } from '../framework/index.ts';
import type { Connection } from './connection.ts';
import { type ConnectionRow, connectionColumns, readConnection } from './connections.ts';
import type { Origin, TokenVerifier } from './token.ts';
import { parseToken } from './token-text.ts';

/** Revocation reaches every process within this time. */
const cacheFor = 5_000;
const cacheSize = 10_000;
const lastUsedEvery = 60_000;

interface Usage {
  origin: Origin;
  at: Date;
  writtenAt: number;
  dirty: boolean;
}

interface Known {
  readonly tokenId: number;
  readonly digest: string;
  readonly expiresAt: string | null;
  readonly connection: Connection;
  readonly fetchedAt: number;
  /** The secret, once it was verified: comparing it again is cheaper than computing its digest again. */
  verified: Buffer | undefined;
}

type TokenAndConnection = ConnectionRow & { token_id: number; digest: string; expires_at: string | null };

/** Verifies tokens against `vestibule_connection_token` through a small cache. */
export function createTokenVerifier(
  database: Database,
  encryptor: Encryptor,
  clock: Clock,
  logger: Logger,
): TokenVerifier {
  const cache = new Map<string, Known | undefined>();
  const used = new Map<number, Usage>();
  let writing = Promise.resolve();

  async function look(publicId: string, now: number): Promise<Known | undefined> {
    const row = await database.first<TokenAndConnection>(
      sql`SELECT t.token_id, t.digest, t.expires_at, ${connectionColumns} FROM {vestibule_connection_token} t JOIN {vestibule_connection} n ON n.connection_id = t.connection_id WHERE t.public_id = ${publicId} AND t.revoked_at IS NULL`,
    );
    if (cache.size >= cacheSize) cache.clear();
    const known = row && {
      tokenId: row.token_id,
      digest: row.digest,
      expiresAt: row.expires_at,
      connection: readConnection(row),
      fetchedAt: now,
      verified: undefined,
    };
    // An unknown id is not remembered: a flood of random ids would only push the good ones out.
    if (known) cache.set(publicId, known);
    else cache.delete(publicId);
    return known;
  }

  function markUsed(tokenId: number, origin: Origin, now: Date): void {
    let usage = used.get(tokenId);
    if (!usage) {
      usage = { origin, at: now, writtenAt: 0, dirty: true };
      used.set(tokenId, usage);
    }
    usage.origin = origin;
    usage.at = now;
    usage.dirty = true;
    if (now.getTime() - usage.writtenAt < lastUsedEvery) return;
    usage.writtenAt = now.getTime();
    void flush();
  }

  /** Never rejects. One write follows the other, so that the last one ends after all that were begun. */
  function flush(): Promise<void> {
    writing = writing.then(writeUsage);
    return writing;
  }

  async function writeUsage(): Promise<void> {
    const now = clock.now().getTime();
    for (const [tokenId, entry] of used) {
      if (!entry.dirty) continue;
      entry.dirty = false;
      entry.writtenAt = now;
      try {
        await database.run(
          sql`UPDATE {vestibule_connection_token} SET last_used_at = ${sqlTimestamp(entry.at)}, last_used_address = ${entry.origin.address ?? null}, last_used_agent = ${entry.origin.agent?.slice(0, 255) ?? null} WHERE token_id = ${tokenId}`,
        );
      } catch (error) {
        logger.warn({ err: error }, 'the "last used" of a token could not be written');
      }
    }
  }

  return {
    async verify(text, origin) {
      const parsed = parseToken(text);
      if (!parsed) return undefined;
      const now = clock.now();
      const cached = cache.get(parsed.publicId);
      const known =
        cached && now.getTime() - cached.fetchedAt < cacheFor ? cached : await look(parsed.publicId, now.getTime());
      if (!known) {
        // The digest is computed for unknown ids too, so that the time taken does not tell which ids exist.
        encryptor.verifyDigest(parsed.secret, '0:');
        return undefined;
      }
      if (!isVerified(known, parsed.secret, encryptor)) return undefined;
      if (known.expiresAt !== null && known.expiresAt <= sqlTimestamp(now)) return undefined;
      markUsed(known.tokenId, origin, now);
      return { connection: known.connection, tokenId: known.tokenId };
    },
    flush,
  };
}

/** True when the secret is the token's, compared in constant time. */
function isVerified(known: Known, secret: string, encryptor: Encryptor): boolean {
  const given = Buffer.from(secret);
  if (known.verified?.length === given.length && timingSafeEqual(known.verified, given)) return true;
  if (!encryptor.verifyDigest(secret, known.digest)) return false;
  known.verified = given;
  return true;
}
