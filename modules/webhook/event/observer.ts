import { ChangesCaptured } from '../../change-capture/index.ts';
import { type Observer, observe, type ServiceToken, service } from '../../framework/index.ts';
import { eventsOfChanges } from './captured-events.ts';
import type { FanOut } from './create-hook-events.ts';

export const EventFanOut: ServiceToken<FanOut> = service<FanOut>('webhook.FanOut');

/** In the transaction that takes the changes away: what is to be delivered of them stands when they are gone. */
export const changesAnnounced: Observer = observe(ChangesCaptured, {
  id: 'webhook.fan-out',
  when: 'transaction',
  inject: { fanOut: EventFanOut },
  handle: ({ changes }, { fanOut }, tx) => fanOut(tx, eventsOfChanges(changes)),
});
