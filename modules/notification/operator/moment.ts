const hour = 3_600_000;

/** Clocks of several processes differ: a mail that is due so soon may be on its way already. */
const margin = 60_000;

/**
 * When an alert is mailed that comes up `now`, if the newest mail about its cause is (or was) due at `last`; milliseconds,
 * 0 where there was none. At once; or with the mail that is to come; or an hour after the last one.
 */
export function mailMoment(last: number, now: number): number {
  // Further ahead than any mail is ever planned: the clock has been put back.
  if (last > now + hour + margin) return now;
  return last > now + margin ? last : Math.max(now, last + hour);
}
