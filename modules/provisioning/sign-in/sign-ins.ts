import { type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import type { ProvisioningContext } from '../room.ts';

/** What an administrator lets sign-ins do, besides what the connection's policy says of everything it does. */
export interface SignInPolicy {
  /** People whom the store does not know become customers at their first sign-in. */
  readonly create: boolean;
  /** Sign-ins keep users up to date. */
  readonly update: boolean;
  /** A sign-in's value replaces what SCIM or the store said; else it fills in only what nobody else says. */
  readonly samlWins: boolean;
  /** A person may be found by an e-mail address, if it is of one of the connection's verified domains. */
  readonly linkByEmail: boolean;
}

/** What is known of a person from earlier sign-ins. */
export interface Remembered {
  readonly customerId: number;
  /** As much of the user's document as stands there because a sign-in wrote it, in the document's shape. */
  readonly wrote: Resource;
}

/** What a sign-in leaves to be remembered. */
export interface ToRemember extends Remembered {
  /** The document as the identity provider said it this time. */
  readonly said: Resource;
  readonly at: Date;
}

/**
 * What is remembered of one person between sign-ins. The room of the protocol keeps it, in the sign-in's transaction. Called
 * again by a transaction that is run again.
 */
export interface SignInMemory {
  /** Held until the commit: of two sign-ins at once the second is told what the first one left. */
  recall(tx: Transaction): Promise<Remembered | undefined>;
  /** Other identifiers by which this customer has signed in through the same connection, the latest first. */
  others(tx: Transaction, customerId: number): Promise<readonly { identifier: string; wrote: Resource }[]>;
  /** Written with the commit. */
  remember(tx: Transaction, known: ToRemember): void;
}

/** Somebody whom an identity provider vouches for. */
export interface Arrival {
  /** The NameID or the attribute chosen instead: compared with externalId exactly, with userName by the fold. */
  readonly identifier: string;
  /** What the identity provider says of the person, in the schema's spelling and types. */
  readonly document: Resource;
  /** Names of all groups the person is in; left out where the connection takes none from sign-ins. */
  readonly groups?: readonly string[] | undefined;
  readonly policy: SignInPolicy;
  readonly memory: SignInMemory;
}

/** A value that sign-in and user do not agree on, and that stayed as it was. */
export interface SignInDisagreement {
  /** Such as `title`, `name.givenName`, `emails[primary]`. */
  readonly path: string;
  /** What the user has, by SCIM or by the store. */
  readonly scim: unknown;
  readonly saml: unknown;
}

/** Who came in, and what became of the user by it. */
export interface SignedIn {
  /** The SCIM id. */
  readonly userId: string;
  readonly customerId: number;
  /** The customer's address; it may be a placeholder that is never mailed. */
  readonly email: string;
  /** `adopted`: a customer that nobody managed; `linked`: a user of the connection that signs in for the first time. */
  readonly outcome: 'created' | 'adopted' | 'linked' | 'updated' | 'unchanged';
  readonly disagreements: readonly SignInDisagreement[];
}

/**
 * Lets people in whom the identity provider of a connection vouches for, and keeps them as users like any other. Everything
 * happens in one transaction with its record (`sign-in`); a refusal is recorded after it was rolled back.
 */
export interface SignIns {
  /** @throws SignInRefused */
  signIn(context: ProvisioningContext, arrival: Arrival): Promise<SignedIn>;
}
export const SignIns: ServiceToken<SignIns> = service<SignIns>('provisioning.SignIns');
