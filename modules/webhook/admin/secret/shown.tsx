import { Card, Copyable, LinkButton, Notice, type Screen, screen } from '../../../admin/index.ts';
import type { Webhook } from '../../webhook.ts';
import { shortNameOf, webhookPath } from '../places.ts';

const next: Readonly<Record<'created' | 'rotated', string>> = {
  created: 'Then send a test event: it shows what arrives and what the receiver answers.',
  rotated: 'Until the time you chose, deliveries are signed with the secret before it as well.',
};

/** A signing secret in the one moment in which it is known. */
export function secretShown(made: { webhook: Webhook; secret: string }, after: 'created' | 'rotated'): Screen {
  const { webhook, secret } = made;
  return screen({
    title: 'Copy the Signing Secret',
    back: { href: webhookPath(webhook), label: shortNameOf(webhook) },
    actions: (
      <LinkButton href={webhookPath(webhook)} look="primary">
        Done
      </LinkButton>
    ),
    body: (
      <Card title={`For the receiver of ${shortNameOf(webhook)}`}>
        <Notice kind="note">
          <p>
            <strong>Copy the secret now.</strong> It is shown only here. {next[after]}
          </p>
        </Notice>
        <div class="copy-value">
          <Copyable label="Signing Secret" value={secret} id="signing-secret" />
          <p class="field-help">
            The receiver checks the header <code>webhook-signature</code> with it, as Standard Webhooks says; libraries
            for that take the secret as it stands. A receiver that checks nothing, such as miniOrange, does not need it:
            its own header tells it who calls.
          </p>
        </div>
      </Card>
    ),
  });
}
