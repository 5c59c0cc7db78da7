import { randomUUID } from 'node:crypto';
import type { Clock, Transaction } from '../../framework/index.ts';
import type { DeliveryQueue } from '../delivery/queue.ts';
import type { HookEvents } from '../hook-event.ts';
import { audienceOf, readListeners } from './audience.ts';
import type { DistinctEvent } from './captured-events.ts';
import { eventHash } from './hash.ts';
import type { Interest } from './interest.ts';

/** Writes what is to be delivered, in the transaction of what happened. */
export type FanOut = (tx: Transaction, events: readonly DistinctEvent[]) => Promise<void>;

/** Asks once who listens, for any number of events. */
export const createFanOut =
  (queue: DeliveryQueue, clock: Clock): FanOut =>
  async (tx, events) => {
    if (events.length === 0) return;
    const listeners = await readListeners(tx);
    const items = events.flatMap(({ event, distinct }) => {
      const webhookIds = audienceOf(listeners, event);
      return webhookIds.length === 0 ? [] : [{ event, hash: eventHash(event, distinct), webhookIds }];
    });
    if (items.length > 0) await queue.enqueue(tx, clock.now().getTime(), items);
  };

/** For the announcements of other rooms. */
export const createHookEvents = (fanOut: FanOut, interest: Interest): HookEvents => ({
  async announce(tx, events) {
    if (events.length === 0) return;
    const scopes = [...new Set(events.map(({ scope }) => scope))];
    if (!(await interest.mayBeIn(tx, scopes))) return;
    await fanOut(
      tx,
      events.map((event) => ({ event, distinct: randomUUID() })),
    );
  },
});
