import { ActionButton, LinkButton, page, type Screen, screen, type Visit } from '../../../admin/index.ts';
import { Websites } from '../../../store/index.ts';
import { Deliveries, type TestAnswer } from '../../delivery/deliveries.ts';
import { HookCatalogue, scopeChoices } from '../../scope/catalogue.ts';
import { askedWebhook, type WebhookServices, webhookServices } from '../asked-webhook.ts';
import { DeliveryLog, logPage } from '../delivery/log.tsx';
import { listPath, nameOf, webhookPath } from '../places.ts';
import { SecretCard } from './secret-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { StatusCard } from './status-card.tsx';
import { TestCard } from './test-card.tsx';

export const showServices = {
  ...webhookServices,
  deliveries: Deliveries,
  websites: Websites,
  catalogue: HookCatalogue,
};
export interface ShowServices extends WebhookServices {
  readonly deliveries: Deliveries;
  readonly websites: Websites;
  readonly catalogue: HookCatalogue;
}

/** A subscription with its log; `test` is what a test event came to. */
export async function webhookScreen(visit: Visit, given: ShowServices, test?: TestAnswer): Promise<Screen> {
  const held = await askedWebhook(visit, given);
  const { webhook, connection } = held;
  const nowMs = given.clock.now().getTime();
  const log = await logPage(visit, given, webhook);
  const may = visit.may('webhook::manage');
  return screen({
    title: nameOf(webhook),
    back: { href: listPath(connection), label: connection ? `Webhooks of ${connection.name}` : 'Webhooks' },
    ...(log.problem === undefined ? {} : { status: 422 }),
    actions: may && (
      <>
        <LinkButton href={webhookPath(webhook, 'delete')} look="danger">
          Delete
        </LinkButton>
        <LinkButton href={webhookPath(webhook, 'edit')}>Edit</LinkButton>
        <ActionButton action={webhookPath(webhook, 'test')} look="primary" icon="bell">
          Send Test Event
        </ActionButton>
      </>
    ),
    body: (
      <>
        {test && <TestCard test={test} />}
        <div class="two-columns">
          <SettingsCard
            held={held}
            choices={scopeChoices(given.catalogue)}
            websites={await given.websites.websites()}
          />
          <div class="column">
            <StatusCard webhook={webhook} nowMs={nowMs} />
            <SecretCard webhook={webhook} nowMs={nowMs} />
          </div>
        </div>
        <DeliveryLog log={log} />
      </>
    ),
  });
}

export const webhookPage = page('/admin/webhooks/:id', {
  acl: 'webhook::view',
  inject: showServices,
  view: (visit, given) => webhookScreen(visit, given),
});
