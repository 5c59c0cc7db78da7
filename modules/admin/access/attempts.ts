/** Refusals per network address: an address that guesses at many accounts is slowed down before a hash is computed. */
export interface Attempts {
  /** Whether this address has to wait. */
  exhausted(address: string, now: Date): boolean;
  failed(address: string, now: Date): void;
}

/** Behind a reverse proxy all share its address: accounts are guarded one by one besides. */
const most = 100;
const spanMs = 10 * 60_000;
/** More addresses than this are not remembered: the oldest are forgotten. */
const mostAddresses = 10_000;

export function createAttempts(): Attempts {
  const counts = new Map<string, { began: number; failures: number }>();
  return {
    exhausted(address, now) {
      const found = counts.get(address);
      return found !== undefined && now.getTime() - found.began < spanMs && found.failures >= most;
    },
    failed(address, now) {
      const found = counts.get(address);
      if (found && now.getTime() - found.began < spanMs) {
        found.failures++;
        return;
      }
      counts.delete(address);
      counts.set(address, { began: now.getTime(), failures: 1 });
      if (counts.size > mostAddresses) counts.delete(counts.keys().next().value ?? '');
    },
  };
}
