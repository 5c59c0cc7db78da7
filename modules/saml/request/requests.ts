import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { PendingRequest } from './pending-request.ts';

/** What a request is opened for. */
export interface NewRequest {
  readonly connectionId: number;
  readonly kind: PendingRequest['kind'];
  readonly returnTo: string | null;
  /** SHA-256 in hex of the nonce in the browser's cookie; only this browser can answer. */
  readonly browser: string;
  readonly now: Date;
}

/** Which request an answer belongs to. */
export interface Answered {
  /** `InResponseTo`, or the RelayState, which is the same. */
  readonly id: string;
  readonly connectionId: number;
  /** Digest of the nonce that the browser which brings the answer has. */
  readonly browser: string;
  readonly now: Date;
}

/** A message of an identity provider that is good for one time. */
export interface Sighting {
  readonly connectionId: number;
  readonly messageId: string;
  /** From then on the message is refused as expired anyway, so it may be forgotten. */
  readonly until: Date;
}

/** Requests of ours that wait for an answer, and messages that have come: both in the database, for all replicas. */
export interface SamlRequests {
  /** Remembers a request for ten minutes. `id` is the message's ID and its RelayState. */
  open(db: Executor, request: NewRequest): Promise<PendingRequest>;
  /** Looks without consuming. Says nothing about who asked, so it decides nothing. */
  find(db: Executor, answered: Answered): Promise<PendingRequest | undefined>;
  /**
   * Consumes a request: of any number at once, one gets it. Undefined: there is none of this connection and browser, it
   * was answered, or it is too old.
   */
  take(tx: Transaction, answered: Answered): Promise<PendingRequest | undefined>;
  /** True for whoever says so first; the database's unique key decides. */
  firstSight(tx: Transaction, sighting: Sighting): Promise<boolean>;
  /** Forgets what is too old, a few hundred rows per statement. */
  purge(db: Executor, now: Date): Promise<{ readonly requests: number; readonly sightings: number }>;
}
export const SamlRequests: ServiceToken<SamlRequests> = service<SamlRequests>('saml.SamlRequests');
