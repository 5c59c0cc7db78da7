import type { Request } from 'express';
import { type ServiceToken, service } from '../module/token.ts';

/** `anonymous`: nobody has said who they are (401). `refused`: known, and not allowed (403). */
export type Verdict = 'granted' | 'anonymous' | 'refused';

/** Decides who may use an ACL resource. While no module provides it, nobody may. */
export interface Authorizer {
  authorize(request: Request, resource: string): Promise<Verdict>;
}
export const Authorizer: ServiceToken<Authorizer> = service<Authorizer>('framework.Authorizer');
