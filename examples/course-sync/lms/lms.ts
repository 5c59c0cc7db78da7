import { type ServiceToken, service } from 'vestibule/framework';

/** A customer as an LMS shall know it. */
export interface LmsUser {
  readonly customerId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** False: locked out of the store. */
  readonly active: boolean;
}

/** A user whose id in the LMS is known. */
export interface KnownUser {
  readonly customerId: number;
  readonly lmsId: string;
}

/** How a call is made: under an id that stays the same whenever it is repeated. */
export interface Occasion {
  readonly messageId: string;
  readonly signal?: AbortSignal | undefined;
}

/** What an LMS does for us. Every method may be called again with the same words; the second time changes nothing. */
export interface Lms {
  /** Whether one is configured. */
  ready(): Promise<boolean>;
  /**
   * Makes the user, or brings it up to date, and answers its id in the LMS. `changed`: something differs from what it was
   * told the last time.
   * @throws LmsError
   */
  saveUser(user: LmsUser, known: string | undefined, changed: boolean, occasion: Occasion): Promise<string>;
  /** @throws LmsError */
  enrol(user: KnownUser, course: string, occasion: Occasion): Promise<void>;
  /** A course or user that is gone counts as done. @throws LmsError */
  unenrol(user: KnownUser, course: string, occasion: Occasion): Promise<void>;
  /** What the LMS says of a course; undefined where it can't be asked. @throws LmsError */
  course(course: string): Promise<string | undefined>;
}
export const Lms: ServiceToken<Lms> = service<Lms>('course-sync.Lms');

/**
 * `LMS_UNREACHABLE`: it does not answer as it should, later it may. `LMS_SETTINGS`: the administrator has to correct
 * something here or there, which concerns everybody. `LMS_REFUSED`: it will not do this, however often it is asked.
 */
export type LmsErrorCode = 'LMS_UNREACHABLE' | 'LMS_SETTINGS' | 'LMS_REFUSED';

/** Says what the LMS answered and what to do; never the token. */
export class LmsError extends Error {
  readonly code: LmsErrorCode;
  /** As the LMS asked, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: LmsErrorCode, message: string, options?: ErrorOptions & { retryAfterMs?: number | undefined }) {
    super(message, options);
    this.name = 'LmsError';
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }
}
