import type { Profile } from '../../connection/index.ts';
import type { Session } from './session.ts';
import type { Headers } from './wire.ts';

/** Somebody in the directory of the identity provider. */
export interface Person {
  readonly number: number;
  readonly given: string;
  family: string;
  readonly mail: string;
  /** The directory's own id, sent as externalId. */
  readonly externalId: string;
  /** The id that the service provider gave; undefined while it has none. */
  id?: string;
}

/** A group in the directory. */
export interface Team {
  name: string;
  readonly externalId: string;
  id?: string;
}

/** One request or a few, and what the identity provider makes of the answers. Faults are told to the session. */
export type Step<T extends readonly unknown[] = []> = (session: Session, ...about: T) => Promise<void>;

/** How an identity provider behaves as a SCIM client: its spelling as data, its conversations as steps. */
export interface IdentityProvider {
  readonly code: string;
  readonly name: string;
  /** What a connection for it is set to. */
  readonly profile: Profile;
  readonly headers: Headers;
  /** Content-Type of its bodies. */
  readonly contentType: string;
  /** Answers of another media type break it. */
  readonly accepts?: readonly string[];
  /** What its "Test connection" does. */
  readonly connect: Step;
  /** Looks for a person before it creates one: sets `id` where somebody is found. It may not look at all. */
  readonly match?: Step<[Person]>;
  readonly create: Step<[Person]>;
  readonly update: Step<[Person]>;
  readonly deactivate: Step<[Person]>;
  readonly reactivate: Step<[Person]>;
  /** Missing where it never deletes users. */
  readonly remove?: Step<[Person]>;
  /** Missing where it pushes no groups. */
  readonly groups?: {
    readonly create: Step<[Team]>;
    readonly add: Step<[Team, readonly Person[]]>;
    readonly rename?: Step<[Team]>;
    readonly drop: Step<[Team, Person]>;
    readonly remove: Step<[Team]>;
  };
}
