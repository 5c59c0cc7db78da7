import type { Request, Response } from 'express';
import { type ServiceToken, service } from '../module/token.ts';

/** A refusal or failure as the caller may read it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Shows refusals to people as pages. Programs, and everybody while no module provides it, get them as JSON. */
export interface ErrorPages {
  /** Answers the request, or answers false and leaves it alone. */
  show(request: Request, response: Response, refusal: Refusal): Promise<boolean>;
}
export const ErrorPages: ServiceToken<ErrorPages> = service<ErrorPages>('framework.ErrorPages');
