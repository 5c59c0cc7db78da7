import type { Resource } from '../resource/resource.ts';

export const LIST_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** The answer to a query (RFC 7644 §3.4.2). */
export interface ListResponse {
  readonly schemas: readonly [typeof LIST_RESPONSE_SCHEMA];
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly Resource[];
}

/** `itemsPerPage` is the number returned, not the number asked for; `Resources` is there even when it is empty. */
export function listResponse(page: {
  readonly resources: readonly Resource[];
  readonly totalResults: number;
  readonly startIndex: number;
}): ListResponse {
  return {
    schemas: [LIST_RESPONSE_SCHEMA],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: page.resources.length,
    Resources: page.resources,
  };
}
