import { ScimError } from '../error.ts';
import { type ListResponse, listResponse } from '../messages/list-response.ts';
import { reading } from '../mode.ts';
import { type Projection, parseProjection, project } from '../projection/projection.ts';
import { invalidCursor } from '../refusal.ts';
import type { Resource } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Exchange } from './exchange.ts';
import { type ListQuery, type ListResult, type ResourceHandler, typeOf } from './handler.ts';
import { readQuery } from './query.ts';

/**
 * `/.search` at the root (RFC 7644 §3.4.3): one list over all resource types, type after type. A type that lacks an
 * attribute of the filter has no matches; the filter is refused only where it fits no type. Sorting stays within types.
 */
export async function searchEverything<C>(exchange: Exchange<C>): Promise<void> {
  const searches = fittingSearches(exchange);
  const byCursor = searches[0]?.query.cursor !== undefined;
  const body = byCursor ? await pageByCursor(exchange, searches) : await pageByIndex(exchange, searches);
  exchange.answer = { status: 200, body };
}

interface Search<C> {
  /** Of the handler among all, because the types that a filter fits differ from filter to filter. */
  readonly place: number;
  readonly handler: ResourceHandler<C>;
  readonly type: ResourceType;
  readonly query: ListQuery;
  readonly projection: Projection;
}

async function pageByIndex<C>(exchange: Exchange<C>, searches: readonly Search<C>[]): Promise<ListResponse> {
  const { startIndex, count } = searches[0]?.query ?? { startIndex: 1, count: 0 };
  const resources: Resource[] = [];
  let before = 0;
  for (const search of searches) {
    const page = await list(exchange, search, {
      ...search.query,
      startIndex: Math.max(1, startIndex - before),
      count: count - resources.length,
    });
    resources.push(...page.resources);
    before += page.totalResults ?? 0;
  }
  return listResponse({ resources, totalResults: before, startIndex });
}

/**
 * A cursor says which type the page is of, and goes on with that type's own cursor; `1.` begins the second type. The
 * prefix needs no signature: whoever changes it only asks for something he may ask for. A page holds one type; one that
 * would be empty is passed over.
 */
async function pageByCursor<C>(exchange: Exchange<C>, searches: readonly Search<C>[]): Promise<ListResponse> {
  const cursor = searches[0]?.query.cursor ?? '';
  const dot = cursor.indexOf('.');
  const begun = cursor === '' ? searches : searches.slice(searches.findIndex((one) => isAt(one, cursor, dot)));
  const [first, ...rest] = begun;
  if (!first || (cursor !== '' && !isAt(first, cursor, dot))) {
    throw invalidCursor('The cursor is none of this search; leave it empty to begin.');
  }
  let search = first;
  let page = await list(exchange, search, { ...search.query, cursor: cursor.slice(dot + 1) });
  for (let next = rest[0]; next && isOver(page) && search.query.count > 0; next = rest[0]) {
    rest.shift();
    search = next;
    page = await list(exchange, search, { ...search.query, cursor: '' });
  }
  const [following] = search.query.count > 0 ? rest : [];
  const { nextCursor = following && '', previousCursor } = page;
  const owner = page.nextCursor === undefined ? following : search;
  return listResponse({
    resources: page.resources,
    totalResults: await totalOf(exchange, searches, search, page),
    nextCursor: nextCursor === undefined ? undefined : `${owner?.place}.${nextCursor}`,
    previousCursor: previousCursor === undefined ? undefined : `${search.place}.${previousCursor}`,
  });
}

const isAt = <C>(search: Search<C>, cursor: string, dot: number): boolean =>
  dot > 0 && cursor.slice(0, dot) === String(search.place);

const isOver = ({ resources, nextCursor }: ListResult): boolean => resources.length === 0 && nextCursor === undefined;

/** Of all types together; undefined where one of them does not tell. */
async function totalOf<C>(
  exchange: Exchange<C>,
  searches: readonly Search<C>[],
  known: Search<C>,
  { totalResults }: ListResult,
): Promise<number | undefined> {
  let total = totalResults;
  for (const search of searches) {
    if (total === undefined) return undefined;
    if (search === known) continue;
    const { cursor: _, ...query } = search.query;
    const others = await search.handler.list(contextOf(exchange, search), { ...query, count: 0 });
    total = others.totalResults === undefined ? undefined : total + others.totalResults;
  }
  return total;
}

/** What the type's handler answers, as it is shown. */
async function list<C>(exchange: Exchange<C>, search: Search<C>, query: ListQuery): Promise<ListResult> {
  const page = await search.handler.list(contextOf(exchange, search), query);
  return { ...page, resources: page.resources.map((one) => project(one, search.type, search.projection)) };
}

const contextOf = <C>({ context }: Exchange<C>, { projection }: Search<C>) => ({ ...context, projection });

function fittingSearches<C>({ context, service, given = {} }: Exchange<C>): readonly Search<C>[] {
  const searches: Search<C>[] = [];
  let refusal: ScimError | undefined;
  service.handlers.forEach((handler, place) => {
    const how = reading({ mode: context.mode });
    const type = typeOf(handler, context);
    try {
      const query = readQuery(given, type, service.limits, how);
      searches.push({ place, handler, type, query, projection: parseProjection(given, type, how) });
      context.notes.push(...how.notes);
    } catch (error) {
      if (!(error instanceof ScimError) || error.scimType === undefined) throw error;
      refusal ??= error;
    }
  });
  if (searches.length === 0 && refusal) throw refusal;
  return searches;
}
