import type { Filter } from '../filter/filter.ts';
import type { Mode } from '../mode.ts';
import type { PatchOperation } from '../patch/operation.ts';
import type { AttributePath } from '../path/attribute-path.ts';
import type { Projection } from '../projection/projection.ts';
import type { NormalizedResource } from '../resource/normalize.ts';
import type { Resource } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Course } from './course.ts';

/** One request, as a handler sees it. */
export interface RequestContext<Caller> {
  readonly caller: Caller;
  readonly requestId: string;
  readonly now: Date;
  readonly mode: Mode;
  /** The public SCIM base URL without a trailing slash; a location is `${baseUrl}/Users/${id}`. */
  readonly baseUrl: string;
  /** What of the resource will be shown; ask `wants(projection, type, 'members')` before reading what is dear. */
  readonly projection: Projection;
  /** The raw If-Match and If-None-Match headers. */
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  /** Deviations that were understood; a handler may add its own. Handed to `onFinished`. */
  readonly notes: string[];
  /** Attributes outside every known schema, which were dropped. */
  readonly ignored: string[];
  /** What was received and the steps so far, to which a handler adds its own; missing where no request came. */
  readonly course?: Course;
  /** A handler may say here what it did in its own words (`reactivated`, `adopted`, `unchanged`); for `onFinished`. */
  outcome?: string;
}

/** What a list or search asks for (RFC 7644 §3.4.2). */
export interface ListQuery {
  readonly filter?: Filter;
  /** From 1; always 1 with a cursor. */
  readonly startIndex: number;
  /** From 0 (only the total is asked for) to the announced maximum. */
  readonly count: number;
  /**
   * Undefined: paging by index. Empty: the first page by cursor (RFC 9865). Else the cursor that an earlier page
   * answered, of unreserved characters and at most 8,192 of them; whether it is genuine is the handler's to tell.
   */
  readonly cursor?: string;
  readonly sortBy?: AttributePath;
  readonly sortOrder: 'ascending' | 'descending';
}

export interface ListResult {
  readonly resources: readonly Resource[];
  /** May be left out only with a cursor, where it is dear to count. */
  readonly totalResults?: number;
  /** On every page by cursor but the last. */
  readonly nextCursor?: string;
  /** On any page by cursor but the first. */
  readonly previousCursor?: string;
  /** On a page by cursor: one that goes on behind this resource of the page. Lists of several types in one order need it. */
  cursorBehind?(id: string): string | undefined;
}

/**
 * Serves one resource type. Every method answers the full resource, `id` and `meta` with `location` included; the
 * router projects and renders it. A refusal is thrown as a ScimError.
 */
export interface ResourceHandler<Caller> {
  /** Read once per request, so a getter may answer another definition from then on; its id and endpoint never change. */
  readonly type: ResourceType;
  /** The definition as a caller knows it, where callers know different ones: same name, id and endpoint. `type` unless given. */
  typeFor?(caller: Caller): ResourceType;
  create(context: RequestContext<Caller>, received: NormalizedResource): Promise<Resource>;
  get(context: RequestContext<Caller>, id: string): Promise<Resource>;
  list(context: RequestContext<Caller>, query: ListQuery): Promise<ListResult>;
  replace(context: RequestContext<Caller>, id: string, received: NormalizedResource): Promise<Resource>;
  /** Undefined answers 204 without a body instead of 200 with the resource. */
  patch(
    context: RequestContext<Caller>,
    id: string,
    operations: readonly PatchOperation[],
  ): Promise<Resource | undefined>;
  delete(context: RequestContext<Caller>, id: string): Promise<void>;
}

/** The resource type as the caller of this request knows it. */
export const typeOf = <C>(handler: ResourceHandler<C>, { caller }: Pick<RequestContext<C>, 'caller'>): ResourceType =>
  handler.typeFor?.(caller) ?? handler.type;
