import type { Request } from 'express';
import { type Authorizer, actFor, type Clock, type Database, HttpError } from '../../framework/index.ts';
import { type Authentication, LoginError } from '../access/authentication.ts';
import type { Sessions, SignedIn } from '../access/session.ts';
import { ownAccount } from '../role/permissions.ts';
import { checkOrigin } from './origin.ts';
import type { Visitors } from './visitors.ts';

/** Names of form fields that the shell itself reads. */
export const tokenField = '_token';
export const passwordField = '_password';

/** How long a password counts as just given. */
const freshMs = 10 * 60_000;

export interface AuthorizerParts {
  readonly visitors: Visitors;
  readonly sessions: Sessions;
  readonly authentication: Authentication;
  readonly database: Database;
  readonly clock: Clock;
  readonly baseUrl: string;
}

/** Access to whatever names an ACL resource: a browser by its session, programs of `/admin/api/` by a bearer as well. */
export function createAuthorizer(parts: AuthorizerParts): Authorizer {
  const { visitors, baseUrl } = parts;
  return {
    async authorize(request, resource) {
      const found = (await visitors.of(request))?.signedIn;
      const lost = found === undefined || found.stage !== 'full';
      if (lost || (found.kind === 'bearer' && !request.path.startsWith('/admin/api/'))) return 'anonymous';
      actFor(request, { id: found.id, name: found.user });
      return resource === ownAccount || found.permissions.may(resource) ? 'granted' : 'refused';
    },
    async confirm(request, route) {
      const found = (await visitors.of(request))?.signedIn;
      if (found?.kind !== 'bearer') {
        checkOrigin(request, baseUrl);
        // JSON for a public route (a program that logs in) comes without a cookie: there is nothing to borrow.
        if (found || route.reads !== 'json') await checkToken(visitors, request);
      }
      if (route.fresh && found) await checkFresh(parts, request, found);
    },
  };
}

const fieldOf = (request: Request, name: string): string => {
  const body: unknown = request.body;
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
};

async function checkToken(visitors: Visitors, request: Request): Promise<void> {
  const header = request.headers['x-csrf-token'];
  const given = typeof header === 'string' ? header : fieldOf(request, tokenField);
  if (await visitors.isFormToken(request, given)) return;
  throw new HttpError(
    403,
    'FORM_EXPIRED',
    'This form is no longer valid: you logged in or out since it was opened. Open the page again and repeat your change.',
  );
}

async function checkFresh(parts: AuthorizerParts, request: Request, found: SignedIn): Promise<void> {
  const { authentication, clock, database, sessions } = parts;
  const now = clock.now();
  const password = fieldOf(request, passwordField);
  if (password !== '' && found.kind === 'browser') {
    try {
      await authentication.login(found.user, password, request.ip ?? '', now);
    } catch (error) {
      if (!(error instanceof LoginError)) throw error;
      throw new HttpError(403, 'CONFIRMATION_WRONG', 'The password is not right, or your account is locked.');
    }
    await authentication.completed(found.id, now);
    await sessions.confirm(database, found.sessionId, now);
    return;
  }
  if (now.getTime() - found.confirmedAt.getTime() < freshMs) return;
  throw new HttpError(
    403,
    'CONFIRMATION_NEEDED',
    found.kind === 'browser'
      ? 'Enter your password to go on.'
      : 'This needs a token made in the last ten minutes: ask for a new one at POST /admin/api/v1/token.',
  );
}
