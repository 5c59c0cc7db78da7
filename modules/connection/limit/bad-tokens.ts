import { neighbourhood } from '../address/address.ts';
import type { CurrentSettings } from './current-settings.ts';
import { type Pace, PaceKeeper } from './pace.ts';

/** What is known of an address once it has sent a token that is not good. */
export interface Suspicion {
  /** Seconds to wait, or 0 as long as there have not been too many. */
  readonly retryAfter: number;
  /** Whether this one is worth a record: all until there are too many, then one a minute. */
  readonly telling: boolean;
}

/** How many addresses are counted one by one; the rest of the world is counted together. */
const capacity = 10_000;
const oncePerMinute: Pace = { perSecond: 1 / 60, burst: 1 };

/**
 * Counts bad tokens by the address they come from. Only bad ones are ever counted or refused for it: a good token is
 * found to be good first, whatever else its address sends.
 */
export class BadTokens {
  private readonly pace: PaceKeeper<string>;
  private readonly told: PaceKeeper<string>;

  constructor(now: () => number) {
    this.pace = new PaceKeeper(capacity, '', now);
    this.told = new PaceKeeper(capacity, '', now);
  }

  count(address: string | undefined, { badTokensPerMinute }: CurrentSettings): Suspicion {
    if (badTokensPerMinute === 0) return { retryAfter: 0, telling: true };
    const client = address === undefined ? '' : neighbourhood(address);
    const wait = this.pace.take(client, { perSecond: badTokensPerMinute / 60, burst: badTokensPerMinute });
    if (wait === 0) return { retryAfter: 0, telling: true };
    return { retryAfter: Math.ceil(wait / 1_000), telling: this.told.take(client, oncePerMinute) === 0 };
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.pace.size;
  }
}
