import { neighbourhood } from '../address/address.ts';
import type { CurrentSettings } from './current-settings.ts';
import { FloodGate } from './flood-gate.ts';

/** What is known of an address once it has sent a token that is not good. */
export interface Suspicion {
  /** Seconds to wait, or 0 as long as there have not been too many. */
  readonly retryAfter: number;
  /** Whether this one is worth a record: all until there are too many, then one a minute. */
  readonly telling: boolean;
}

const unsuspicious: Suspicion = { retryAfter: 0, telling: true };

/**
 * Counts bad tokens by the address they come from. Only bad ones are ever counted or refused for it: a good token is
 * found to be good first, whatever else its address sends.
 */
export class BadTokens {
  private readonly gate: FloodGate<string>;

  constructor(now: () => number) {
    this.gate = new FloodGate('', now);
  }

  count(address: string | undefined, { badTokensPerMinute }: CurrentSettings): Suspicion {
    if (badTokensPerMinute === 0) return unsuspicious;
    const client = address === undefined ? '' : neighbourhood(address);
    return this.gate.pass(client, { perSecond: badTokensPerMinute / 60, burst: badTokensPerMinute }) ?? unsuspicious;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.gate.size;
  }
}
