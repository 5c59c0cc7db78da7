import type { Request } from 'express';
import { type Authorizer, actFor, HttpError } from '../../framework/index.ts';
import { ownAccount } from '../role/permissions.ts';
import { fieldOf } from './body-field.ts';
import { checkOrigin } from './origin.ts';
import { type StepUpParts, stepUp } from './step-up.ts';
import type { Visitors } from './visitors.ts';

/** The form field that carries the token. */
export const tokenField = '_token';

export interface AuthorizerParts extends StepUpParts {
  readonly visitors: Visitors;
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
      if (route.fresh && found) await stepUp(parts, request, found);
    },
  };
}

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
