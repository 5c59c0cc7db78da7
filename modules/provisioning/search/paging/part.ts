import type { Executor } from '../../../framework/index.ts';
import type { AttributePath, Filter } from '../../../scim/index.ts';
import type { Plan } from '../plan.ts';
import type { ScalarKind } from '../source.ts';
import { countLeft } from './count.ts';
import type { Place, State } from './driver.ts';
import { type Budget, breathe, readChunk } from './reader.ts';
import { compareValues, readSorted } from './sorted.ts';

/** What a list is ordered by: a value and then the key, or the key alone. */
export interface Order {
  readonly sort: { readonly path: AttributePath; readonly kind: ScalarKind; readonly longest?: number } | undefined;
  /** Of the values; of the keys where there is no sort. */
  readonly descending: boolean;
}

/** Compares places as the order has them: missing values last, or first when descending; equal ones by key. */
export function comparing({ sort, descending }: Order, backwards: boolean): (a: Place, b: Place) => number {
  const turn = backwards ? -1 : 1;
  const keys = !sort && descending ? -1 : 1;
  const value = ({ v = null }: Place) => (sort?.kind === 'time' && typeof v === 'string' ? withoutZero(v) : v);
  return (a, b) => {
    const values = sort ? compareValues(value(a), value(b)) : 0;
    return turn * ((descending ? -values : values) || keys * (a.id - b.id));
  };
}

/** Engines differ in whether they answer a fraction of zero. */
const withoutZero = (time: string): string => (time.endsWith('.000') ? time.slice(0, -4) : time);

/** Where to read on, and how much. */
export interface From {
  /** Behind this place, or before it when reading backwards; from the beginning, or the end, without it. */
  readonly place: Place | undefined;
  readonly backwards: boolean;
  readonly want: number;
  /** Candidates to look at where most may be turned down. */
  readonly size: number;
}

/** Everybody there is up to the frontier; to the end of the list without one. */
export interface Reach {
  readonly places: readonly Place[];
  readonly frontier?: Place;
}

/** Some of those who are listed together in one order. */
export interface Part {
  /** One step. @throws ScimError `tooMany` */
  read(from: From, budget: Budget): Promise<Reach>;
  /** How many there are, or how many behind a place. @throws ScimError `tooMany` */
  count(place: Place | undefined, budget: Budget): Promise<number>;
}

/** Resources that stand elsewhere and are listed among those of a source. */
export interface Beside {
  part(filter: Filter | undefined, order: Order): Part;
}

const chunkSize = 2_000;

/** Nobody. */
export const noPart: Part = { read: async () => ({ places: [] }), count: async () => 0 };

/** The resources of the plan's own source. */
export function ownPart(db: Executor, plan: Plan): Part {
  const { condition, sort } = plan;

  async function read({ place, backwards, want, size }: From, budget: Budget): Promise<Reach> {
    if (sort) {
      const { places, matched } = await readSorted(db, plan, { place, backwards, want }, budget);
      const last = places.at(-1);
      return { places, ...(matched > want && last ? { frontier: last } : {}) };
    }
    const driver = backwards ? plan.backwards : plan.driver;
    const places: Place[] = [];
    for (let at: State | undefined = place ? driver.after(place) : driver.start; at; ) {
      const chunk = await readChunk(db, plan, driver, at, condition ? size : want, budget);
      places.push(...chunk.hits);
      if (chunk.next && chunk.last) return { places, frontier: chunk.last };
      at = chunk.next;
    }
    return { places };
  }

  async function count(place: Place | undefined, budget: Budget): Promise<number> {
    if (sort) return (await readSorted(db, plan, { place, backwards: false, want: 0 }, budget)).matched;
    const start = place && plan.driver.after(place);
    if (!condition) return countLeft(db, plan, start);
    let matched = 0;
    for (let at: State | undefined = start ?? plan.driver.start; at; ) {
      const chunk = await readChunk(db, plan, plan.driver, at, chunkSize, budget);
      matched += chunk.hits.length;
      at = chunk.next;
      if (at) await breathe();
    }
    return matched;
  }
  return { read, count };
}
