import { type OutgoingAnswer, OutgoingError } from '../../../framework/index.ts';
import { longestRetryAfter } from '../endpoint/backoff.ts';
import { answerText } from './answer-text.ts';
import { retryAfter } from './retry-after.ts';

/**
 * What came of an attempt. `refused`: the server answered, and may have something against what was sent; `unreachable`:
 * nothing that is sent would arrive now; `gone`: it wants nothing any more; `unsent`: there was nothing to send;
 * `interrupted`: this process ends.
 */
export type Verdict = 'delivered' | 'refused' | 'unreachable' | 'gone' | 'unsent' | 'interrupted';

export interface Attempt {
  readonly verdict: Verdict;
  readonly status: number | null;
  readonly durationMs: number;
  /** In words, with a cure; null where it was delivered. */
  readonly note: string | null;
  readonly answer: string | null;
  /** How long the receiver asks to be left alone, milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** Of these it does not matter what was sent. */
const away: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const mayAsk: ReadonlySet<number> = new Set([429, 503]);

/** Reads what a receiver answered: 2xx is delivered, whatever else it says. */
export function verdictOf({ status, headers, body }: OutgoingAnswer, durationMs: number, nowMs: number): Attempt {
  const said = { status, durationMs, answer: answerText(body) };
  if (status >= 200 && status < 300) return { verdict: 'delivered', ...said, note: null };
  if (status === 410)
    return { verdict: 'gone', ...said, note: 'The receiver answered 410: it is gone and wants no more events.' };
  const asked = mayAsk.has(status) ? retryAfter(headers['retry-after'], nowMs, longestRetryAfter) : undefined;
  return {
    verdict: away.has(status) ? 'unreachable' : 'refused',
    ...said,
    note: noteOf(status),
    ...(asked === undefined ? {} : { retryAfterMs: asked }),
  };
}

function noteOf(status: number): string {
  if (status >= 300 && status < 400)
    return `The receiver answered ${status}: it leads elsewhere, and redirects are not followed; use the address that it leads to.`;
  if (status === 401 || status === 403)
    return `The receiver answered ${status}: it did not accept the headers or the signature; compare both sides' secrets.`;
  if (status === 404) return 'The receiver answered 404: there is nothing at this address; look whether it is right.';
  if (status === 429) return 'The receiver answered 429: it wants fewer requests at a time.';
  if (status >= 500) return `The receiver answered ${status}: something is wrong on its side.`;
  return `The receiver answered ${status}: it takes only what it acknowledges with 2xx.`;
}

/** What an error before the answer means. */
export function verdictOfError(error: unknown, durationMs: number): Attempt {
  const nothing = { status: null, durationMs, answer: null };
  if (error instanceof OutgoingError) {
    if (error.code === 'OUTGOING_ABORTED') return { verdict: 'interrupted', ...nothing, note: error.message };
    const cure = error.code === 'OUTGOING_ADDRESS' ? ' The field is webhook/security/allowed_hosts.' : '';
    return { verdict: 'unreachable', ...nothing, note: `${error.message}${cure}` };
  }
  const what = error instanceof Error ? error.message : String(error);
  return { verdict: 'unsent', ...nothing, note: `The event could not be put together: ${what}` };
}
