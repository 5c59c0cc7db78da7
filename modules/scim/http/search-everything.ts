import { ScimError } from '../error.ts';
import { listResponse } from '../messages/list-response.ts';
import { reading } from '../mode.ts';
import { parseProjection, project } from '../projection/projection.ts';
import type { Resource } from '../resource/resource.ts';
import type { Exchange } from './exchange.ts';
import type { ListQuery, ResourceHandler } from './handler.ts';
import { readQuery } from './query.ts';

/**
 * `/.search` at the root (RFC 7644 §3.4.3): one list over all resource types, type after type. A type that lacks an
 * attribute of the filter has no matches; the filter is refused only where it fits no type. Sorting stays within types.
 */
export async function searchEverything<C>(exchange: Exchange<C>): Promise<void> {
  const { context, given = {} } = exchange;
  const searches = fittingSearches(exchange);
  const resources: Resource[] = [];
  let before = 0;
  const { startIndex, count } = searches[0]?.query ?? { startIndex: 1, count: 0 };
  for (const { handler, query } of searches) {
    const projection = parseProjection(given, handler.type);
    const page = await handler.list(
      { ...context, projection },
      { ...query, startIndex: Math.max(1, startIndex - before), count: count - resources.length },
    );
    for (const resource of page.resources) resources.push(project(resource, handler.type, projection));
    before += page.totalResults;
  }
  exchange.answer = { status: 200, body: listResponse({ resources, totalResults: before, startIndex }) };
}

interface Search<C> {
  readonly handler: ResourceHandler<C>;
  readonly query: ListQuery;
}

function fittingSearches<C>({ context, service, given = {} }: Exchange<C>): readonly Search<C>[] {
  const searches: Search<C>[] = [];
  let refusal: ScimError | undefined;
  for (const handler of service.handlers) {
    const how = reading({ mode: context.mode });
    try {
      searches.push({ handler, query: readQuery(given, handler.type, service.limits, how) });
      context.notes.push(...how.notes);
    } catch (error) {
      if (!(error instanceof ScimError) || error.scimType === undefined) throw error;
      refusal ??= error;
    }
  }
  if (searches.length === 0 && refusal) throw refusal;
  return searches;
}
