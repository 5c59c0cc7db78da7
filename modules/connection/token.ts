import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';
import type { Connection } from './connection.ts';
import type { Scope } from './scopes.ts';

/** A bearer token of a connection, as it can be shown again: everything but its text. */
export interface BearerToken {
  readonly id: number;
  readonly connectionId: number;
  readonly publicId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Addresses and networks it may be used from; none means any. The connection's own list applies besides. */
  readonly addresses: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** The public id of the token that a rotation puts in its place. */
  readonly replacedBy: string | null;
  /** When it would have expired if no rotation had set an end to it. */
  readonly expiredBefore: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedAgent: string | null;
}

export interface IssuedToken {
  /** The whole token. It exists nowhere else: only a keyed digest is stored. */
  readonly text: string;
  readonly token: BearerToken;
}

export interface NewToken {
  readonly name: string;
  readonly expiresAt?: Date | undefined;
  /** All of SCIM when left out. */
  readonly scopes?: readonly Scope[] | undefined;
  /** From anywhere when left out. */
  readonly addresses?: readonly string[] | undefined;
}

/** What the end of a rotation left: the token that works on, and the one that works no more. */
export interface Rotated {
  readonly works: BearerToken;
  readonly ended: BearerToken;
}

/**
 * Tokens of connections. `by` is who does it, for the record: every act that somebody is named for is recorded in its
 * transaction; only what another record tells already, or nobody did, goes without.
 */
export interface Tokens {
  /**
   * Makes a token. At most two are active per connection, so that one can be rotated while the other still works; tokens
   * that may only exchange codes are counted apart, and so are API accounts; the rotations below leave both alone.
   * @throws ConnectionError `TOKEN_LIMIT`, `NAME_INVALID`, `ADDRESS_INVALID`
   */
  issue(tx: Transaction, connection: Connection, options: NewToken, now: Date, by?: string): Promise<IssuedToken>;
  /**
   * Makes a token with the rights of the newest one, which stops working at `overlapUntil`, or at once; all older ones
   * stop now.
   */
  rotate(
    tx: Transaction,
    connection: Connection,
    options: { name: string; overlapUntil: Date; expiresAt?: Date | undefined },
    now: Date,
    by?: string,
  ): Promise<IssuedToken>;
  /**
   * Makes a token with the rights of the only active one. Both work until the rotation is completed or cancelled.
   * @throws ConnectionError `TOKEN_ROTATION`
   */
  startRotation(
    tx: Transaction,
    connection: Connection,
    options: { name: string; expiresAt?: Date | undefined },
    now: Date,
    by?: string,
  ): Promise<IssuedToken>;
  /** Ends the old token of a rotation that is under way. @throws ConnectionError `TOKEN_ROTATION` */
  completeRotation(tx: Transaction, connection: Connection, now: Date, by?: string): Promise<Rotated>;
  /** Ends the new token of a rotation and lets the old one go on as before. @throws ConnectionError `TOKEN_ROTATION` */
  cancelRotation(tx: Transaction, connection: Connection, now: Date, by?: string): Promise<Rotated>;
  /**
   * Stops a token, named by its public id or by its whole text. Once revoked, its time of revocation stays.
   * @throws ConnectionError `TOKEN_UNKNOWN`
   */
  revoke(tx: Transaction, id: string, now: Date, by?: string): Promise<BearerToken>;
  list(db: Executor, connectionId?: number): Promise<BearerToken[]>;
}
export const Tokens: ServiceToken<Tokens> = service<Tokens>('connection.Tokens');
