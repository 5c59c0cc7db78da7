import type { Request } from 'express';
import { type ServiceToken, service } from '../module/token.ts';
import type { Route } from './route.ts';

/** `anonymous`: nobody has said who they are (401). `refused`: known, and not allowed (403). */
export type Verdict = 'granted' | 'anonymous' | 'refused';

/** Decides who may use an ACL resource. While no module provides it, nobody may. */
export interface Authorizer {
  authorize(request: Request, resource: string): Promise<Verdict>;
  /**
   * Asked before every route of the `admin` area, and every other one with an ACL resource, that changes something, once
   * its body has been read: whether the caller meant to send it (no other site made the browser do it) and, where the route
   * says `fresh`, whether it is still the person who logged in. @throws HttpError 403
   */
  confirm?(request: Request, route: Pick<Route, 'reads' | 'fresh'>): Promise<void>;
}
export const Authorizer: ServiceToken<Authorizer> = service<Authorizer>('framework.Authorizer');
