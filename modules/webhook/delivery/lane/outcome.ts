import type { Attempt } from '../attempt/verdict.ts';
import { longestRetryAfter, type Random, triedFor, waitAfter } from '../endpoint/backoff.ts';
import type { Sign } from '../endpoint/health.ts';
import type { ClaimedDelivery, EmptyLane } from './claim.ts';

/** What is to be written down about a lane that was claimed. */
export type Outcome =
  /** Nothing was tried, or nothing can be said: the lane is as it was. */
  | { readonly kind: 'returned'; readonly delivery: ClaimedDelivery; readonly dueMs: number }
  /** Nothing was in it. */
  | { readonly kind: 'empty'; readonly lane: EmptyLane }
  | {
      readonly kind: 'ended';
      readonly state: 'delivered' | 'failed';
      readonly delivery: ClaimedDelivery;
      readonly attempt: Attempt;
      readonly sign: Sign | undefined;
      readonly atMs: number;
    }
  | {
      readonly kind: 'later';
      readonly nextMs: number;
      readonly delivery: ClaimedDelivery;
      readonly attempt: Attempt;
      readonly sign: Sign | undefined;
      readonly atMs: number;
    };

/** A failure that must not be asked about for a while: something on this side does not work. */
const unsentWait = 30_000;

/** Decides what follows from an attempt. `probe`: it was the one request after a pause. */
export function outcomeOf(
  delivery: ClaimedDelivery,
  attempt: Attempt,
  probe: boolean,
  atMs: number,
  random: Random,
): Outcome {
  const { verdict, retryAfterMs } = attempt;
  if (verdict === 'interrupted') return { kind: 'returned', delivery, dueMs: delivery.dueMs };
  const said = { delivery, attempt, sign: signOf(delivery, attempt, probe), atMs };
  if (verdict === 'delivered' || verdict === 'gone')
    return { kind: 'ended', state: verdict === 'gone' ? 'failed' : 'delivered', ...said };
  const firstMs = delivery.triedMs ?? atMs;
  if (atMs - firstMs >= triedFor)
    return { kind: 'ended', state: 'failed', ...said, attempt: givenUp(delivery, attempt) };
  const asked = Math.min(longestRetryAfter, retryAfterMs ?? 0);
  const wait = waitAfter(delivery.attempts + 1, random, verdict === 'unsent' ? unsentWait : asked);
  // The last attempt is made when the three days are over, not some time before.
  return { kind: 'later', nextMs: Math.min(atMs + wait, Math.max(atMs + asked, firstMs + triedFor)), ...said };
}

/** What the attempt tells of the endpoint; nothing where it never heard of it. */
function signOf(delivery: ClaimedDelivery, { verdict, retryAfterMs }: Attempt, probe: boolean): Sign | undefined {
  if (verdict === 'delivered') return { kind: 'success' };
  if (verdict === 'unsent') return undefined;
  // A poisonous event fails again and again where all others would be taken: it counts once.
  const counts = verdict === 'unreachable' || delivery.attempts === 0;
  return { kind: 'failure', counts, probe, askedMs: retryAfterMs };
}

const givenUp = ({ attempts }: ClaimedDelivery, attempt: Attempt): Attempt => ({
  ...attempt,
  note: `Given up after ${attempts + 1} attempts in three days. ${attempt.note ?? ''}`.trim(),
});
