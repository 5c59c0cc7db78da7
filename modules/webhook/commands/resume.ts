import { command } from '../../framework/index.ts';
import { HeldDeliveries } from '../delivery/held/held-deliveries.ts';
import { actor } from './given.ts';

/** `webhook:resume`: what to do with deliveries that waited in a backup. */
export const resumeCommand = command('webhook:resume', {
  describe: 'Send what is held since the database was brought back from a backup, or drop it',
  options: {
    drop: {
      type: 'boolean',
      describe: 'End what waited in the backup unsent, because it has been sent since; webhook:log shows it as failed',
    },
  },
  inject: { held: HeldDeliveries },
  run: ({ drop }, { held }) => held.resume(drop === true, actor),
  print({ released, dropped }, { drop }) {
    if (released === 0) return 'Nothing is held.';
    return drop === true
      ? `${dropped} ${dropped === 1 ? 'delivery was' : 'deliveries were'} dropped; what has happened since goes out.`
      : `Goes out now, in order: what was held of ${released} ${released === 1 ? 'customer or event' : 'customers and events'}.`;
  },
});
