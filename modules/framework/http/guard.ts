import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Authorizer } from './authorizer.ts';
import { HttpError } from './error.ts';
import type { Access, Route } from './route.ts';

/**
 * Lets a request pass that may use `access`. Denies by default: whatever names an ACL resource, and everything of the
 * `admin` area, needs an authorizer.
 */
export function guard(area: 'public' | 'admin', access: Access, authorizer: Authorizer | undefined): RequestHandler[] {
  const resource = 'acl' in access ? access.acl : undefined;
  if (resource === undefined && (area === 'public' || authorizer)) return [];
  return [
    async (request: Request, _response: Response, next: NextFunction) => {
      const verdict = resource === undefined ? 'anonymous' : await authorizer?.authorize(request, resource);
      if (verdict === 'refused') throw new HttpError(403, 'FORBIDDEN', 'You are not allowed to do this.');
      if (verdict !== 'granted') throw new HttpError(401, 'UNAUTHENTICATED', 'Log in first.');
      next();
    },
  ];
}

/** After the body was read: whoever changes something in the administration means it. See {@link Authorizer}. */
export function confirmation(route: Route, authorizer: Authorizer | undefined): RequestHandler[] {
  if (route.area !== 'admin' || route.method === 'GET' || !authorizer) return [];
  return [
    async (request: Request, _response: Response, next: NextFunction) => {
      await authorizer.confirm?.(request, route);
      next();
    },
  ];
}
