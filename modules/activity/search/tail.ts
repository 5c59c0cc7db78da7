import type { Executor } from '../../framework/index.ts';
import { type DecodedEntry, decodeEntry } from '../entry/decode.ts';
import { pendingBelow, pendingGroup } from '../pending.ts';
import { byNewest, type Place } from './place.ts';
import type { Question } from './question.ts';
import type { Source } from './range.ts';

/** A record that is not sealed yet, found. */
export interface Waiting extends Place {
  readonly entry: DecodedEntry;
}

/** The newest `most` matches below a place among the records that wait for a seal. There are few of them. */
async function newestWaiting(db: Executor, question: Question, start: Place, most: number): Promise<Waiting[]> {
  let found: Waiting[] = [];
  let below = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = await pendingBelow(db, below, pendingGroup);
    for (const { activity_id: id, entry: text } of rows) {
      const entry = decodeEntry(text);
      const place = { ms: entry.at, id, entry };
      if (byNewest(start, place) < 0 && question.accepts(entry)) found.push(place);
    }
    if (found.length > 2 * most) found = found.sort(byNewest).slice(0, most);
    const last = rows.at(-1);
    if (rows.length < pendingGroup || !last) return found.sort(byNewest).slice(0, most);
    below = last.activity_id;
  }
}

/** Those records as a source; should there be more than fit, it looks again when it has given what it holds. */
export function tailSource(db: Executor, question: Question, start: Place, most: number): Source<Waiting> {
  let held: readonly Waiting[] | undefined;
  let next = 0;
  let below = start;
  return {
    async peek() {
      if (held === undefined || (next >= held.length && held.length === most)) {
        held = await newestWaiting(db, question, below, most);
        next = 0;
        below = held.at(-1) ?? below;
      }
      return held[next];
    },
    take() {
      next++;
    },
  };
}
