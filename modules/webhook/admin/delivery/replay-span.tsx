import {
  action,
  Button,
  Card,
  counted,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  page,
  QueryForm,
  redirect,
  type Screen,
  SelectField,
  screen,
  TextField,
} from '../../../admin/index.ts';
import { actorOfVisit } from '../../../connection/index.ts';
import { replayed, replayNeeds } from '../../subscription/replaying.ts';
import type { Webhook } from '../../webhook.ts';
import { askedWebhook } from '../asked-webhook.ts';
import { shortNameOf, webhookPath } from '../places.ts';
import { deliveryServices } from './page.tsx';
import { logFilters, logSearch } from './search.ts';

const acl = 'webhook::manage';
const path = '/admin/webhooks/:id/replay';
type Typed = Readonly<Partial<Record<(typeof logFilters)[number], string>>>;

const typedIn = (sent: URLSearchParams): Typed =>
  Object.fromEntries(logFilters.map((name) => [name, sent.get(name)?.trim() ?? '']));

/** Counted no further than this; more are replayed all the same. */
const mostCounted = 100_000;
const amount = (count: number): string =>
  count >= mostCounted
    ? `${mostCounted.toLocaleString('en')} or more deliveries`
    : counted(count, 'delivery', 'deliveries');

interface SpanScreen {
  readonly webhook: Webhook;
  readonly typed: Typed;
  readonly count: number;
  readonly problem: string | undefined;
}

const Choice = ({ webhook, typed, problem }: SpanScreen) => (
  <Card title="Which deliveries">
    <QueryForm action={webhookPath(webhook, 'replay')} label="Which deliveries">
      <FormErrors errors={{ from: problem }} />
      <SelectField
        name="state"
        label="Status"
        value={typed.state}
        options={[
          ['failed', 'Failed'],
          ['delivered', 'Delivered'],
          ['', 'Failed or delivered'],
        ]}
      />
      <TextField name="from" label="From" type="date" value={typed.from} help="A day (UTC), which counts whole." />
      <TextField name="to" label="To" type="date" value={typed.to} />
      <TextField name="customer" label="Customer ID" value={typed.customer} inputmode="numeric" />
      <FormButtons>
        <Button icon="search">Count</Button>
      </FormButtons>
    </QueryForm>
  </Card>
);

const Confirmation = ({ webhook, typed, count }: SpanScreen) => (
  <Card title={`${amount(count)} ${count === 1 ? 'matches' : 'match'}`}>
    {count === 0 ? (
      <p class="muted">Nothing that has ended matches. What waits is sent without a replay.</p>
    ) : (
      <Form action={webhookPath(webhook, 'replay')} label="Replay">
        {Object.entries(typed).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <p>
          {count === 1 ? 'It is' : 'They are'} sent once more to <span class="code">{webhook.destination}</span>, in
          order for each customer and under the old message ids. A payload in full form carries the customer as it is
          then.
        </p>
        {!webhook.active && (
          <p>
            <strong>The webhook is off:</strong> they wait until it is switched on again.
          </p>
        )}
        <FormButtons>
          <Button look="primary">Replay {amount(count)}</Button>
          <LinkButton href={webhookPath(webhook)}>Cancel</LinkButton>
        </FormButtons>
      </Form>
    )}
  </Card>
);

const spanScreen = (given: SpanScreen): Screen =>
  screen({
    title: 'Replay a Timespan',
    back: { href: webhookPath(given.webhook), label: shortNameOf(given.webhook) },
    lead: 'Sends once more what a receiver missed or lost.',
    ...(given.problem === undefined ? {} : { status: 422 }),
    body: (
      <div class="two-columns">
        <Choice {...given} />
        {given.problem === undefined && (
          <div class="column">
            <Confirmation {...given} />
          </div>
        )}
      </div>
    ),
  });

export const replaySpanPage = page(path, {
  acl,
  inject: deliveryServices,
  async view(visit, given) {
    const { webhook } = await askedWebhook(visit, given);
    const asked = typedIn(visit.query);
    // Asked for by nothing at all, it offers what one most likely wants.
    const typed = visit.query.size === 0 ? { ...asked, state: 'failed' } : asked;
    const search = logSearch(typed);
    if ('problem' in search) return spanScreen({ webhook, typed, count: 0, problem: search.problem });
    // Only what has ended: what waits goes out by itself.
    const filter = { ...search.filter, ended: true, webhookId: webhook.id };
    const count = await given.deliveries.count(given.database, filter, mostCounted);
    return spanScreen({ webhook, typed, count, problem: undefined });
  },
});

export const replaySpan = action(path, {
  acl,
  fresh: true,
  inject: { ...deliveryServices, ...replayNeeds },
  async perform(visit, given) {
    const { webhook } = await askedWebhook(visit, given);
    const typed = typedIn(visit.form);
    const search = logSearch(typed);
    if ('problem' in search) return spanScreen({ webhook, typed, count: 0, problem: search.problem });
    const count = await replayed(given, webhook.id, search.filter, actorOfVisit(visit));
    return redirect(webhookPath(webhook), {
      done: `${counted(count, 'delivery', 'deliveries')} will be sent once more.`,
    });
  },
});
