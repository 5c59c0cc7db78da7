import type { Clock, Executor } from '../../framework/index.ts';
import { scopeCovers } from '../scope/scope.ts';
import { readListeners } from './audience.ts';

const goodForMs = 5_000;

/**
 * Whether anybody may listen to a scope, from memory, as of five seconds ago at most: what is announced by a request
 * costs nothing where nobody listens, but for one statement every five seconds. Whoever subscribes in this process is
 * known at once.
 */
export interface Interest {
  mayBeIn(db: Executor, scopes: readonly string[]): Promise<boolean>;
  changed(): void;
}

export function createInterest(clock: Clock): Interest {
  let held: { readonly patterns: readonly string[]; readonly at: number } | undefined;
  /** Counts changes, so that what was read before one is not kept after it. */
  let changes = 0;
  return {
    async mayBeIn(db, scopes) {
      const now = clock.now().getTime();
      let known = held;
      if (!known || Math.abs(now - known.at) >= goodForMs) {
        const before = changes;
        const listeners = await readListeners(db);
        known = { patterns: [...new Set(listeners.map(({ scope }) => scope))], at: now };
        if (changes === before) held = known;
      }
      const { patterns } = known;
      return scopes.some((scope) => patterns.some((pattern) => scopeCovers(pattern, scope)));
    },
    changed() {
      changes++;
      held = undefined;
    },
  };
}
