import type { Executor } from '../../framework/index.ts';
import { type DecodedEntry, decodeEntry } from '../entry/decode.ts';
import { repeated } from '../many-rows.ts';
import { byNewest, type Place } from './place.ts';
import type { Question } from './question.ts';
import { firstRows, type Hit, rangeSource, type Source } from './range.ts';
import { tailSource, type Waiting } from './tail.ts';

/** A record that answers a question. */
export interface Found extends Place {
  readonly entry: DecodedEntry;
}

/** Rows that are read ahead of each range: enough for the page when there is one, little of each when there are many. */
const chunkFor = (limit: number, ranges: number): number =>
  ranges === 1 ? limit : Math.min(limit, Math.max(16, Math.ceil(limit / ranges) + 8));

/**
 * What answers a question, newest first, below `start`: a merge of ranges of indexes and of what waits for its seal. Reads
 * as far as it is asked. A record that is sealed meanwhile is given once: what waits is read first.
 */
async function* places(
  db: Executor,
  question: Question,
  start: Place,
  chunk: number,
  size = chunkFor(chunk, question.ranges.length),
): AsyncGenerator<Hit | Waiting> {
  const below = start.ms >= question.toMs ? { ms: question.toMs - 1, id: Number.MAX_SAFE_INTEGER } : start;
  const tail = tailSource(db, question, below, Math.max(chunk, 1_000));
  // A record that is sealed meanwhile is missed by neither: what waits is read first.
  await tail.peek();
  const first = question.ranges.length > 1 ? await firstRows(db, question, below, size) : [];
  const sources: Source<Hit | Waiting>[] = [
    tail,
    ...question.ranges.map((range, at) => rangeSource(db, question, range, below, size, first[at])),
  ];
  let last: Place | undefined;
  for (;;) {
    let best: { source: Source<Hit | Waiting>; place: Hit | Waiting } | undefined;
    for (const source of sources) {
      const place = await source.peek();
      if (place && (!best || byNewest(place, best.place) < 0)) best = { source, place };
    }
    if (!best) return;
    best.source.take();
    const { place } = best;
    if (last && last.ms === place.ms && last.id === place.id) continue;
    last = place;
    yield place;
  }
}

const entriesOf = repeated(
  'SELECT seal_id, activity_id, entry FROM {vestibule_activity_record} WHERE ',
  '(seal_id = ? AND activity_id = ?)',
  ' OR ',
);

const mostAtOnce = 512;

/** Pairs up to the next power of two, the last one repeated: one statement for a page, and few different texts. */
function filledUp<T>(pairs: readonly T[]): readonly T[] {
  const size = 2 ** Math.ceil(Math.log2(pairs.length));
  return [...pairs, ...Array<T>(size - pairs.length).fill(pairs.at(-1) as T)];
}

/** The entries of these places; those that were purged meanwhile, and those that only share a key, are left out. */
async function withEntries(db: Executor, question: Question, picked: readonly (Hit | Waiting)[]): Promise<Found[]> {
  const texts = new Map<number, string>();
  const sealed = picked.filter((place): place is Hit => 'seal' in place);
  for (let at = 0; at < sealed.length; at += mostAtOnce) {
    const piece = sealed.slice(at, at + mostAtOnce);
    const rows = await db.all<{ activity_id: number; entry: string }>(
      entriesOf(filledUp(piece.map(({ seal, id }) => [seal, id]))),
    );
    for (const { activity_id, entry } of rows) texts.set(activity_id, entry);
  }
  return picked.flatMap((place): Found[] => {
    if ('entry' in place) return [place];
    const text = texts.get(place.id);
    if (text === undefined) return [];
    const entry = decodeEntry(text);
    return question.accepts(entry) ? [{ ms: place.ms, id: place.id, entry }] : [];
  });
}

/** Whole records, newest first, below `start`; at most `limit`, read in groups of `group`. */
export async function* newest(
  db: Executor,
  question: Question,
  start: Place,
  limit: number,
  group: number,
): AsyncGenerator<Found> {
  let picked: (Hit | Waiting)[] = [];
  let left = limit;
  for await (const place of places(db, question, start, Math.min(limit, group))) {
    picked.push(place);
    if (picked.length < Math.min(group, left)) continue;
    for (const found of await withEntries(db, question, picked)) {
      yield found;
      if (--left === 0) return;
    }
    picked = [];
  }
  yield* await withEntries(db, question, picked);
}

/** What a page found that had to look at entries one by one. */
export interface Stretch {
  readonly found: readonly Found[];
  /** The last record that was looked at, where there may be more behind it. */
  readonly last: Place | undefined;
  readonly looked: number;
}

/** A page looks at no more sealed records than this, however many there are; in so many statements. */
const groups = [128, 384, 512] as const;
const mostLooked = groups.reduce((sum, size) => sum + size, 0);

/** The newest matches below `start` among the next {@link mostLooked} records that the ranges hold; at most `limit`. */
export async function lookThrough(db: Executor, question: Question, start: Place, limit: number): Promise<Stretch> {
  const chunk = question.ranges.length <= 4 ? mostLooked : mostLooked / 2;
  const source = places(db, question, start, mostLooked, chunk);
  const found: Found[] = [];
  let looked = 0;
  let last: Place | undefined;
  for (const size of groups) {
    const picked: (Hit | Waiting)[] = [];
    for (let next = await source.next(); ; next = await source.next()) {
      if (!next.done) picked.push(next.value);
      if (next.done || picked.length === size) break;
    }
    found.push(...(await withEntries(db, question, picked)));
    looked += picked.length;
    last = picked.at(-1);
    if (picked.length < size) return { found: found.slice(0, limit), last: undefined, looked };
    if (found.length >= limit) break;
  }
  return { found: found.slice(0, limit), last, looked };
}
