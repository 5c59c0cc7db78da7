import type { Parameters } from './parameters.ts';

/** Parameters by which every list is walked. */
export const pagingParameters = ['page', 'limit', 'after', 'before'] as const;

const usual = 50;
const most = 250;

/** Which part of a list is asked for. A cursor is exact whatever comes and goes meanwhile, and then no page is counted. */
export interface Paging {
  readonly page: number;
  readonly limit: number;
  /** Behind what the cursor stands for; empty: from the beginning. */
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** @throws StoreRefusal 422 */
export const readPaging = (parameters: Parameters): Paging => ({
  page: parameters.number('page', 1) ?? 1,
  limit: Math.min(parameters.number('limit', 1) ?? usual, most),
  after: parameters.text('after'),
  before: parameters.text('before'),
});

type Links = Readonly<Record<string, string>>;

/** The same query at another place. */
function linkTo(query: URLSearchParams, changes: Readonly<Record<string, string | number>>): string {
  const kept = new URLSearchParams(query);
  for (const name of ['page', 'after', 'before', 'limit']) kept.delete(name);
  for (const [name, value] of Object.entries(changes)) kept.set(name, String(value));
  return `?${kept.toString()}`;
}

/** `meta` of a page that was asked for by its number. */
export function pageMeta(
  query: URLSearchParams,
  { page, limit }: Paging,
  { count, total }: { count: number; total: number },
): Readonly<Record<string, unknown>> {
  const last = Math.ceil(total / limit);
  const links: Links = {
    ...(page > 1 ? { previous: linkTo(query, { page: page - 1, limit }) } : {}),
    current: linkTo(query, { page, limit }),
    ...(page < last ? { next: linkTo(query, { page: page + 1, limit }) } : {}),
  };
  return { pagination: { total, count, per_page: limit, current_page: page, total_pages: last, links } };
}

/** `meta` of a page that was asked for by a cursor. */
export function cursorMeta(
  query: URLSearchParams,
  { limit }: Paging,
  { count, start, end }: { count: number; start?: string | undefined; end?: string | undefined },
): Readonly<Record<string, unknown>> {
  const links: Links = {
    ...(start === undefined ? {} : { previous: linkTo(query, { before: start, limit }) }),
    ...(end === undefined ? {} : { next: linkTo(query, { after: end, limit }) }),
  };
  const ends = {
    ...(start === undefined ? {} : { start_cursor: start }),
    ...(end === undefined ? {} : { end_cursor: end }),
  };
  return { cursor_pagination: { count, per_page: limit, ...ends, links } };
}
