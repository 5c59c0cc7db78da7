import type { Activities } from '../../activity/index.ts';
import { type Database, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import { SignInRefused } from '../../provisioning/index.ts';
import { Course } from '../../scim/index.ts';
import type { SamlCodes } from '../code/code.ts';
import { SamlError } from '../error.ts';
import type { SamlSignIns } from '../identity/sign-ins.ts';
import type { Admissions } from '../request/admissions.ts';
import type { PendingRequest } from '../request/pending-request.ts';
import type { SamlRequests } from '../request/requests.ts';
import type { SamlSessions } from '../session/session.ts';
import type { TestLogins } from '../test-login/test-login.ts';
import { testPath } from '../test-login/test-logins.ts';
import type { AssertionVerifier } from '../verification/assertion-verifier.ts';
import type { VerifiedAssertion } from '../verification/verified-assertion.ts';
import { type Arrival, LoginRefused, type Welcome } from './arrival.ts';
import { refusalOfSaml, refusalOfSignIn } from './refusal.ts';
import { accountPath, returnAddress, usualAddress, withCode } from './return-address.ts';

/** What a login is finished with. */
export interface FinishingParts {
  readonly database: Database;
  readonly verifier: AssertionVerifier;
  readonly admissions: Admissions;
  readonly requests: SamlRequests;
  readonly signIns: SamlSignIns;
  readonly sessions: SamlSessions;
  readonly codes: SamlCodes;
  readonly tests: TestLogins;
  readonly activities: Activities;
}

/** Finishes what began at the identity provider. */
export interface LoginFinishing {
  /**
   * Verifies the answer, admits it once, signs the person in and answers where the browser goes with which session. Each
   * refusal is recorded as `sign-in`, or, of a test login, shown to the administrator who began it.
   * @throws LoginRefused
   */
  finish(arrival: Arrival): Promise<Welcome>;
}
export const LoginFinishing: ServiceToken<LoginFinishing> = service<LoginFinishing>('saml.LoginFinishing');

export function createFinishing(parts: FinishingParts): LoginFinishing {
  return {
    async finish(arrival) {
      const { provider, requestId } = arrival;
      const course = new Course('POST', `/saml/${provider.connection.code}/acs`);
      try {
        const assertion = await parts.verifier.verify(arrival);
        course.passed('verify', assertion.encrypted ? 'decrypted; the signature is good' : 'the signature is good');
        // Points 7 and 8 of the guard, kept whatever becomes of the sign-in.
        const pending = await parts.database.transaction((tx) => parts.admissions.login(tx, assertion, arrival));
        course.passed('admit', pending ? 'asked for by this browser' : 'came unasked, which is allowed');
        if (pending?.kind === 'test') return await finishTest(parts, arrival, assertion, { pending, course });
        const door = doorOf(parts, arrival, assertion, pending);
        await parts.signIns.signIn({ provider, assertion, requestId, course, enter: door.enter });
        return door.welcome();
      } catch (error) {
        if (error instanceof SignInRefused)
          throw new LoginRefused(refusalOfSignIn(error.code, error.sentence), { cause: error });
        if (!(error instanceof SamlError)) throw error;
        return await refused(parts, arrival, error, course);
      }
    },
  };
}

/**
 * A session of our own, and where there is a storefront the code that it exchanges. Written with the sign-in's own commit:
 * two statements, and no transaction more.
 */
function doorOf(
  { sessions, codes }: FinishingParts,
  { provider, relayState, before, address, agent, now }: Arrival,
  { nameId, sessionIndex, sessionNotOnOrAfter: notOnOrAfter }: VerifiedAssertion,
  pending: PendingRequest | undefined,
): { enter(tx: Transaction, customerId: number): void; welcome(): Welcome } {
  const { connection } = provider;
  // The list may have changed while the person was away. Unasked, only an address of the list counts.
  const wanted = pending ? pending.returnTo : relayState;
  const to = (wanted ? returnAddress(wanted, provider) : undefined) ?? usualAddress(provider);
  const subject = { nameId, sessionIndex };
  let opened: Welcome | undefined;
  return {
    enter(tx, customerId) {
      const about = { connectionId: connection.id, customerId };
      const session = sessions.open(tx, { ...about, subject, notOnOrAfter, address, agent, before }, now);
      if (to.kind === 'account') opened = { to: accountPath(connection.code), session };
      else opened = { to: withCode(to.address, codes.issue(tx, { ...about, redirect: to.address }, now)), session };
    },
    welcome() {
      if (opened === undefined) throw new Error('A sign-in was finished without a session.');
      return opened;
    },
  };
}

/** What an administrator sees of a login that signs nobody in. */
async function finishTest(
  { database, signIns, tests, activities }: FinishingParts,
  { provider, requestId, now }: Arrival,
  assertion: VerifiedAssertion,
  { pending, course }: { pending: PendingRequest; course: Course },
): Promise<Welcome> {
  const ticket = pending.returnTo ?? '';
  const read = await signIns.read(provider, assertion).then(
    (mapped) => ({ mapped, problem: undefined }),
    (error: unknown) => {
      if (!(error instanceof SignInRefused || error instanceof SamlError)) throw error;
      return { mapped: undefined, problem: error.message };
    },
  );
  await tests.finish(database, ticket, { state: 'verified', assertion, ...read }, now);
  activities.note({
    at: now,
    operation: 'sign-in.test',
    outcome: 'unchanged',
    status: 303,
    connectionId: provider.connection.id,
    actor: 'SAML',
    requestId,
    milliseconds: course.elapsed,
    trace: course.steps,
  });
  return { to: testPath(provider.connection.code, ticket), session: undefined };
}

/** Shows a refused test to whoever began it, and records every other refusal. */
async function refused(
  parts: FinishingParts,
  { provider, relayState, browser, requestId, now }: Arrival,
  error: SamlError,
  course: Course,
): Promise<Welcome> {
  const { database, requests, tests, activities } = parts;
  const { connection } = provider;
  const { code, message, point } = error;
  const id = relayState ?? '';
  const asked =
    browser === undefined || id === ''
      ? undefined
      : await requests.find(database, { id, connectionId: connection.id, browser, now });
  const refusal = refusalOfSaml(code);
  activities.note({
    at: now,
    operation: asked?.kind === 'test' ? 'sign-in.test' : 'sign-in',
    outcome: 'refused',
    status: refusal.status,
    connectionId: connection.id,
    actor: 'SAML',
    requestId,
    milliseconds: course.elapsed,
    trace: [...course.steps, { step: 'refuse', note: point === undefined ? code : `${code}, point ${point}` }],
    reason: message,
  });
  if (asked?.kind !== 'test' || asked.returnTo === null) throw new LoginRefused(refusal, { cause: error });
  await tests.finish(database, asked.returnTo, { state: 'refused', code, message, point }, now);
  return { to: testPath(connection.code, asked.returnTo), session: undefined };
}
