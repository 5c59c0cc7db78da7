import { parseMoment } from '../../activity/index.ts';
import { Clock, command, Database, UsageError } from '../../framework/index.ts';
import { Deliveries, type Delivery, type DeliveryState, deliveryStates } from '../delivery/deliveries.ts';
import { replayed, replayNeeds } from '../subscription/replaying.ts';
import { unknownDelivery } from '../webhook-error.ts';
import { actor } from './given.ts';

const span = {
  from: { type: 'string', describe: 'Only what happened since then: a day, a time or a span such as 24h' },
  to: { type: 'string', describe: 'Only what happened before then' },
  customer: { type: 'number', describe: 'Only about the customer with this id' },
} as const;

interface GivenSpan {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly customer?: number | undefined;
  readonly state?: string | undefined;
}

const filterOf = ({ from, to, customer, state }: GivenSpan, now: Date) => ({
  fromMs: from === undefined ? undefined : parseMoment('from', from, now).getTime(),
  toMs: to === undefined ? undefined : parseMoment('to', to, now, true).getTime(),
  customerId: customer,
  state: state as DeliveryState | undefined,
});

/** `webhook:test`: one event at once, past everything that waits. */
export const testCommand = command('webhook:test', {
  describe: 'Send a test event to a webhook at once and show what its receiver answers',
  options: { id: { type: 'number', describe: 'Number of the webhook', required: true, position: 0 } },
  inject: { deliveries: Deliveries },
  run: ({ id }, { deliveries }) => deliveries.test(id),
  print: ({ ok, status, durationMs, note, answer, request }) =>
    [
      `POST ${request.url}`,
      ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
      '',
      request.body,
      '',
      `${ok ? 'Delivered' : 'Not delivered'}${status === null ? '' : `: the receiver answered ${status}`} (${durationMs} ms).`,
      ...(note === null ? [] : [note]),
      ...(answer === null || answer === '' ? [] : ['', answer]),
    ].join('\n'),
  exitCode: ({ ok }) => (ok ? 0 : 1),
});

/** `webhook:replay`: once more what was delivered or failed. */
export const replayCommand = command('webhook:replay', {
  describe: 'Send once more what was delivered or has failed: one delivery, or those of a webhook',
  options: {
    id: { type: 'number', describe: 'Number of the webhook', position: 0 },
    delivery: { type: 'number', describe: 'Number of the one delivery to send again; webhook:log shows them' },
    state: { type: 'string', describe: 'Only those that ended like this', choices: ['delivered', 'failed'] },
    ...span,
  },
  inject: replayNeeds,
  async run({ id, delivery, ...given }, needs) {
    if ((id === undefined) === (delivery === undefined))
      throw new UsageError('Say the number of a webhook, or --delivery and the number of one delivery.');
    if (delivery === undefined)
      return { replayed: await replayed(needs, Number(id), filterOf(given, needs.clock.now()), actor) };
    const found = await needs.deliveries.find(needs.database, delivery);
    if (!found) throw unknownDelivery(delivery);
    return { replayed: await replayed(needs, found.webhookId, { delivery }, actor) };
  },
  print: ({ replayed: count }) =>
    count === 0
      ? 'Nothing that has ended fits; webhook:log shows what there is.'
      : `${count} ${count === 1 ? 'delivery is' : 'deliveries are'} sent once more, in order.`,
});

/** `webhook:log`: what was sent, and what came of it. */
export const logCommand = command('webhook:log', {
  describe: 'List deliveries, newest first: what waits, what was delivered, what failed and why',
  options: {
    id: { type: 'number', describe: 'Only those of this webhook', position: 0 },
    state: { type: 'string', describe: 'Only those in this state', choices: deliveryStates },
    ...span,
    before: { type: 'number', describe: 'Only those before this delivery: the number of the last one seen' },
    limit: { type: 'number', describe: 'How many at most (1 to 500)', default: 50 },
  },
  inject: { database: Database, deliveries: Deliveries, clock: Clock },
  run({ id, before, limit, ...given }, { database, deliveries, clock }) {
    const most = Math.min(Math.max(Math.trunc(limit), 1), 500);
    return deliveries.page(database, { webhookId: id, ...filterOf(given, clock.now()) }, before, most);
  },
  print: (all) => (all.length === 0 ? 'There is no such delivery.' : all.flatMap(lines).join('\n')),
});

function lines(delivery: Delivery): readonly string[] {
  const { id, webhookId, held, scope, customerId, attempts, createdMs, status, note } = delivery;
  const state = held ? 'held' : delivery.state;
  const about = customerId === null ? '' : `  customer ${customerId}`;
  const tried = attempts > 1 ? `  ${attempts} attempts` : '';
  return [
    `${String(id).padStart(8)}  ${state.padEnd(9)}  ${new Date(createdMs).toISOString().slice(0, 19)}Z  webhook ${webhookId}  ${scope}${about}${status === null ? '' : `  ${status}`}${tried}`,
    ...(note === null ? [] : [`          ${note}`]),
  ];
}
