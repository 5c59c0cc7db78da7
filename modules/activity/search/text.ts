import type { DecodedEntry } from '../entry/decode.ts';
import { foldSubject } from './key.ts';

/** Everything that is written in a value, names of members included. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'boolean') yield String(value);
  else if (Array.isArray(value)) for (const member of value) yield* textsOf(member);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      yield name;
      yield* textsOf(member);
    }
}

/**
 * Whether a text stands anywhere in what an entry says: whom it is about, who asked, the reason, notes, attributes and
 * their values, the trace, the request as received. Upper and lower case are the same. No index knows this: whoever asks
 * looks at each entry.
 */
export function saysText(text: string): (entry: DecodedEntry) => boolean {
  const wanted = foldSubject(text);
  return ({ operation, subject, actor, request, reason, notes, changed, modified, trace, payload }) => {
    const notesOfTrace = trace?.map(({ note }) => note);
    const said = [operation, subject, actor, request, reason, notes, changed, modified, notesOfTrace, payload];
    // In one go, with what stands in no text between: folding is what costs.
    return foldSubject([...textsOf(said)].join('\u0000')).includes(wanted);
  };
}
