import { type ListResponse, listResponse } from '../../messages/list-response.ts';
import { project } from '../../projection/projection.ts';
import type { Exchange } from '../exchange.ts';
import { readList, type TypeSearch } from './fitting.ts';
import { firstOf, type Sorted, sorted } from './order.ts';

/** Up to this many are read to be passed over; further away is where to begin found by looking at single ones. */
const passedOver = 200;

/** One type's list, and how many of it stand before the page. */
interface Reached<C> {
  readonly search: TypeSearch<C>;
  total: number;
  passed: number;
}

/**
 * A page by startIndex of all types in one order (RFC 7644 §3.4.3). Where it begins in each type's list is found by
 * halving, so that a page far away reads a few single resources of each type more than one at the beginning.
 */
export async function mergedPageByIndex<C>(
  exchange: Exchange<C>,
  searches: readonly TypeSearch<C>[],
): Promise<ListResponse> {
  const { startIndex, count } = searches[0]?.query ?? { startIndex: 1, count: 0 };
  const lists = searches.map((search): Reached<C> => ({ search, total: 0, passed: 0 }));
  const left = count === 0 ? 0 : await passBefore(exchange, lists, startIndex - 1);
  const queues: Sorted<C>[][] = [];
  for (const list of lists) {
    const { search, passed } = list;
    const want = { startIndex: passed + 1, count: count === 0 ? 0 : left + count };
    const page = await readList(exchange, search, { ...search.query, ...want });
    list.total = page.totalResults ?? list.total;
    queues.push(page.resources.map((resource) => sorted(search, resource)));
  }
  const found = merge(queues, left + count).slice(left);
  return listResponse({
    resources: found.map(({ search, resource }) => project(resource, search.type, search.projection)),
    totalResults: lists.reduce((sum, { total }) => sum + total, 0),
    startIndex,
  });
}

/** Passes over those before a place far away, and answers how many are left to be read and passed over. */
async function passBefore<C>(exchange: Exchange<C>, lists: readonly Reached<C>[], skip: number): Promise<number> {
  if (skip <= passedOver) return skip;
  for (const list of lists) {
    const { query } = list.search;
    list.total = (await readList(exchange, list.search, { ...query, startIndex: 1, count: 0 })).totalResults ?? 0;
  }
  let left = skip;
  while (left > passedOver) {
    const passed = await pass(exchange, lists, left);
    // Behind the end of all lists.
    if (passed === 0) return 0;
    left -= passed;
  }
  return left;
}

/**
 * Passes over some that certainly stand before the place `left` further on, and answers how many: of k lists, look at the
 * one that is left/k further on in each; up to the first of these there are fewer than `left` in all lists together.
 */
async function pass<C>(exchange: Exchange<C>, lists: readonly Reached<C>[], left: number): Promise<number> {
  const open = lists.filter(({ passed, total }) => passed < total);
  const probes: { readonly list: Reached<C>; readonly step: number; readonly head: Sorted<C> }[] = [];
  for (const list of open) {
    const { search, passed, total } = list;
    const step = Math.min(Math.floor(left / open.length), total - passed);
    const page = await readList(exchange, search, { ...search.query, startIndex: passed + step, count: 1 });
    const [resource] = page.resources;
    // It has become shorter meanwhile.
    if (!resource) list.total = passed;
    else probes.push({ list, step, head: sorted(search, resource) });
  }
  const first = firstOf(probes.map(({ head }) => head));
  const probe = probes.find(({ head }) => head === first);
  if (!probe) return 0;
  probe.list.passed += probe.step;
  return probe.step;
}

function merge<C>(queues: readonly Sorted<C>[][], most: number): readonly Sorted<C>[] {
  const found: Sorted<C>[] = [];
  while (found.length < most) {
    const first = firstOf(queues.flatMap(([head]) => (head ? [head] : [])));
    if (!first) break;
    found.push(first);
    queues.find(([head]) => head === first)?.shift();
  }
  return found;
}
