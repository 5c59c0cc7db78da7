import type { ServiceProviderConfig } from '../discovery/service-provider-config.ts';
import type { ResourceHandler } from './handler.ts';
import type { ScimLimits } from './options.ts';

/** What all requests of a router share. */
export interface Service<Caller> {
  readonly handlers: readonly ResourceHandler<Caller>[];
  readonly limits: ScimLimits;
  readonly config: ServiceProviderConfig;
}
