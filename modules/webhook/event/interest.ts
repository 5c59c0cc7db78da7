import type { ChangeOrigin } from '../../change-capture/index.ts';
import type { Clock, Executor } from '../../framework/index.ts';
import { scopeCovers } from '../scope/scope.ts';
import { hears, type Listener, readListeners } from './audience.ts';
import { changeScopes } from './captured-events.ts';

/** How long a process remembers who listens, in milliseconds. */
export const interestGoodForMs = 5_000;

/**
 * Whether anybody may listen, from memory, as of five seconds ago at most: what a request does or announces costs nothing
 * where nobody listens, but for one statement every five seconds. Whoever subscribes in this process is known at once.
 */
export interface Interest {
  mayBeIn(db: Executor, scopes: readonly string[]): Promise<boolean>;
  /** In changes of customers, whatever kind they are: what is told of one depends on the others in its batch. */
  mayBeInChanges(db: Executor, origin: ChangeOrigin): Promise<boolean>;
  changed(): void;
}

export function createInterest(clock: Clock): Interest {
  let held: { readonly listeners: readonly Listener[]; readonly at: number } | undefined;
  /** Counts changes, so that what was read before one is not kept after it. */
  let changes = 0;

  async function listenersTo(db: Executor, scopes: readonly string[]): Promise<readonly Listener[]> {
    const now = clock.now().getTime();
    let known = held;
    if (!known || Math.abs(now - known.at) >= interestGoodForMs) {
      const before = changes;
      known = { listeners: await readListeners(db), at: now };
      if (changes === before) held = known;
    }
    return known.listeners.filter((listener) => scopes.some((scope) => scopeCovers(listener.scope, scope)));
  }

  return {
    mayBeIn: async (db, scopes) => (await listenersTo(db, scopes)).length > 0,
    mayBeInChanges: async (db, origin) =>
      (await listenersTo(db, changeScopes)).some((listener) => hears(listener, origin)),
    changed() {
      changes++;
      held = undefined;
    },
  };
}
