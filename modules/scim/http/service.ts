import type { ServiceProviderConfig } from '../discovery/service-provider-config.ts';
import { ScimError } from '../error.ts';
import { internal } from '../refusal.ts';
import type { ResourceHandler } from './handler.ts';
import type { Finished, Intention, ScimLimits, ScimRouterOptions } from './options.ts';

/** What all requests of a router share. */
export interface Service<Caller> {
  readonly handlers: readonly ResourceHandler<Caller>[];
  readonly limits: ScimLimits;
  readonly config: ServiceProviderConfig;
  now(): Date;
  /** What a client is told of an error: a refusal as it is, of a fault of ours nothing but the request's id. */
  refusalFor(error: unknown, requestId: string): ScimError;
  authorize(caller: Caller, intention: Intention): void;
  report(finished: Finished<Caller>): void;
}

export function serviceOf<Caller>(
  options: ScimRouterOptions<Caller>,
  limits: ScimLimits,
  config: ServiceProviderConfig,
): Service<Caller> {
  return {
    handlers: options.resourceTypes,
    limits,
    config,
    now: () => options.now?.() ?? new Date(),
    refusalFor(error, requestId) {
      if (error instanceof ScimError) return error;
      const mapped = options.mapError?.(error);
      if (mapped) return mapped;
      options.onError?.(error, requestId);
      return internal(requestId);
    },
    authorize: (caller, intention) => options.authorize?.(caller, intention),
    report: (finished) => options.onFinished?.(finished),
  };
}
