import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { VerifiedAssertion } from '../verification/verified-assertion.ts';

/** Whom an identity provider means, in its own words: needed to tell it of a logout. */
export interface SessionSubject {
  readonly nameId: VerifiedAssertion['nameId'];
  readonly sessionIndex: string | undefined;
}

/** Somebody who is logged in here. */
export interface SamlSession {
  readonly id: number;
  readonly connectionId: number;
  readonly customerId: number;
  readonly startedAt: Date;
  readonly endsAt: Date;
}

/** A session that is to be ended, with what its identity provider has to be told. */
export interface EndingSession extends SamlSession {
  /** Undefined where the key is gone that it was encrypted with: the session ends all the same. */
  readonly subject: SessionSubject | undefined;
}

/** A line in a list of sessions. */
export interface ListedSession extends SamlSession {
  readonly address: string | null;
  readonly agent: string | null;
}

export interface NewSession {
  readonly connectionId: number;
  readonly customerId: number;
  readonly subject: SessionSubject;
  /** When the identity provider ends it; ours is over after eight hours at the latest. */
  readonly notOnOrAfter: Date | undefined;
  readonly address: string | undefined;
  readonly agent: string | undefined;
  /** The secret that the browser held before: its session ends, so that nobody goes on with what was seen. */
  readonly before: string | undefined;
}

/** Our own sessions of people who logged in by SAML. A session's secret is known to its browser alone. */
export interface SamlSessions {
  /** Starts a session under a new secret; two statements, left for the commit. */
  open(tx: Transaction, session: NewSession, now: Date): { readonly secret: string; readonly endsAt: Date };
  /** The session behind a secret while it lasts. One statement. Whether its customer may still log in is not asked. */
  find(db: Executor, connectionId: number, secret: string, now: Date): Promise<SamlSession | undefined>;
  /** Ends the session of a secret and answers it, unless it had ended. */
  end(tx: Transaction, connectionId: number, secret: string, now: Date): Promise<EndingSession | undefined>;
  /**
   * Ends what an identity provider names: all sessions of a subject, or those of the given session indexes. A session
   * that came without an index has every index. Codes that wait to be exchanged end with them.
   */
  endOfSubject(
    tx: Transaction,
    connectionId: number,
    subject: { readonly nameId: string; readonly sessionIndexes: readonly string[] },
  ): Promise<readonly EndingSession[]>;
  /** Ends all sessions of a customer, on every connection, with the codes that wait to be exchanged. */
  endOfCustomer(tx: Transaction, customerId: number): Promise<readonly EndingSession[]>;
  /** Those that last, the newest first; at most 200. */
  list(
    db: Executor,
    asked: {
      readonly connectionId?: number;
      readonly customerId?: number;
      readonly now: Date;
      readonly limit?: number;
    },
  ): Promise<readonly ListedSession[]>;
  /** Removes what is over. */
  purge(db: Executor, now: Date): Promise<void>;
}
export const SamlSessions: ServiceToken<SamlSessions> = service<SamlSessions>('saml.SamlSessions');
