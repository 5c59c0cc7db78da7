import { timingSafeEqual } from 'node:crypto';
import { type Clock, type Database, type Encryptor, type Logger, sqlTimestamp } from '../framework/index.ts';
import { AddressList } from './address/address-list.ts';
import type { Connection } from './connection.ts';
import { readConnection } from './connections.ts';
import { lastUses } from './last-use.ts';
import { type Scope, scopesOf } from './scopes.ts';
import { type TokenAndConnection, tokenLookUp } from './token-look-up.ts';
import { parseToken } from './token-text.ts';
import type { Origin, RefusedToken, TokenVerifier, VerifiedToken } from './verification.ts';

/** Revocation reaches every process within this time. */
const cacheFor = 5_000;
const cacheSize = 10_000;

interface Known {
  readonly verified: VerifiedToken;
  readonly digest: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** The lists that an address has to be in, with the words for whose they are. */
  readonly allowed: readonly { readonly list: AddressList; readonly whose: string; readonly cure: string }[];
  readonly fetchedAt: number;
  /** The secret, once it was verified: comparing it again is cheaper than computing its digest again. */
  secret: Buffer | undefined;
}

/** Verifies tokens against `vestibule_connection_token` through a small cache. */
export function createTokenVerifier(
  database: Database,
  encryptor: Encryptor,
  clock: Clock,
  logger: Logger,
): TokenVerifier {
  const cache = new Map<string, Known>();
  // Tokens that were good a moment ago don't queue behind those that nobody has seen.
  const [acquaintances, strangers] = [tokenLookUp(database), tokenLookUp(database)];
  const uses = lastUses(database, clock, logger);

  async function look(publicId: string, now: number): Promise<Known | undefined> {
    const row = await (cache.has(publicId) ? acquaintances : strangers)(publicId);
    // An unknown id is not remembered: a flood of random ids would only push the good ones out.
    if (!row) {
      cache.delete(publicId);
      return undefined;
    }
    // Of those who asked together one remembers; the others find what was remembered since they began.
    const remembered = cache.get(publicId);
    if (remembered && remembered.fetchedAt >= now) return remembered;
    if (cache.size >= cacheSize) cache.clear();
    const known = knownFrom(row, now);
    cache.set(publicId, known);
    return known;
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
      if (!isGenuine(known, parsed.secret, encryptor)) return undefined;
      const refused = refusalOf(known, origin, now);
      if (refused) return refused;
      uses.mark(known.verified.tokenId, origin, now);
      return known.verified;
    },
    flush: () => uses.flush(),
  };
}

function knownFrom(row: TokenAndConnection, fetchedAt: number): Known {
  const connection = readConnection(row);
  const scopes: readonly Scope[] = scopesOf(row.scopes);
  return {
    verified: { connection, tokenId: row.token_id, tokenName: row.token_name, scopes },
    digest: row.digest,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    allowed: allowedBy(row, connection),
    fetchedAt,
    secret: undefined,
  };
}

function allowedBy({ token_addresses, public_id }: TokenAndConnection, { code, policy }: Connection): Known['allowed'] {
  return [
    ...(policy.addresses.length === 0
      ? []
      : [
          {
            list: new AddressList(policy.addresses),
            whose: `the connection "${code}"`,
            cure: `Policies and Safeguards in the administration (connection:set --code ${code} --addresses) names those that are`,
          },
        ]),
    ...(token_addresses === null
      ? []
      : [
          {
            list: new AddressList(token_addresses.split(',')),
            whose: `the token ${public_id}`,
            cure: 'SCIM Configuration in the administration (token:create --addresses) makes a token for others',
          },
        ]),
  ];
}

/** True when the secret is the token's, compared in constant time. */
function isGenuine(known: Known, secret: string, encryptor: Encryptor): boolean {
  const given = Buffer.from(secret);
  if (known.secret?.length === given.length && timingSafeEqual(known.secret, given)) return true;
  if (!encryptor.verifyDigest(secret, known.digest)) return false;
  known.secret = given;
  return true;
}

/** Why a genuine token is refused. Who knows its secret may be told. */
function refusalOf(known: Known, { address }: Origin, now: Date): RefusedToken | undefined {
  const { connection } = known.verified;
  const cure = `SCIM Configuration in the administration (token:rotate --connection ${connection.code}) makes a new one`;
  if (known.revokedAt !== null) {
    const detail = `The bearer token is not valid: it was revoked at ${known.revokedAt} UTC; ${cure}.`;
    return { refused: 'revoked', connection, detail };
  }
  if (known.expiresAt !== null && known.expiresAt <= sqlTimestamp(now)) {
    const detail = `The bearer token is not valid: it expired at ${known.expiresAt} UTC; ${cure}.`;
    return { refused: 'expired', connection, detail };
  }
  for (const allowed of known.allowed) {
    if (address !== undefined && allowed.list.has(address)) continue;
    const detail = `The address ${address ?? 'of this client'} is not allowed for ${allowed.whose}; ${allowed.cure}.`;
    return { refused: 'address', connection, detail };
  }
  return undefined;
}
