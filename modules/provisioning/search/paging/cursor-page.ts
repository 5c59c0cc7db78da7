import type { Executor } from '../../../framework/index.ts';
import type { Plan } from '../plan.ts';
import type { FoundPage } from '../search.ts';
import { totalOf } from './count.ts';
import type { Position } from './cursor.ts';
import type { Driver, Place, State } from './driver.ts';
import { type Budget, breathe, readChunk } from './reader.ts';
import { readSorted } from './sorted.ts';
import type { SearchMemory } from './totals.ts';

/** A page between two places, and whether there may be more on either side. */
interface Between {
  readonly places: readonly Place[];
  /** Read on behind this for what comes next. */
  readonly next?: Place;
  /** Read backwards from this for what came before. */
  readonly previous?: Place;
}

export interface CursorQuery {
  readonly count: number;
  /** Undefined for the first page. */
  readonly position: Position | undefined;
}

/** Rows after which a page that has somebody on it is answered, though it is not full. */
const patience = 20_000;
const chunkSize = 2_000;

/** A page by cursor: from a place forwards, or backwards up to it. */
export async function cursorPage(
  db: Executor,
  plan: Plan,
  query: CursorQuery,
  memory: SearchMemory,
  budget: Budget,
  write: (position: Position) => string,
): Promise<FoundPage> {
  const first = query.position === undefined;
  const page = plan.sort ? await sortedPage(db, plan, query, budget) : await scannedPage(db, plan, query, budget);
  const whole = first && page.next === undefined;
  // A count takes time in proportion to the list, and a page by cursor must not.
  const total = whole ? page.places.length : memory.total(plan.source.connectionId, totalOf(plan))?.total;
  return {
    keys: page.places.map(({ id }) => id),
    behind: behindOf(page.places, write),
    ...(total === undefined ? {} : { totalResults: total }),
    ...(page.next ? { nextCursor: write({ direction: 'next', place: page.next }) } : {}),
    ...(page.previous ? { previousCursor: write({ direction: 'previous', place: page.previous }) } : {}),
  };
}

/** Cursors that go on in the middle of a page. */
export const behindOf =
  (places: readonly Place[], write: (position: Position) => string) =>
  (key: number): string | undefined => {
    const place = places.find(({ id }) => id === key);
    return place && write({ direction: 'next', place });
  };

const asNext = (place: Place | undefined) => (place ? { next: place } : {});
const asPrevious = (place: Place | undefined) => (place ? { previous: place } : {});

async function sortedPage(db: Executor, plan: Plan, query: CursorQuery, budget: Budget): Promise<Between> {
  const { count, position } = query;
  const backwards = position?.direction === 'previous';
  const part = { place: position?.place, backwards, want: count };
  const { places, matched } = await readSorted(db, plan, part, budget);
  return between(query, places, matched > count ? places.at(-1) : undefined);
}

/** What was read, in the order of the list; `edge` is where reading stopped before the end. */
function between({ position }: CursorQuery, read: readonly Place[], edge: Place | undefined): Between {
  const first = read[0] ?? position?.place;
  if (position?.direction !== 'previous') return { places: read, ...asNext(edge), ...asPrevious(position && first) };
  return { places: read.toReversed(), ...asNext(first), ...asPrevious(edge) };
}

async function scannedPage(db: Executor, plan: Plan, query: CursorQuery, budget: Budget): Promise<Between> {
  const { count, position } = query;
  const back = position?.direction === 'previous';
  const driver = back ? plan.backwards : plan.driver;
  const state = position ? driver.after(position.place) : driver.start;
  const { hits, more, last } = await readSome(db, plan, driver, state, count, budget);
  return between(query, hits, more ? (hits.length === count ? hits.at(-1) : last) : undefined);
}

interface Some {
  readonly hits: readonly Place[];
  readonly more: boolean;
  /** The last candidate that was looked at. */
  readonly last: Place | undefined;
}

/** Reads until the page is full and it is known whether there is more, or until it has taken long enough. */
async function readSome(
  db: Executor,
  plan: Plan,
  driver: Driver,
  from: State,
  count: number,
  budget: Budget,
): Promise<Some> {
  const before = budget.left;
  const size = plan.condition ? chunkSize : count + 1;
  let hits: Place[] = [];
  let last: Place | undefined;
  for (let at: State | undefined = from; at; ) {
    const chunk = await readChunk(db, plan, driver, at, size, budget);
    hits = [...hits, ...chunk.hits];
    last = chunk.last ?? last;
    at = chunk.next;
    if (hits.length > count) return { hits: hits.slice(0, count), more: true, last };
    const enough = hits.length > 0 && before - budget.left >= patience;
    if (at && last && (enough || budget.left <= 0)) return { hits, more: true, last };
    if (at) await breathe();
  }
  return { hits, more: false, last };
}
