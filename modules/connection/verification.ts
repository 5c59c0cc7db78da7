import { type ServiceToken, service } from '../framework/index.ts';
import type { Connection } from './connection.ts';
import type { Scope } from './scopes.ts';

/** Where a request came from: for allow-lists and for "last used". */
export interface Origin {
  readonly address?: string | undefined;
  readonly agent?: string | undefined;
}

/** A good token's connection, and what the token may do. */
export interface VerifiedToken {
  readonly connection: Connection;
  readonly tokenId: number;
  /** As administrators named it. */
  readonly tokenName: string;
  readonly scopes: readonly Scope[];
}

/** One of our tokens, sent by somebody who knows its secret, and refused all the same. */
export interface RefusedToken {
  readonly refused: 'expired' | 'revoked' | 'address';
  readonly connection: Connection;
  /** For people: what is wrong with it, and the cure. */
  readonly detail: string;
}

/** Finds the connection behind a bearer token. */
export interface TokenVerifier {
  /** Undefined for a text that is none of our tokens. Answers from a cache of at most 5 s. */
  verify(text: string, origin: Origin): Promise<VerifiedToken | RefusedToken | undefined>;
  /** Writes the "last used" of tokens; called about once a minute and when the host stops. */
  flush(): Promise<void>;
}
export const TokenVerifier: ServiceToken<TokenVerifier> = service<TokenVerifier>('connection.TokenVerifier');
