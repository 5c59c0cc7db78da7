import { ScimError } from '../../error.ts';
import { reading } from '../../mode.ts';
import { everything, type Projection, parseProjection, project, wants } from '../../projection/projection.ts';
import type { ResourceType } from '../../schema/resource-type.ts';
import type { Exchange } from '../exchange.ts';
import { type ListQuery, type ListResult, type ResourceHandler, typeOf } from '../handler.ts';
import { readQuery, readSort } from '../query.ts';

/** A search over all types, as far as one type is concerned. */
export interface TypeSearch<C> {
  /** Of the handler among all, because the types that a filter fits differ from filter to filter. */
  readonly place: number;
  readonly handler: ResourceHandler<C>;
  readonly type: ResourceType;
  readonly query: ListQuery;
  readonly projection: Projection;
}

/**
 * The types that the query fits. A type that lacks an attribute of the filter has no matches and is left out; one that
 * lacks the attribute that is sorted by has no values there (RFC 7644 §3.4.2.3).
 *
 * @throws ScimError where the filter, or the attribute that is sorted by, fits no type
 */
export function fittingSearches<C>({ context, service, given = {} }: Exchange<C>): readonly TypeSearch<C>[] {
  const { sortBy: _, ...unsorted } = given;
  const searches: TypeSearch<C>[] = [];
  const refusals: ScimError[] = [];
  let sortable = given.sortBy === undefined || given.sortBy === '';
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof ScimError) || error.scimType === undefined) throw error;
      refusals.push(error);
    }
  };
  service.handlers.forEach((handler, place) => {
    const type = typeOf(handler, context);
    const how = reading({ mode: context.mode });
    let sort: Pick<ListQuery, 'sortBy'> = {};
    attempt(() => {
      sort = readSort(given, type, how);
      sortable = true;
    });
    attempt(() => {
      const query = { ...readQuery(unsorted, type, service.limits, how), ...sort };
      searches.push({ place, handler, type, query, projection: parseProjection(given, type, how) });
      context.notes.push(...how.notes);
    });
  });
  const [refusal] = refusals;
  if (refusal && (searches.length === 0 || !sortable)) throw refusal;
  return searches;
}

/** What the type's handler answers, whole. Values that are sorted by are read, whether or not they are shown. */
export function readList<C>({ context }: Exchange<C>, search: TypeSearch<C>, query: ListQuery): Promise<ListResult> {
  const { type, handler } = search;
  const { sortBy } = query;
  const isRead = !sortBy || wants(search.projection, type, sortBy.attribute.name);
  return handler.list({ ...context, projection: isRead ? search.projection : everything }, query);
}

/** Resources of a search as the answer shows them. */
export const shown = <C>({ type, projection }: TypeSearch<C>, { resources }: Pick<ListResult, 'resources'>) =>
  resources.map((one) => project(one, type, projection));
