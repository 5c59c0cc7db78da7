const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** For how long a delivery is tried again after its first attempt. */
export const triedFor = 72 * hour;

const firstWait = 5 * second;
const longestWait = 8 * hour;
const firstPause = 2 * second;
const longestPause = 5 * minute;
/** What a receiver may ask for; more is cut. */
export const longestRetryAfter = hour;

/** A number from 0 to below 1. */
export type Random = () => number;

/**
 * Milliseconds until a delivery is tried again: anything up to 5 s after the first attempt, doubling up to 8 h ("full
 * jitter"), so that what failed together does not come back together. Never less than asked for by the receiver.
 */
export const waitAfter = (attempts: number, random: Random, retryAfterMs = 0): number =>
  Math.max(retryAfterMs, Math.ceil(random() * Math.min(longestWait, firstWait * 2 ** Math.min(attempts - 1, 20))));

/**
 * Milliseconds that an endpoint is left alone after this many failures beyond what is borne: 2 s, doubling up to 5 min,
 * and up to as much again less.
 */
export const pauseAfter = (excess: number, random: Random): number =>
  Math.ceil(Math.min(longestPause, firstPause * 2 ** Math.min(excess, 20)) * (0.5 + random() / 2));
