import { Activities, type StoredActivity } from '../../activity/index.ts';
import { Clock, Database, sqlTimestamp } from '../../framework/index.ts';
import type { Connection } from '../connection.ts';
import type { BearerToken } from '../token.ts';
import { isRequest } from './request-words.ts';

/** What came in lately. */
export interface Arrivals {
  readonly connection: Connection;
  readonly requests: readonly StoredActivity[];
  /** Of all that came lately, not only those that are shown. */
  readonly operations: readonly string[];
  /** The token that was used last. */
  readonly used: BearerToken | undefined;
  /** The last request with a token that is none of the store's, while a token of this connection waits for its first use. */
  readonly stranger: StoredActivity | undefined;
}

/** What arrivals are read from. */
export const arrivalSources = { database: Database, activities: Activities, clock: Clock };
export interface ArrivalSources {
  readonly database: Database;
  readonly activities: Activities;
  readonly clock: Clock;
}

const shown = 6;
/** How many records are looked at; more where those of strangers may stand among them. */
const looked = { own: 25, withStrangers: 75 };
/** Whoever has pasted a token looks here within this time, in milliseconds; what came before was somebody else. */
const patience = 15 * 60_000;
/** Such a request belongs to nobody. */
const strange = ['scim.invalid', 'scim.too-many-invalid'];

/** What came in lately for a connection with these tokens. */
export async function arrivalsOf(
  { database, activities, clock }: ArrivalSources,
  connection: Connection,
  tokens: readonly BearerToken[],
): Promise<Arrivals> {
  const waits = tokens.some(({ lastUsedAt, revokedAt }) => lastUsedAt === null && revokedAt === null);
  const recent = await activities.recent(database, {
    connectionId: connection.id,
    ...(waits ? { limit: looked.withStrangers, strangers: strange } : { limit: looked.own }),
  });
  const [used] = tokens
    .filter(({ lastUsedAt }) => lastUsedAt !== null)
    .toSorted((a, b) => ((a.lastUsedAt ?? '') < (b.lastUsedAt ?? '') ? 1 : -1));
  const requests = recent.filter((entry) => entry.connectionId === connection.id && isRequest(entry));
  const since = sqlTimestamp(new Date(clock.now().getTime() - patience));
  return {
    connection,
    requests: requests.slice(0, shown),
    operations: requests.filter(({ outcome }) => outcome === 'done').map(({ operation }) => operation),
    used,
    stranger: recent.find(({ connectionId, at }) => connectionId === undefined && at >= since),
  };
}
