import { ActionButton, Card, Moment, usePage } from '../../../admin/index.ts';
import type { Webhook } from '../../webhook.ts';
import { webhookPath } from '../places.ts';
import { StateBadge, stateOf, type WebhookState } from '../state.tsx';

const words: Readonly<Record<WebhookState, string>> = {
  delivering: 'What happens is sent at once.',
  failing:
    'Deliveries fail. Each is repeated, ever more rarely, for up to three days; after five days without a success the webhook is switched off by itself.',
  paused: 'The receiver asked for a pause or failed several times in a row. What happens waits, and goes out in order.',
  disabled:
    'Look at what the receiver answered, mend it, and switch the webhook on again: what waits then goes out. What happens meanwhile is not kept for it.',
  off: 'Somebody switched it off. What waits stays until it is on again; what happens meanwhile is not kept for it.',
};

/** How a subscription fares, and its switch. */
export function StatusCard({ webhook, nowMs }: { webhook: Webhook; nowMs: number }) {
  const { visit } = usePage();
  const state = stateOf(webhook, nowMs);
  const { failingSinceMs, pausedUntilMs, disabledBecause } = webhook;
  return (
    <Card title="Status" aside={<StateBadge webhook={webhook} nowMs={nowMs} />}>
      {state === 'disabled' && (
        <p>
          <strong>{disabledBecause}</strong>
        </p>
      )}
      <p>{words[state]}</p>
      {failingSinceMs !== null && (
        <p class="muted">
          Nothing has arrived since <Moment at={new Date(failingSinceMs)} />.
        </p>
      )}
      {state === 'paused' && pausedUntilMs !== null && (
        <p class="muted">
          The next attempt is at <Moment at={new Date(pausedUntilMs)} />.
        </p>
      )}
      {visit.may('webhook::manage') && (
        <div class="button-row">
          <ActionButton
            action={webhookPath(webhook, 'switch')}
            fields={{ on: webhook.active ? '0' : '1' }}
            look={webhook.active ? 'plain' : 'primary'}
          >
            {webhook.active ? 'Switch Off' : 'Switch On Again'}
          </ActionButton>
        </div>
      )}
    </Card>
  );
}
