/** Active customers per connection, as they were counted last. */
export interface ActiveCustomers {
  /** Undefined where that was too long ago. */
  known(connectionId: number, now: Date): number | undefined;
  remember(connectionId: number, active: number, now: Date): void;
}

/** The limit follows the size of a connection this slowly, in milliseconds; nothing is held without counting anew. */
const keptFor = 60_000;

/** In the memory of this process: nothing is held by what it says. */
export function createActiveCustomers(): ActiveCustomers {
  const counts = new Map<number, { readonly active: number; readonly at: number }>();
  return {
    known(connectionId, now) {
      const count = counts.get(connectionId);
      const age = count ? now.getTime() - count.at : Number.POSITIVE_INFINITY;
      return age >= 0 && age < keptFor ? count?.active : undefined;
    },
    remember(connectionId, active, now) {
      counts.set(connectionId, { active, at: now.getTime() });
    },
  };
}
