import { ChangeInterests, ChangesCaptured } from '../../change-capture/index.ts';
import {
  type Contribution,
  contribute,
  type Observer,
  observe,
  type ServiceToken,
  service,
} from '../../framework/index.ts';
import { eventsOfChanges } from './captured-events.ts';
import type { FanOut } from './create-hook-events.ts';
import type { Interest } from './interest.ts';

export const EventFanOut: ServiceToken<FanOut> = service<FanOut>('webhook.FanOut');

export const Listening: ServiceToken<Interest> = service<Interest>('webhook.Interest');

/** In the transaction that takes the changes away: what is to be delivered of them stands when they are gone. */
export const changesAnnounced: Observer = observe(ChangesCaptured, {
  id: 'webhook.fan-out',
  when: 'transaction',
  inject: { fanOut: EventFanOut },
  handle: ({ changes }, { fanOut }, tx) => fanOut(tx, eventsOfChanges(changes)),
});

/** Changes of this host's leave no row where no subscription would be told of them. */
export const interestInChanges: Contribution = contribute(ChangeInterests, { interest: Listening }, ({ interest }) => ({
  observer: changesAnnounced.id,
  wants: (db, origin) => interest.mayBeInChanges(db, origin),
}));
