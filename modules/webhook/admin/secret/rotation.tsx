import {
  action,
  Button,
  Form,
  FormButtons,
  LinkButton,
  Moment,
  page,
  type Screen,
  SelectField,
  screen,
} from '../../../admin/index.ts';
import { actorOfVisit } from '../../../connection/index.ts';
import type { Webhook } from '../../webhook.ts';
import { askedWebhook, webhookServices } from '../asked-webhook.ts';
import { shortNameOf, webhookPath } from '../places.ts';
import { secretShown } from './shown.tsx';

const acl = 'webhook::manage';
const hour = 3_600_000;

const overlaps = [
  ['1', 'An hour'],
  ['24', 'A day'],
  ['168', 'A week'],
  ['0', 'Not at all: only the new one counts'],
] as const;

const hoursOf = (sent: string | null): number => Number(overlaps.find(([hours]) => hours === sent)?.[0] ?? '24');

const rotationScreen = (webhook: Webhook, nowMs: number): Screen => {
  const { oldSecretUntilMs } = webhook;
  return screen({
    title: 'Rotate the Signing Secret',
    back: { href: webhookPath(webhook), label: shortNameOf(webhook) },
    lead: 'Deliveries are signed with both secrets while you put the new one in place.',
    body: (
      <Form action={webhookPath(webhook, 'secret')} class="card">
        <div class="card-body">
          {oldSecretUntilMs !== null && oldSecretUntilMs > nowMs && (
            <p>
              A rotation is under way: the secret before the present one signs until{' '}
              <Moment at={new Date(oldSecretUntilMs)} />. Another rotation ends that at once.
            </p>
          )}
          <SelectField
            name="overlap"
            label="Present secret goes on"
            value="24"
            options={overlaps}
            help="A receiver takes a delivery when one of its signatures is right."
          />
          <FormButtons>
            <Button look="primary">Make the New Secret</Button>
            <LinkButton href={webhookPath(webhook)}>Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
};

export const rotateSecretPage = page('/admin/webhooks/:id/secret', {
  acl,
  inject: webhookServices,
  view: async (visit, given) => rotationScreen((await askedWebhook(visit, given)).webhook, given.clock.now().getTime()),
});

export const rotateSecret = action('/admin/webhooks/:id/secret', {
  acl,
  fresh: true,
  inject: webhookServices,
  async perform(visit, given) {
    const { webhook } = await askedWebhook(visit, given);
    const now = given.clock.now();
    const until = new Date(now.getTime() + hoursOf(visit.form.get('overlap')) * hour);
    const made = await given.database.transaction((tx) =>
      given.webhooks.rotateSecret(tx, webhook.id, until, now, actorOfVisit(visit)),
    );
    return secretShown(made, 'rotated');
  },
});
