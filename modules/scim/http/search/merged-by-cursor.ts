import { type ListResponse, listResponse } from '../../messages/list-response.ts';
import { project } from '../../projection/projection.ts';
import { invalidCursor } from '../../refusal.ts';
import type { Exchange } from '../exchange.ts';
import type { ListResult } from '../handler.ts';
import { readList, type TypeSearch } from './fitting.ts';
import { firstOf, type Sorted, sorted } from './order.ts';

/** Where each type goes on; a type that is over is left out. */
type Cursors<C> = readonly { readonly search: TypeSearch<C>; readonly cursor: string }[];

/** What was read of one type, and how much of it is on the page. */
interface Read<C> {
  readonly search: TypeSearch<C>;
  /** With which it was read. */
  readonly cursor: string;
  readonly page: ListResult;
  readonly found: readonly Sorted<C>[];
  taken: number;
}

/**
 * A page by cursor of all types in one order. The cursor holds one for each type that is not over, `0.…~1.…`, and each
 * type's own carries its place: so whoever stays is met once, whoever comes or goes meanwhile. A page ends early where a
 * type's does. There is no way back.
 */
export async function mergedPageByCursor<C>(
  exchange: Exchange<C>,
  searches: readonly TypeSearch<C>[],
): Promise<ListResponse> {
  const count = searches[0]?.query.count ?? 0;
  const begun = readCursors(searches);
  const reads: Read<C>[] = [];
  for (const { search, cursor } of begun) reads.push(await readSome(exchange, search, cursor));
  const merged = count === 0 ? [] : take(reads, count);
  const next = count === 0 ? [] : reads.flatMap(goingOn);
  return listResponse({
    resources: merged.map(({ search, resource }) => project(resource, search.type, search.projection)),
    totalResults: await totalOf(exchange, searches, reads),
    nextCursor: next.length === 0 ? undefined : next.join('~'),
  });
}

function readCursors<C>(searches: readonly TypeSearch<C>[]): Cursors<C> {
  const given = searches[0]?.query.cursor ?? '';
  if (given === '') return searches.map((search) => ({ search, cursor: '' }));
  const parts = new Map(given.split('~').map((part) => [part.slice(0, part.indexOf('.')), part] as const));
  const begun = searches.flatMap((search) => {
    const part = parts.get(String(search.place));
    return part === undefined ? [] : [{ search, cursor: part.slice(part.indexOf('.') + 1) }];
  });
  if (begun.length !== given.split('~').length)
    throw invalidCursor('The cursor is none of this search; leave it empty to begin.');
  return begun;
}

/** A type's next page, which is not empty unless the type is over. */
async function readSome<C>(exchange: Exchange<C>, search: TypeSearch<C>, from: string): Promise<Read<C>> {
  for (let cursor = from; ; ) {
    const page = await readList(exchange, search, { ...search.query, cursor });
    if (page.resources.length === 0 && page.nextCursor !== undefined && search.query.count > 0) {
      cursor = page.nextCursor;
      continue;
    }
    return { search, cursor, page, found: page.resources.map((one) => sorted(search, one)), taken: 0 };
  }
}

/** Takes the first ones, as long as it is known of every type which is its first. */
function take<C>(reads: readonly Read<C>[], count: number): readonly Sorted<C>[] {
  const merged: Sorted<C>[] = [];
  while (merged.length < count) {
    if (reads.some(({ found, taken, page }) => taken === found.length && page.nextCursor !== undefined)) break;
    const first = firstOf(reads.flatMap(({ found, taken }) => found.slice(taken, taken + 1)));
    const read = reads.find(({ found, taken }) => first !== undefined && found[taken] === first);
    if (!first || !read) break;
    read.taken++;
    merged.push(first);
  }
  return merged;
}

function goingOn<C>({ search, cursor, page, found, taken }: Read<C>): readonly string[] {
  if (taken === found.length) return page.nextCursor === undefined ? [] : [`${search.place}.${page.nextCursor}`];
  const last = found[taken - 1]?.resource.id;
  if (last === undefined) return [`${search.place}.${cursor}`];
  const behind = page.cursorBehind?.(String(last));
  if (behind === undefined) throw new Error(`${search.type.name} can't go on in the middle of a page by cursor`);
  return [`${search.place}.${behind}`];
}

/** Of all types together; undefined where one of them does not tell. */
async function totalOf<C>(
  exchange: Exchange<C>,
  searches: readonly TypeSearch<C>[],
  reads: readonly Read<C>[],
): Promise<number | undefined> {
  let total = 0;
  for (const { page } of reads) {
    if (page.totalResults === undefined) return undefined;
    total += page.totalResults;
  }
  for (const search of searches) {
    if (reads.some((read) => read.search === search)) continue;
    const { cursor: _, ...query } = search.query;
    const { totalResults } = await readList(exchange, search, { ...query, count: 0 });
    if (totalResults === undefined) return undefined;
    total += totalResults;
  }
  return total;
}
