import type { ListQuery } from '../../../scim/index.ts';
import type { FoundPage } from '../search.ts';
import type { Position } from './cursor.ts';
import { behindOf } from './cursor-page.ts';
import { type Merged, type Parts, placeOf, readMerged } from './merge.ts';
import type { Counted, SearchMemory } from './totals.ts';

/** Which list it is, and what is remembered of it. */
export interface MergedList {
  readonly parts: Parts;
  readonly connectionId: number;
  /** Names the question: what is listed, filter, sort. */
  readonly question: string;
  /** Names the filter, on which the total depends. */
  readonly filter: string;
  readonly memory: SearchMemory;
  /** Rows that each side may look at. */
  readonly rows: number;
  /** True where everybody is listed by key, which an index answers however far the page is from the beginning. */
  readonly isWhole: boolean;
}

const answer = (found: readonly Merged[]) => ({
  keys: found.map(({ id }) => id),
  beside: new Set(found.flatMap(({ id, isBeside }) => (isBeside ? [id] : []))),
});

const budgetsOf = (rows: number) => ({ own: { left: rows }, beside: { left: rows } });

/** A page by cursor of a merged list; it is counted only where it is the whole list. */
export async function mergedCursorPage(
  { parts, connectionId, filter, memory, rows }: MergedList,
  { count, position }: { readonly count: number; readonly position: Position | undefined },
  write: (position: Position) => string,
): Promise<FoundPage> {
  const backwards = position?.direction === 'previous';
  const range = { place: position?.place, backwards, want: count, mayEndEarly: true };
  const { found, frontier } = await readMerged(parts, range, budgetsOf(rows));
  const listed = backwards ? found.toReversed() : found;
  const first = found[0] ? placeOf(found[0]) : position?.place;
  const total = !position && !frontier ? found.length : memory.total(connectionId, filter)?.total;
  const next = backwards ? first : frontier;
  const previous = backwards ? frontier : position && first;
  return {
    ...answer(listed),
    behind: behindOf(listed.map(placeOf), write),
    ...(total === undefined ? {} : { totalResults: total }),
    ...(next ? { nextCursor: write({ direction: 'next', place: next }) } : {}),
    ...(previous ? { previousCursor: write({ direction: 'previous', place: previous }) } : {}),
  };
}

/** A page by startIndex of a merged list. A walk goes on behind the last one of the page before, as in `index-page`. */
export async function mergedIndexPage(
  { parts, connectionId, question, filter, memory, rows, isWhole }: MergedList,
  { startIndex, count }: Pick<ListQuery, 'startIndex' | 'count'>,
): Promise<FoundPage> {
  const walkOf = (at: number): string => `${connectionId}|${question}|${count}|${at}`;
  const walk = startIndex > 1 ? memory.walks.get(walkOf(startIndex)) : undefined;
  const place = walk?.place;
  const passed = walk ? startIndex - 1 : 0;
  const skip = startIndex - 1 - passed;
  const range = { place, backwards: false, want: skip + count, mayEndEarly: false };
  const { found, frontier } =
    count === 0
      ? { found: [], frontier: place }
      : await readMerged(parts, range, budgetsOf(isWhole ? Number.POSITIVE_INFINITY : rows));
  const page = found.slice(skip, skip + count);

  const counting = async (): Promise<Counted> => {
    const [epoch, at] = [memory.epoch(connectionId), performance.now()];
    if (count > 0 && !frontier) return { total: passed + found.length, epoch, at };
    const { own, beside } = budgetsOf(rows);
    const total = passed + (await parts.beside.count(place, beside)) + (await parts.own.count(place, own));
    return { total, epoch, at };
  };
  const remembered = walk ? walk.counted : memory.total(connectionId, filter);
  const counted = remembered && memory.isFresh(connectionId, remembered) ? remembered : await counting();
  if (!walk) memory.keep(filter, counted);
  const last = page.at(-1);
  if (last && page.length === count) memory.walks.set(walkOf(startIndex + count), { place: placeOf(last), counted });
  return { ...answer(page), totalResults: counted.total };
}
