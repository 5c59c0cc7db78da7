import {
  ActionButton,
  Card,
  DefinitionList,
  Moment,
  Notice,
  page,
  screen,
  usePage,
  type Visit,
} from '../../../admin/index.ts';
import { HttpError } from '../../../framework/index.ts';
import { Deliveries, type Delivery } from '../../delivery/deliveries.ts';
import { HookCatalogue, scopeChoices } from '../../scope/catalogue.ts';
import {
  askedDeliveryId,
  askedWebhook,
  type HeldWebhook,
  type WebhookServices,
  webhookServices,
} from '../asked-webhook.ts';
import { scopeLabel } from '../form/scope-picker.tsx';
import { deliveryPath, shortNameOf, webhookPath } from '../places.ts';
import { AnswerText } from '../show/test-card.tsx';
import { CustomerLink } from './log.tsx';
import { DeliveryBadge, spanWords } from './words.tsx';

export const deliveryServices = { ...webhookServices, deliveries: Deliveries };
interface DeliveryServices extends WebhookServices {
  readonly deliveries: Deliveries;
}

/** The delivery that an address names. @throws HttpError 404 for one of another subscription, too */
export async function askedDelivery(
  visit: Visit,
  given: DeliveryServices,
): Promise<HeldWebhook & { readonly delivery: Delivery }> {
  const held = await askedWebhook(visit, given);
  const delivery = await given.deliveries.find(given.database, askedDeliveryId(visit));
  if (delivery?.webhookId !== held.webhook.id)
    throw new HttpError(404, 'NOT_FOUND', 'There is no such delivery; the log is kept for a time only.');
  return { ...held, delivery };
}

const at = (ms: number | null) => <Moment at={ms === null ? null : new Date(ms)} />;

const endWords = ({ state }: Delivery): string => (state === 'delivered' ? 'Delivered' : 'Given up');

/** How often it was tried, what came of the last attempt, and when the next one is. */
function Attempts({ delivery }: { delivery: Delivery }) {
  const { visit } = usePage();
  const { attempts, nextMs, endedMs, durationMs, status, note, answer, state } = delivery;
  return (
    <Card title="Attempts" aside={<DeliveryBadge delivery={delivery} />}>
      {note !== null && <Notice kind={state === 'delivered' ? 'note' : 'problem'}>{note}</Notice>}
      <DefinitionList
        items={[
          ['Attempts', attempts === 0 ? 'none yet' : String(attempts)],
          ['Next attempt', endedMs === null ? at(nextMs) : undefined],
          [endWords(delivery), endedMs === null ? undefined : at(endedMs)],
          ['Last answer', attempts === 0 ? undefined : status === null ? 'none' : String(status)],
          ['It took', attempts === 0 || durationMs === null ? undefined : spanWords(durationMs)],
        ]}
      />
      {attempts > 0 && status !== null && visit.may('webhook::manage') && (
        <div class="answered">
          <h3>What the receiver answered</h3>
          <AnswerText answer={answer} id="answer" />
        </div>
      )}
    </Card>
  );
}

/** One delivery: what happened, how often it was sent, and what the receiver said. */
export const deliveryPage = page('/admin/webhooks/:id/deliveries/:delivery', {
  acl: 'webhook::view',
  inject: { ...deliveryServices, catalogue: HookCatalogue },
  async view(visit, given) {
    const { webhook, delivery } = await askedDelivery(visit, given);
    const { scope, customerId, messageId, createdMs, endedMs } = delivery;
    return screen({
      title: `Delivery ${delivery.id}`,
      back: { href: webhookPath(webhook), label: shortNameOf(webhook) },
      actions: visit.may('webhook::manage') && endedMs !== null && (
        <ActionButton action={deliveryPath(delivery, 'replay')} look="primary">
          Replay
        </ActionButton>
      ),
      body: (
        <div class="two-columns">
          <Attempts delivery={delivery} />
          <Card title="What happened">
            <DefinitionList
              items={[
                ['Event', scopeLabel(scope, scopeChoices(given.catalogue))],
                [
                  'Scope',
                  <span key="scope" class="code">
                    {scope}
                  </span>,
                ],
                ['Customer', <CustomerLink key="customer" id={customerId} />],
                ['Happened', at(createdMs)],
                [
                  'Message ID',
                  <span key="message" class="code">
                    {messageId}
                  </span>,
                ],
              ]}
            />
            <p class="muted">
              Every attempt carries this id as <code>webhook-id</code>, a replay as well: a receiver that remembers it
              does nothing twice.
            </p>
          </Card>
        </div>
      ),
    });
  },
});
