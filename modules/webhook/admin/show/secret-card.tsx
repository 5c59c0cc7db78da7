import { Card, LinkButton, Moment, usePage } from '../../../admin/index.ts';
import type { Webhook } from '../../webhook.ts';
import { webhookPath } from '../places.ts';

/** How a receiver knows who calls. The secret itself is shown to nobody any more. */
export function SecretCard({ webhook, nowMs }: { webhook: Webhook; nowMs: number }) {
  const { visit } = usePage();
  const { oldSecretUntilMs } = webhook;
  return (
    <Card title="Signature">
      <p>
        Every delivery carries <code>webhook-id</code>, <code>webhook-timestamp</code> and{' '}
        <code>webhook-signature</code>, as Standard Webhooks says. A repeated delivery keeps its <code>webhook-id</code>
        , so the receiver knows it again.
      </p>
      {oldSecretUntilMs !== null && oldSecretUntilMs > nowMs && (
        <p>
          A rotation is under way: the secret before the present one signs as well until{' '}
          <Moment at={new Date(oldSecretUntilMs)} />.
        </p>
      )}
      {visit.may('webhook::manage') && (
        <div class="button-row">
          <LinkButton href={webhookPath(webhook, 'secret')} icon="key">
            Rotate Secret
          </LinkButton>
        </div>
      )}
    </Card>
  );
}
