import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';
import type { Connection } from './connection.ts';

/** A bearer token of a connection, as it can be shown again: everything but its text. */
export interface BearerToken {
  readonly id: number;
  readonly connectionId: number;
  readonly publicId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedAgent: string | null;
}

export interface IssuedToken {
  /** The whole token. It exists nowhere else: only a keyed digest is stored. */
  readonly text: string;
  readonly token: BearerToken;
}

/** Tokens of connections. */
export interface Tokens {
  /**
   * Makes a token. At most two are active per connection, so that one can be rotated while the other still works.
   * @throws ConnectionError `TOKEN_LIMIT`
   */
  issue(
    tx: Transaction,
    connection: Connection,
    options: { name: string; expiresAt?: Date | undefined },
    now: Date,
  ): Promise<IssuedToken>;
  /** Makes a token; all others of the connection stop working at `overlapUntil`, or at once. */
  rotate(
    tx: Transaction,
    connection: Connection,
    options: { name: string; overlapUntil: Date },
    now: Date,
  ): Promise<IssuedToken>;
  /**
   * Stops a token, named by its public id or by its whole text. Once revoked, its time of revocation stays.
   * @throws ConnectionError `TOKEN_UNKNOWN`
   */
  revoke(tx: Transaction, id: string, now: Date): Promise<BearerToken>;
  list(db: Executor, connectionId?: number): Promise<BearerToken[]>;
}
export const Tokens: ServiceToken<Tokens> = service<Tokens>('connection.Tokens');

/** Where a request came from, for "last used". */
export interface Origin {
  readonly address?: string | undefined;
  readonly agent?: string | undefined;
}

/** Who calls: the connection behind a valid token, and what was unusual about the way the token came. */
export interface AuthenticatedConnection {
  readonly connection: Connection;
  readonly tokenId: number;
  readonly notes: readonly string[];
}

/** Why a token was refused: none came, it is not one of ours (or expired, revoked), or it belongs to another connection. */
export type RefusedToken = 'missing' | 'invalid' | 'other-connection';

/** Finds the connection behind a bearer token. */
export interface TokenVerifier {
  /** The connection, or undefined for a token that is unknown, expired or revoked. Answers from a cache of at most 5 s. */
  verify(text: string, origin: Origin): Promise<{ connection: Connection; tokenId: number } | undefined>;
  /** Writes the "last used" of tokens; called about once a minute and when the host stops. */
  flush(): Promise<void>;
}
export const TokenVerifier: ServiceToken<TokenVerifier> = service<TokenVerifier>('connection.TokenVerifier');
