import { action, redirect } from '../../../admin/index.ts';
import { actorOfVisit } from '../../../connection/index.ts';
import { replayed, replayNeeds } from '../../subscription/replaying.ts';
import { WebhookError } from '../../webhook-error.ts';
import { deliveryPath } from '../places.ts';
import { askedDelivery, deliveryServices } from './page.tsx';

/** Sends one delivery once more, in its turn. */
export const replayDelivery = action('/admin/webhooks/:id/deliveries/:delivery/replay', {
  acl: 'webhook::manage',
  inject: { ...deliveryServices, ...replayNeeds },
  async perform(visit, given) {
    const { delivery, webhook } = await askedDelivery(visit, given);
    const back = deliveryPath(delivery);
    try {
      await replayed(given, webhook.id, { delivery: delivery.id }, actorOfVisit(visit));
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      return redirect(back, { problem: error.message });
    }
    return redirect(
      back,
      webhook.active
        ? { done: 'The delivery is sent once more, under its old message id.' }
        : { note: 'The delivery waits: the webhook is off. It goes out when it is switched on again.' },
    );
  },
});
