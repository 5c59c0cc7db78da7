import { Clock, DatabaseRestored, observe, ProcessEnded } from '../../framework/index.ts';
import { Bell } from './bell.ts';
import { giveUpWaiting, recoverThoseOf } from './claim.ts';

/** What becomes of mails when a process is gone, and when the database is of yesterday. */
export const mailObservers = [
  observe(ProcessEnded, {
    id: 'mail.recover-claimed',
    when: 'transaction',
    inject: { clock: Clock, bell: Bell },
    async handle({ process }, { clock, bell }, tx) {
      await recoverThoseOf(tx, process, clock.now().getTime());
      tx.afterCommit(bell.ring);
    },
  }),
  observe(DatabaseRestored, {
    id: 'mail.give-up-waiting',
    when: 'transaction',
    inject: { clock: Clock },
    handle: (_restored, { clock }, tx) => giveUpWaiting(tx, clock.now().getTime()),
  }),
];
