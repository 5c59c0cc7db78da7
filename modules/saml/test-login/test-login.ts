import type { Connection } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { SamlErrorCode } from '../error.ts';
import type { VerifiedAssertion } from '../verification/verified-assertion.ts';

/** An assertion as it is shown to an administrator. */
export interface ShownAssertion extends Omit<VerifiedAssertion, 'attributes'> {
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[];
}

/** What the connection's claims make of an assertion: a SCIM user, groups, and what no row takes. */
export interface ShownClaims {
  readonly identifier: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[] | undefined;
  readonly unmapped: readonly string[];
  readonly issues: readonly string[];
}

/** How far a test login has come. Nobody is signed in by it, and no customer is looked at. */
export type TestLogin = { readonly connectionId: number; readonly at: Date } & (
  | { readonly state: 'waiting' }
  | {
      readonly state: 'refused';
      readonly code: SamlErrorCode;
      readonly message: string;
      /** Which of the guard's fourteen points refused. */
      readonly point: number | undefined;
    }
  | {
      readonly state: 'verified';
      readonly assertion: ShownAssertion;
      /** Undefined where the claims can't be read; `problem` says why then. */
      readonly mapped: ShownClaims | undefined;
      readonly problem: string | undefined;
    }
);

/** What a test login came to. */
export type TestOutcome =
  | Pick<Extract<TestLogin, { state: 'refused' }>, 'state' | 'code' | 'message' | 'point'>
  | {
      readonly state: 'verified';
      readonly assertion: VerifiedAssertion;
      readonly mapped: ShownClaims | undefined;
      readonly problem: string | undefined;
    };

/**
 * Logins by which an administrator sees what an identity provider sends. The administrator's browser goes through the
 * identity provider as in a login and comes back to `/admin/connections/<code>/saml/test/<ticket>`.
 */
export interface TestLogins {
  /** Makes a test and answers the path here at which the browser begins it, once and within ten minutes. */
  begin(db: Executor, connection: Connection, administratorId: number, now: Date): Promise<string>;
  /** Takes a ticket to the identity provider: true for whoever comes first, in time and for this connection. */
  start(db: Executor, connectionId: number, ticket: string, now: Date): Promise<boolean>;
  /** Keeps what the test came to, encrypted. */
  finish(db: Executor, ticket: string, outcome: TestOutcome, now: Date): Promise<void>;
  /** For the administrator who began it, and for ten minutes; undefined for everybody else and later. */
  result(db: Executor, ticket: string, administratorId: number, now: Date): Promise<TestLogin | undefined>;
  /** Removes what is too old to be shown. */
  purge(db: Executor, now: Date): Promise<void>;
}
export const TestLogins: ServiceToken<TestLogins> = service<TestLogins>('saml.TestLogins');
