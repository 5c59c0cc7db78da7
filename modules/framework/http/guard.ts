import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Authorizer } from './authorizer.ts';
import { HttpError } from './error.ts';
import type { Access, Mount, Route } from './route.ts';

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

/**
 * After the body was read: whoever changes something by a login means it. That holds in the admin area, and for whatever
 * else names an ACL resource, since a browser sends its session there as well. See {@link Authorizer.confirm}.
 */
export function confirmation(route: Route | Mount, authorizer: Authorizer | undefined): RequestHandler[] {
  const open = 'public' in route.access && (route.kind === 'mount' || route.area === 'public');
  if (open || !authorizer) return [];
  const what = route.kind === 'route' ? route : { reads: undefined, fresh: false };
  return [
    async (request: Request, _response: Response, next: NextFunction) => {
      if (!safe.has(request.method)) await authorizer.confirm?.(request, what);
      next();
    },
  ];
}

/** Methods that change nothing. */
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
