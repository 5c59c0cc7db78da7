import type { Resource } from '../resource/resource.ts';

export const LIST_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** The answer to a query (RFC 7644 §3.4.2; RFC 9865 §2). */
export interface ListResponse {
  readonly schemas: readonly [typeof LIST_RESPONSE_SCHEMA];
  /** Missing only on a page by cursor. */
  readonly totalResults?: number;
  /** Missing on a page by cursor. */
  readonly startIndex?: number;
  readonly itemsPerPage: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
  readonly Resources: readonly Resource[];
}

/** What a list consists of; `startIndex` only where it was paged by index. */
export interface Page {
  readonly resources: readonly Resource[];
  readonly totalResults?: number | undefined;
  readonly startIndex?: number | undefined;
  readonly nextCursor?: string | undefined;
  readonly previousCursor?: string | undefined;
}

/** `itemsPerPage` is the number returned, not the number asked for; `Resources` is there even when it is empty. */
export function listResponse({ resources, totalResults, startIndex, nextCursor, previousCursor }: Page): ListResponse {
  return {
    schemas: [LIST_RESPONSE_SCHEMA],
    ...(totalResults === undefined ? {} : { totalResults }),
    ...(startIndex === undefined ? {} : { startIndex }),
    itemsPerPage: resources.length,
    ...(nextCursor === undefined ? {} : { nextCursor }),
    ...(previousCursor === undefined ? {} : { previousCursor }),
    Resources: resources,
  };
}
