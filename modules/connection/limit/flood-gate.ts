import { type Pace, PaceKeeper } from './pace.ts';

/** Something that came too early. */
export interface TooSoon {
  /** Seconds after which the next one passes. */
  readonly retryAfter: number;
  /** True once a minute: the others of a flood are not worth a record each. */
  readonly telling: boolean;
}

/** How many keys are counted one by one; the rest of the world is counted together. */
const capacity = 10_000;
const oncePerMinute: Pace = { perSecond: 1 / 60, burst: 1 };

/** Lets things through at their pace, and says which of those that came too soon is to be told of. */
export class FloodGate<K> {
  private readonly pace: PaceKeeper<K>;
  private readonly told: PaceKeeper<K>;

  /** `now` answers milliseconds that never go back. */
  constructor(others: K, now: () => number) {
    this.pace = new PaceKeeper(capacity, others, now);
    this.told = new PaceKeeper(capacity, others, now);
  }

  /** Counts one, or answers that it came too soon. */
  pass(key: K, pace: Pace): TooSoon | undefined {
    const wait = this.pace.take(key, pace);
    if (wait === 0) return undefined;
    return { retryAfter: Math.ceil(wait / 1_000), telling: this.told.take(key, oncePerMinute) === 0 };
  }

  /** Counts some that have passed already. */
  charge(key: K, pace: Pace, amount: number): void {
    this.pace.charge(key, pace, amount);
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.pace.size;
  }
}
