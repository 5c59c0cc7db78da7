import { firstPause, longestPause } from './backoff.ts';

/** Websites whose server cannot be worked with at present, so that not every waiting mail finds that out by itself. */
export interface Pauses {
  /** Leaves the website's server alone, twice as long as the last time; answers for how many milliseconds. */
  begin(websiteId: number, now: number): number;
  end(websiteId: number): void;
  /** The websites that are left alone now. */
  current(now: number): readonly number[];
}

/** Kept by each process for itself: it only spares attempts. */
export function createPauses(): Pauses {
  const pauses = new Map<number, { readonly until: number; readonly length: number }>();
  return {
    begin(websiteId, now) {
      const last = pauses.get(websiteId);
      const length = last ? Math.min(last.length * 2, longestPause) : firstPause;
      pauses.set(websiteId, { until: now + length, length });
      return length;
    },
    end(websiteId) {
      pauses.delete(websiteId);
    },
    current: (now) => [...pauses].filter(([, { until }]) => until > now).map(([websiteId]) => websiteId),
  };
}
