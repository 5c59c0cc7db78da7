import type { Executor } from '../../../framework/index.ts';
import { compareCodePoints } from '../../../scim/index.ts';
import type { Plan } from '../plan.ts';
import type { Place, State } from './driver.ts';
import { type Budget, breathe, readChunk } from './reader.ts';

const chunkSize = 2_000;

const compareKeys = (left: string | number, right: string | number): number =>
  typeof left === 'number' && typeof right === 'number' ? left - right : compareCodePoints(String(left), String(right));

/** Missing values last when ascending, first when descending; ties by key. */
export function comparePlaces(left: Place, right: Place, descending: boolean): number {
  const [a, b] = [left.v ?? null, right.v ?? null];
  const ascending = a === null || b === null ? Number(a === null) - Number(b === null) : compareKeys(a, b);
  return (descending ? -ascending : ascending) || left.id - right.id;
}

/**
 * Everybody for whom the filter holds, in the order of a value that no index has: only keys and values are read, in chunks
 * and under the budget.
 */
export async function readSorted(db: Executor, plan: Plan, budget: Budget): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (let at: State | undefined = plan.driver.start; at; ) {
    const chunk = await readChunk(db, plan, plan.driver, at, chunkSize, budget);
    for (const hit of chunk.hits) places.push(hit);
    at = chunk.next;
    if (at) await breathe();
  }
  return places.sort((left, right) => comparePlaces(left, right, plan.descending));
}

/** Where in a sorted list those stand that come behind a place; the list may have changed since. */
export function indexBehind(places: readonly Place[], place: Place, descending: boolean): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = places[middle];
    if (at && comparePlaces(at, place, descending) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
