import { type ListResponse, listResponse } from '../../messages/list-response.ts';
import { invalidCursor } from '../../refusal.ts';
import type { Resource } from '../../resource/resource.ts';
import type { Exchange } from '../exchange.ts';
import type { ListResult } from '../handler.ts';
import { readList, shown, type TypeSearch } from './fitting.ts';

/** Type after type: a page by index goes on in the next type where one ends. */
export async function pageByIndex<C>(exchange: Exchange<C>, searches: readonly TypeSearch<C>[]): Promise<ListResponse> {
  const { startIndex, count } = searches[0]?.query ?? { startIndex: 1, count: 0 };
  const resources: Resource[] = [];
  let before = 0;
  for (const search of searches) {
    const page = await readList(exchange, search, {
      ...search.query,
      startIndex: Math.max(1, startIndex - before),
      count: count - resources.length,
    });
    resources.push(...shown(search, page));
    before += page.totalResults ?? 0;
  }
  return listResponse({ resources, totalResults: before, startIndex });
}

/**
 * A cursor says which type the page is of, and goes on with that type's own cursor; `1.` begins the second type. The
 * prefix needs no signature: whoever changes it only asks for something he may ask for. A page holds one type; one that
 * would be empty is passed over.
 */
export async function pageByCursor<C>(
  exchange: Exchange<C>,
  searches: readonly TypeSearch<C>[],
): Promise<ListResponse> {
  const cursor = searches[0]?.query.cursor ?? '';
  const dot = cursor.indexOf('.');
  const begun = cursor === '' ? searches : searches.slice(searches.findIndex((one) => isAt(one, cursor, dot)));
  const [first, ...rest] = begun;
  if (!first || (cursor !== '' && !isAt(first, cursor, dot))) {
    throw invalidCursor('The cursor is none of this search; leave it empty to begin.');
  }
  let search = first;
  let page = await readList(exchange, search, { ...search.query, cursor: cursor.slice(dot + 1) });
  for (let next = rest[0]; next && isOver(page) && search.query.count > 0; next = rest[0]) {
    rest.shift();
    search = next;
    page = await readList(exchange, search, { ...search.query, cursor: '' });
  }
  const [following] = search.query.count > 0 ? rest : [];
  const { nextCursor = following && '', previousCursor } = page;
  const owner = page.nextCursor === undefined ? following : search;
  return listResponse({
    resources: shown(search, page),
    totalResults: await totalOf(exchange, searches, search, page),
    nextCursor: nextCursor === undefined ? undefined : `${owner?.place}.${nextCursor}`,
    previousCursor: previousCursor === undefined ? undefined : `${search.place}.${previousCursor}`,
  });
}

const isAt = <C>(search: TypeSearch<C>, cursor: string, dot: number): boolean =>
  dot > 0 && cursor.slice(0, dot) === String(search.place);

const isOver = ({ resources, nextCursor }: ListResult): boolean => resources.length === 0 && nextCursor === undefined;

/** Of all types together; undefined where one of them does not tell. */
async function totalOf<C>(
  exchange: Exchange<C>,
  searches: readonly TypeSearch<C>[],
  known: TypeSearch<C>,
  { totalResults }: ListResult,
): Promise<number | undefined> {
  let total = totalResults;
  for (const search of searches) {
    if (total === undefined) return undefined;
    if (search === known) continue;
    const { cursor: _, ...query } = search.query;
    const others = await readList(exchange, search, { ...query, count: 0 });
    total = others.totalResults === undefined ? undefined : total + others.totalResults;
  }
  return total;
}
