import { Activities } from '../../activity/index.ts';
import { Clock, Database, type Resolved } from '../../framework/index.ts';
import { Deliveries, type DeliveryFilter } from '../delivery/deliveries.ts';
import { Webhooks } from '../webhook.ts';
import { unknownWebhook, WebhookError } from '../webhook-error.ts';

/** What a replay needs, to be injected. */
export const replayNeeds = {
  database: Database,
  webhooks: Webhooks,
  deliveries: Deliveries,
  activities: Activities,
  clock: Clock,
};

/** One delivery, or those of a span; of a subscription in either case. */
export type ToReplay = { readonly delivery: number } | Omit<DeliveryFilter, 'webhookId' | 'ended'>;

/**
 * Sends once more what has ended, some thousand at a time, each in a transaction of its own, and records it under the
 * name of who asked. Answers how many.
 * @throws WebhookError `WEBHOOK_UNKNOWN`, `DELIVERY_UNKNOWN`, `DELIVERY_NOT_ENDED`
 */
export async function replayed(
  { database, webhooks, deliveries, activities, clock }: Resolved<typeof replayNeeds>,
  webhookId: number,
  which: ToReplay,
  by: string,
): Promise<number> {
  const webhook = await webhooks.find(database, webhookId);
  if (!webhook) throw unknownWebhook(webhookId);
  const now = clock.now();
  if ('delivery' in which && (await deliveries.find(database, which.delivery))?.webhookId !== webhookId)
    throw new WebhookError(
      'DELIVERY_UNKNOWN',
      `The webhook ${webhookId} has no delivery ${which.delivery}; webhook:log shows those there are.`,
    );
  const wanted = 'delivery' in which ? { id: which.delivery } : { ...which, webhookId };
  const part = (before: number) =>
    database.transaction(async (tx) => {
      const count = await deliveries.replay(tx, wanted, now);
      if (count > 0)
        activities.record(tx, {
          at: now,
          operation: 'webhook.replay',
          outcome: 'done',
          status: 200,
          ...(webhook.connectionId === null ? {} : { connectionId: webhook.connectionId }),
          subject: `webhook ${webhookId}`,
          actor: by,
          notes: [`${before + count} ${before + count === 1 ? 'delivery is' : 'deliveries are'} sent once more.`],
        });
      return count;
    });

  if ('delivery' in which) return part(0);
  let total = 0;
  for (let count = await part(0); count > 0; count = await part(total)) total += count;
  return total;
}
