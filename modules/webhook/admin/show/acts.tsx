import { action, confirmation, counted, page, redirect } from '../../../admin/index.ts';
import { actorOfVisit } from '../../../connection/index.ts';
import { Deliveries } from '../../delivery/deliveries.ts';
import { WebhookError } from '../../webhook-error.ts';
import { askedWebhook, webhookServices } from '../asked-webhook.ts';
import { listPath, shortNameOf, webhookPath } from '../places.ts';
import { showServices, webhookScreen } from './page.tsx';

const acl = 'webhook::manage';

/** Sends a test event at once, and shows it with the answer above the subscription. */
export const testWebhook = action('/admin/webhooks/:id/test', {
  acl,
  inject: showServices,
  async perform(visit, given) {
    const { webhook } = await askedWebhook(visit, given);
    return webhookScreen(visit, given, await given.deliveries.test(webhook.id));
  },
});

export const switchWebhook = action('/admin/webhooks/:id/switch', {
  acl,
  inject: webhookServices,
  async perform(visit, given) {
    const { webhook } = await askedWebhook(visit, given);
    const active = visit.form.get('on') === '1';
    try {
      await given.database.transaction((tx) =>
        given.webhooks.change(tx, webhook.id, { active }, given.clock.now(), actorOfVisit(visit)),
      );
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      return redirect(webhookPath(webhook), { problem: error.message });
    }
    return redirect(webhookPath(webhook), {
      done: active ? 'The webhook is on: what waits goes out now.' : 'The webhook is off.',
    });
  },
});

const mostCounted = 10_000;
const unsent = (count: number): string =>
  count >= mostCounted
    ? `${mostCounted.toLocaleString('en')} or more deliveries`
    : counted(count, 'delivery', 'deliveries');

export const deleteWebhookPage = page('/admin/webhooks/:id/delete', {
  acl,
  inject: { ...webhookServices, deliveries: Deliveries },
  async view(visit, given) {
    const { webhook } = await askedWebhook(visit, given);
    const waiting = await given.deliveries.count(
      given.database,
      { webhookId: webhook.id, state: 'waiting' },
      mostCounted,
    );
    return confirmation({
      title: `Delete the webhook ${shortNameOf(webhook)}?`,
      action: webhookPath(webhook, 'delete'),
      confirm: 'Delete Webhook',
      back: webhookPath(webhook),
      children: (
        <>
          <p>
            {waiting === 0
              ? 'Nothing waits for it.'
              : `${unsent(waiting)} still ${waiting === 1 ? 'waits' : 'wait'} for it and will never be sent.`}{' '}
            Its log, its headers and its signing secret go with it. This can't be undone.
          </p>
          <p class="code">{webhook.destination}</p>
        </>
      ),
    });
  },
});

export const deleteWebhook = action('/admin/webhooks/:id/delete', {
  acl,
  fresh: true,
  inject: webhookServices,
  async perform(visit, given) {
    const { webhook, connection } = await askedWebhook(visit, given);
    await given.database.transaction((tx) => given.webhooks.delete(tx, webhook.id, actorOfVisit(visit)));
    return redirect(listPath(connection), { done: `The webhook ${shortNameOf(webhook)} is deleted.` });
  },
});
