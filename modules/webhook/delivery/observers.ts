import { Clock, DatabaseRestored, observe, ProcessEnded } from '../../framework/index.ts';
import { Bell } from './background/bell.ts';
import { holdLanes } from './held/hold.ts';
import { releaseLanesOf } from './lane/release.ts';

/** What delivery does when a process is gone, and when the database is of yesterday. */
export const deliveryObservers = [
  observe(ProcessEnded, {
    id: 'webhook.release-lanes',
    when: 'transaction',
    inject: { clock: Clock, bell: Bell },
    async handle({ process }, { clock, bell }, tx) {
      await releaseLanesOf(tx, process, clock.now().getTime());
      tx.afterCommit(bell.ring);
    },
  }),
  observe(DatabaseRestored, {
    id: 'webhook.hold-lanes',
    when: 'transaction',
    handle: (_restored, _needs, tx) => holdLanes(tx),
  }),
];
