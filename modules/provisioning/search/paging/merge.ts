import type { Place } from './driver.ts';
import { comparing, type Order, type Part } from './part.ts';
import { type Budget, breathe } from './reader.ts';

/** Two parts that are one list. Somebody may go over from `beside` to `own` at any time, and never the other way in a walk. */
export interface Parts {
  readonly own: Part;
  readonly beside: Part;
  readonly order: Order;
}

/** Somebody of the merged list, and on which side of it. */
export interface Merged extends Place {
  readonly isBeside: boolean;
}

export interface MergedRange {
  readonly place: Place | undefined;
  readonly backwards: boolean;
  readonly want: number;
  /** True where less than is wanted may be answered, as long as it is somebody. */
  readonly mayEndEarly: boolean;
}

/** What both sides may still look at. */
export interface Budgets {
  readonly own: Budget;
  readonly beside: Budget;
}

const firstChunk = 200;
const largestChunk = 4_000;
/** Rows after which a page that has somebody on it is answered, though it is not full. */
const patience = 20_000;

/**
 * Reads on behind a place until there are as many as wanted; `frontier` is where reading stopped before the end.
 *
 * In every round the other side is read first, then ours up to where both have been looked through: who goes over to us
 * meanwhile is met twice, which shows, and never missed, which would not.
 */
export async function readMerged(
  { own, beside, order }: Parts,
  { place, backwards, want, mayEndEarly }: MergedRange,
  budgets: Budgets,
): Promise<{ readonly found: readonly Merged[]; readonly frontier?: Place }> {
  const compare = comparing(order, backwards);
  const found: Merged[] = [];
  const known = new Set<number>();
  const before = budgets.own.left + budgets.beside.left;
  let size = Math.max(firstChunk, Math.min(want + 1, largestChunk));
  for (let at = place; ; size = Math.min(2 * size, largestChunk)) {
    const from = { place: at, backwards, want: want + 1 - found.length, size };
    const theirs = await beside.read(from, budgets.beside);
    const ours = await own.read(from, budgets.own);
    const frontier = nearer(theirs.frontier, ours.frontier, compare);
    const round = [
      ...ours.places.map((one) => ({ ...one, isBeside: false })),
      ...theirs.places.map((one) => ({ ...one, isBeside: true })),
    ].sort((a, b) => compare(a, b) || Number(a.isBeside) - Number(b.isBeside));
    for (const one of round) {
      if ((frontier && compare(one, frontier) > 0) || known.has(one.id)) continue;
      known.add(one.id);
      found.push(one);
    }
    const last = found[want - 1];
    if (found.length > want && last) return { found: found.slice(0, want), frontier: placeOf(last) };
    if (!frontier) return { found };
    const spent = before - budgets.own.left - budgets.beside.left;
    if (mayEndEarly && (isSpent(budgets) || (found.length > 0 && spent >= patience))) return { found, frontier };
    at = frontier;
    await breathe();
  }
}

const isSpent = ({ own, beside }: Budgets): boolean => own.left <= 0 || beside.left <= 0;

const nearer = (a: Place | undefined, b: Place | undefined, compare: (a: Place, b: Place) => number) =>
  a && b ? (compare(a, b) <= 0 ? a : b) : (a ?? b);

export const placeOf = ({ id, v }: Place): Place => (v === undefined ? { id } : { id, v });
