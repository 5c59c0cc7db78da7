const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** For how long a customer's work is tried again after its first attempt, where the LMS does not answer. */
export const triedFor = 72 * hour;

const firstWait = 10 * second;
const longestWait = 4 * hour;
/** What an LMS may ask for; more is cut. */
const longestAsked = hour;

/**
 * Milliseconds until the next attempt: from 10 s on doubling up to 4 h, and of that anything between the half and the
 * whole, so that what failed together does not come back together. Never less than the LMS has asked for.
 * @param random from 0 to below 1
 */
export function waitAfter(attempts: number, random: () => number, askedMs = 0): number {
  const whole = Math.min(longestWait, firstWait * 2 ** Math.min(attempts - 1, 20));
  return Math.max(Math.min(askedMs, longestAsked), Math.ceil(whole * (0.5 + random() / 2)));
}
