import { action, counted, redirect } from '../../../admin/index.ts';
import { actorOfVisit } from '../../../connection/index.ts';
import { HeldDeliveries } from '../../delivery/held/held-deliveries.ts';
import { allPath, heldPath } from '../places.ts';

/** Lets go what is held, or drops what waited in the backup. */
export const resumeHeld = action(heldPath, {
  acl: 'webhook::manage',
  inject: { held: HeldDeliveries },
  async perform(visit, { held }) {
    const drop = visit.form.get('drop') === '1';
    const { released, dropped } = await held.resume(drop, actorOfVisit(visit));
    if (released === 0) return redirect(allPath, { note: 'Nothing is held any more.' });
    return redirect(allPath, {
      done: drop
        ? `${counted(dropped, 'delivery was', 'deliveries were')} dropped; each can still be replayed. What has happened since goes out.`
        : 'What was held goes out now, in order for each customer.',
    });
  },
});
