import type { Connection } from '../connection.ts';
import type { Suspicion } from '../limit/bad-tokens.ts';
import type { TooSoon } from '../limit/flood-gate.ts';
import type { Origin, RefusedToken } from '../verification.ts';

/** Why a request was refused before it was looked at. */
export interface RefusedRequest {
  readonly refused:
    | 'missing'
    | 'invalid'
    | 'too-many-invalid'
    | 'expired'
    | 'revoked'
    | 'address'
    | 'other-connection'
    | 'too-many-requests';
  readonly status: 401 | 403 | 429;
  /** For people; undefined where no token came at all. */
  readonly detail?: string;
  /** Seconds; with 429. */
  readonly retryAfter?: number;
  /** Whose token it was, if it was one of ours. */
  readonly connection?: Connection;
  /** Where it came from and by what, where nobody knows whose it was. */
  readonly origin?: Origin;
  /** Whether it belongs into the record; a flood does not, but for one in a minute. */
  readonly telling: boolean;
}

/** The refusals there are. */
export const refusals = {
  missing: { refused: 'missing', status: 401, telling: false } as RefusedRequest,

  invalid({ retryAfter, telling }: Suspicion, origin: Origin): RefusedRequest {
    if (retryAfter === 0) {
      const detail =
        'The bearer token is not valid: it is unknown, expired or revoked. Make one under SCIM Configuration in the administration (token:create).';
      return { refused: 'invalid', status: 401, detail, origin, telling };
    }
    const detail = `Too many wrong bearer tokens came from ${origin.address ?? 'this address'}, and this one is wrong, too; a right one is served.`;
    return { refused: 'too-many-invalid', status: 429, detail, origin, retryAfter, telling };
  },

  /** The secret was right, so the client is told what is wrong, however often it asks. */
  known: ({ refused, connection, detail }: RefusedToken, { telling }: Suspicion): RefusedRequest => ({
    refused,
    status: refused === 'address' ? 403 : 401,
    detail,
    connection,
    telling,
  }),

  otherConnection: (connection: Connection, { telling }: Suspicion): RefusedRequest => ({
    refused: 'other-connection',
    status: 401,
    detail: 'The bearer token belongs to another connection than the one in the URL.',
    connection,
    telling,
  }),

  tooSoon: (connection: Connection, { retryAfter, telling }: TooSoon): RefusedRequest => ({
    refused: 'too-many-requests',
    status: 429,
    detail: `The connection "${connection.code}" sends more requests than it may; come again in ${retryAfter} s, or raise the limit under Policies and Safeguards in the administration (connection:set --code ${connection.code} --rate-limit).`,
    retryAfter,
    connection,
    telling,
  }),
};
