import type { Connection } from '../connection.ts';
import type { CurrentSettings } from './current-settings.ts';
import { type Pace, PaceKeeper } from './pace.ts';

/** A request that came too early. */
export interface TooSoon {
  /** Seconds after which the next one is served. */
  readonly retryAfter: number;
  /** True once a minute: the others of a flood are not worth a record each. */
  readonly telling: boolean;
}

/** How many connections are counted one by one. */
const capacity = 10_000;
const oncePerMinute: Pace = { perSecond: 1 / 60, burst: 1 };

/** Keeps connections to their pace. Each process counts for itself, so n of them let n times as much through. */
export class RequestLimits {
  private readonly pace: PaceKeeper<number>;
  private readonly told: PaceKeeper<number>;

  constructor(now: () => number) {
    this.pace = new PaceKeeper(capacity, 0, now);
    this.told = new PaceKeeper(capacity, 0, now);
  }

  /** Counts a request, or answers that it came too soon. */
  admit(connection: Connection, settings: CurrentSettings): TooSoon | undefined {
    const pace = paceOf(connection, settings);
    if (!pace) return undefined;
    const wait = this.pace.take(connection.id, pace);
    if (wait === 0) return undefined;
    return { retryAfter: Math.ceil(wait / 1_000), telling: this.told.take(connection.id, oncePerMinute) === 0 };
  }

  /** Counts what came in one request but is as much work as many. */
  charge(connection: Connection, settings: CurrentSettings, amount: number): void {
    const pace = paceOf(connection, settings);
    if (pace) this.pace.charge(connection.id, pace, amount);
  }
}

function paceOf({ policy }: Connection, settings: CurrentSettings): Pace | undefined {
  const perSecond = policy.requestsPerSecond ?? settings.requestsPerSecond;
  return perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, perSecond * settings.burstSeconds) };
}
