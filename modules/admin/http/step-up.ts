import type { Request } from 'express';
import { type Clock, type Database, HttpError } from '../../framework/index.ts';
import { type Authentication, LoginError } from '../access/authentication.ts';
import type { SecondFactors } from '../access/second-factor.ts';
import type { Sessions, SignedIn } from '../access/session.ts';
import { freshSeconds } from '../access/sessions.ts';
import type { AdministrativeActs } from '../act/act.ts';
import { failedLogin } from '../act/failed-login.ts';
import type { Administrators } from '../administrator.ts';
import { fieldOf } from './body-field.ts';

/** Names of form fields that the shell itself reads. */
export const passwordField = '_password';
export const codeField = '_code';

export interface StepUpParts {
  readonly sessions: Sessions;
  readonly authentication: Authentication;
  readonly secondFactors: SecondFactors;
  readonly administrators: Administrators;
  readonly acts: AdministrativeActs;
  readonly database: Database;
  readonly clock: Clock;
}

/**
 * Before a dangerous act, such as making a token: the password, and the code of a second factor that is set up, were given
 * a few minutes ago at most, or come with the form. A program has a bearer as young as that.
 *
 * @throws HttpError 403 `CONFIRMATION_NEEDED`, `CONFIRMATION_WRONG`, `CODE_WRONG`, `ACCOUNT_LOCKED`
 */
export async function stepUp(parts: StepUpParts, request: Request, found: SignedIn): Promise<void> {
  const now = parts.clock.now();
  const password = fieldOf(request, passwordField);
  if (password !== '' && found.kind === 'browser') {
    await prove(parts, request, found, password, now);
    await parts.authentication.completed(found.id, now);
    await parts.sessions.confirm(parts.database, found.sessionId, now);
    return;
  }
  if (now.getTime() - found.confirmedAt.getTime() < freshSeconds * 1000) return;
  throw new HttpError(
    403,
    'CONFIRMATION_NEEDED',
    found.kind === 'browser'
      ? 'Enter your password to go on.'
      : 'This needs a token made in the last five minutes: ask for a new one at POST /admin/api/v1/token.',
  );
}

async function prove(parts: StepUpParts, request: Request, found: SignedIn, password: string, now: Date) {
  const { authentication, secondFactors } = parts;
  try {
    await authentication.login(found.user, password, request.ip ?? '', now);
  } catch (error) {
    if (!(error instanceof LoginError)) throw error;
    throw await refusal(parts, request, found, now, ['CONFIRMATION_WRONG', 'The password is not right.']);
  }
  if (!found.secondFactor || (await secondFactors.verify(found.id, fieldOf(request, codeField), now))) return;
  await authentication.failed(found.id, now);
  throw await refusal(parts, request, found, now, ['CODE_WRONG', 'The code is not right, or it was used before.']);
}

/** Whoever guesses in somebody's open session is out once that has locked the account, as in Magento. */
async function refusal(
  parts: StepUpParts,
  request: Request,
  { id, user, sessionId }: SignedIn,
  now: Date,
  [code, message]: readonly [string, string],
): Promise<HttpError> {
  const { authentication, sessions, acts, database } = parts;
  await acts.told(await failedLogin({ user, address: request.ip ?? '', operation: 'admin.confirm' }, parts, now));
  if (!(await authentication.locked(id, now))) return new HttpError(403, code, message);
  await sessions.close(database, sessionId);
  return new HttpError(
    403,
    'ACCOUNT_LOCKED',
    'That was wrong too often. The account is locked for a while, and you are logged out.',
  );
}
