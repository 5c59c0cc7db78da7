import { type Inventory, type ServiceToken, service } from '../framework/index.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import { endpointsOf } from './endpoint/endpoints.ts';

/** What the enabled modules serve, described. It never changes while the host runs. */
export interface ApiDocs {
  endpoints(): readonly Endpoint[];
}
export const ApiDocs: ServiceToken<ApiDocs> = service<ApiDocs>('api-docs.ApiDocs');

/** The service behind the token `ApiDocs`: it looks when it is first asked, so that a start does not wait for it. */
export function createApiDocs(inventory: Inventory): ApiDocs {
  let known: readonly Endpoint[] | undefined;
  return {
    endpoints() {
      known ??= endpointsOf(inventory);
      return known;
    },
  };
}
