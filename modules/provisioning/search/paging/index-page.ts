import { type Executor, sql } from '../../../framework/index.ts';
import type { ListQuery } from '../../../scim/index.ts';
import type { Plan } from '../plan.ts';
import type { FoundPage } from '../search.ts';
import { countEverybody, countLeft, totalOf } from './count.ts';
import type { Place, State } from './driver.ts';
import { type Budget, breathe, readChunk, readShown } from './reader.ts';
import { readSorted } from './sorted.ts';
import type { Counted, SearchMemory, Walk } from './totals.ts';

/** Candidates per statement where most of them may be turned down. */
const chunkSize = 2_000;

/**
 * A page by startIndex. Where the page before was answered a moment ago, this one begins behind its last resource, so
 * that what is deleted or added meanwhile makes a walk neither skip nor repeat; the total then is what the walk has
 * passed and what is left.
 */
export async function indexPage(
  db: Executor,
  plan: Plan,
  { startIndex, count }: ListQuery,
  memory: SearchMemory,
  budget: Budget,
): Promise<FoundPage> {
  const { connectionId, type } = plan.source;
  const walkOf = (at: number): string => `${connectionId}|${type}|${plan.question}|${count}|${at}`;
  const walk = startIndex > 1 ? memory.walks.get(walkOf(startIndex)) : undefined;
  const passed = walk ? startIndex - 1 : 0;
  const from: From = { walk, skip: startIndex - 1 - passed, want: count };
  const [epoch, at] = [memory.epoch(connectionId), performance.now()];
  const known = walk
    ? walk.counted && memory.isFresh(connectionId, walk.counted) && walk.counted
    : memory.total(connectionId, totalOf(plan));

  const read = await readPage(db, plan, from, known || undefined, memory, budget);
  let counted = read.counted;
  if (read.matched !== undefined) counted = { total: passed + read.matched, epoch, at };
  counted ??= known || {
    total: passed + (await countLeft(db, plan, walk && plan.driver.after(walk.place))),
    epoch,
    at,
  };
  if (!walk) memory.keep(totalOf(plan), counted);
  const last = read.places.at(-1);
  if (last && read.places.length === count) memory.walks.set(walkOf(startIndex + count), { place: last, counted });
  return { keys: read.places.map(({ id }) => id), totalResults: counted.total };
}

interface From {
  readonly walk: Walk | undefined;
  readonly skip: number;
  readonly want: number;
}

interface Read {
  readonly places: readonly Place[];
  /** How many there are from where reading began to the end, where it got there. */
  readonly matched?: number;
  /** The total, where it had to be counted to read the page. */
  readonly counted?: Counted;
}

async function readPage(
  db: Executor,
  plan: Plan,
  from: From,
  known: Counted | undefined,
  memory: SearchMemory,
  budget: Budget,
): Promise<Read> {
  const { walk, skip, want } = from;
  if (plan.sort) {
    const part = { place: walk?.place, backwards: false, want: skip + want };
    const { places, matched } = await readSorted(db, plan, part, budget);
    return { places: places.slice(skip, skip + want), matched };
  }
  if (!plan.condition && plan.driver.inScope && !walk && (skip > 0 || want === 0)) {
    const counted = await countEverybody(db, plan, memory);
    return { places: await readAt(db, plan, skip, want, counted.total), counted };
  }
  return readThrough(db, plan, from, plan.condition !== undefined && !known, budget);
}

/** Reads until the page is full, or to the end where everybody has to be counted. */
async function readThrough(
  db: Executor,
  plan: Plan,
  { walk, skip, want }: From,
  toEnd: boolean,
  budget: Budget,
): Promise<Read> {
  const places: Place[] = [];
  if (want === 0 && !toEnd) return { places };
  let matched = 0;
  const size = plan.condition ? chunkSize : Math.min(chunkSize, skip + want);
  for (let at: State | undefined = walk ? plan.driver.after(walk.place) : plan.driver.start; at; ) {
    const chunk = await readChunk(db, plan, plan.driver, at, size, budget);
    for (const hit of chunk.hits) {
      matched++;
      if (matched > skip && places.length < want) places.push(hit);
    }
    at = chunk.next;
    if (at && !toEnd && places.length === want) return { places };
    if (at) await breathe();
  }
  return { places, matched };
}

/** A page in the middle of everybody by key, counted from the nearer end. */
async function readAt(db: Executor, plan: Plan, skip: number, want: number, total: number): Promise<readonly Place[]> {
  const take = Math.min(want, total - skip);
  if (take <= 0) return [];
  const behind = total - skip - take;
  const [driver, offset] = skip <= behind ? [plan.driver, skip] : [plan.backwards, behind];
  const keys = sql`${driver.statement(driver.start, take)} OFFSET ${offset}`;
  const found = (await readShown<Place>(db, plan.source, keys, driver.order)).map(({ id }) => ({ id }));
  return driver === plan.driver ? found : found.reverse();
}
