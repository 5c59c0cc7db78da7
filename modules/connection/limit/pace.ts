/** How fast something may go: so many a second in the long run, and so many at once after a rest. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** Time between two clearances of a full table. */
const sweepEvery = 1_000;

/**
 * Counts against a pace, per key, in constant time and with one number per key (the generic cell rate algorithm): the
 * moment at which everything counted so far would be over at the even pace. Keys that have rested are forgotten when
 * the table is full; what doesn't fit even then is counted together.
 */
export class PaceKeeper<K> {
  private readonly ends = new Map<K, number>();
  private readonly capacity: number;
  private readonly others: K;
  private readonly now: () => number;
  private sweptAt = Number.NEGATIVE_INFINITY;

  /** `now` answers milliseconds that never go back. */
  constructor(capacity: number, others: K, now: () => number) {
    this.capacity = capacity;
    this.others = others;
    this.now = now;
  }

  /** Counts one and answers 0, or counts nothing and answers the milliseconds after which one more would pass. */
  take(key: K, { perSecond, burst }: Pace): number {
    const now = this.now();
    const interval = 1_000 / perSecond;
    const held = this.placeOf(key, now);
    const end = Math.max(this.ends.get(held) ?? now, now);
    const wait = end - now - (burst - 1) * interval;
    // A float's error must not refuse the last of a burst.
    if (wait > 1e-6) return wait;
    this.ends.set(held, end + interval);
    return 0;
  }

  /** Counts some that have passed already, whether they fit or not: later ones wait for them. */
  charge(key: K, { perSecond }: Pace, amount: number): void {
    const now = this.now();
    const held = this.placeOf(key, now);
    this.ends.set(held, Math.max(this.ends.get(held) ?? now, now) + (amount * 1_000) / perSecond);
  }

  get size(): number {
    return this.ends.size;
  }

  private placeOf(key: K, now: number): K {
    if (this.ends.size < this.capacity || this.ends.has(key)) return key;
    if (now - this.sweptAt >= sweepEvery) {
      this.sweptAt = now;
      for (const [other, end] of this.ends) if (end <= now) this.ends.delete(other);
    }
    return this.ends.size < this.capacity ? key : this.others;
  }
}
