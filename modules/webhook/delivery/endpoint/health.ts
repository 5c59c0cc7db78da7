import { pauseAfter, type Random } from './backoff.ts';

/** How an endpoint has been doing, as its subscription's row says. */
export interface Health {
  /** Failures in a row that count against the endpoint. */
  readonly failures: number;
  /** Since when nothing has succeeded, and the last time something failed. */
  readonly failingSinceMs: number | null;
  readonly failedMs: number | null;
  readonly pausedUntilMs: number | null;
}

export const healthy: Health = { failures: 0, failingSinceMs: null, failedMs: null, pausedUntilMs: null };

/** What an attempt tells of an endpoint. */
export type Sign =
  | { readonly kind: 'success' }
  /**
   * `counts`: it can't be the fault of what was sent, or was the first attempt at that; `probe`: it was the one request
   * after a pause; `askedMs`: how long the endpoint asks to be left alone.
   */
  | {
      readonly kind: 'failure';
      readonly counts: boolean;
      readonly probe: boolean;
      readonly askedMs?: number | undefined;
    };

const day = 86_400_000;
/** As many failures in a row are borne before an endpoint is left alone. */
export const borne = 5;
/** Without any success for so long it is switched off. */
export const failingFor = 5 * day;
/** Trouble that was not heard of for so long is over: the next failure begins another. */
const forgottenAfter = day;

/**
 * An endpoint's health after what was heard of it, in that order. While it is left alone, what was under way before does
 * not lengthen the pause; any success ends it.
 */
export function healthAfter(before: Health, signs: readonly Sign[], nowMs: number, random: Random): Health {
  let health = before;
  for (const sign of signs) {
    if (sign.kind === 'success') {
      health = healthy;
      continue;
    }
    const { failures, failingSinceMs, failedMs, pausedUntilMs } = health;
    const continues = failingSinceMs !== null && nowMs - (failedMs ?? failingSinceMs) <= forgottenAfter;
    const spared = pausedUntilMs !== null && pausedUntilMs > nowMs && !sign.probe;
    const counted = sign.probe || (sign.counts && !spared) ? failures + 1 : failures;
    const pause = Math.max(
      sign.askedMs ?? 0,
      !spared && (counted >= borne || sign.probe) ? pauseAfter(Math.max(0, counted - borne), random) : 0,
    );
    health = {
      failures: counted,
      failingSinceMs: continues ? failingSinceMs : nowMs,
      failedMs: nowMs,
      pausedUntilMs: pause > 0 ? Math.max(spared ? pausedUntilMs : 0, nowMs + pause) : pausedUntilMs,
    };
  }
  return health;
}

/** Whether an endpoint in this state is to be switched off. */
export const isLost = ({ failingSinceMs, failedMs }: Health): boolean =>
  failingSinceMs !== null && failedMs !== null && failedMs - failingSinceMs >= failingFor;
