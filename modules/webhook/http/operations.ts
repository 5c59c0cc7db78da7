import { answer, type JsonSchema, json, type Operation, variable } from '../../framework/index.ts';
import type { ShownWebhook } from '../commands/shown.ts';
import { type Delivery, deliveryStates, type TestAnswer } from '../delivery/deliveries.ts';
import type { ScopeChoice } from '../scope/catalogue.ts';
import { payloadForms } from '../webhook.ts';

const { text, number, flag, list, object, oneOf, orNull, said, map, named } = json;
const tag = 'Webhooks';
const path = { id: said('The number of the webhook.', number) };
const milliseconds = said('Milliseconds since 1970.', number);

const members = {
  id: number,
  connectionId: said('Of the connection that it tells, which is not told what it did itself.', orNull(number)),
  websiteId: said('Null: all websites.', orNull(number)),
  name: text,
  scope: said('Such as `store/customer/*`.'),
  destination: said('As it was typed, placeholders included.'),
  fillsPlaceholders: flag,
  headerNames: said('Values of headers are not shown again.', list(text)),
  payload: oneOf(payloadForms),
  active: flag,
  disabledBecause: said('Why it was switched off by itself.', orNull(text)),
  failingSinceMs: orNull(milliseconds),
  pausedUntilMs: said('The receiver is left alone until then.', orNull(number)),
  oldSecretUntilMs: said('Until when the secret before the present one signs as well.', orNull(number)),
  createdMs: milliseconds,
  updatedMs: milliseconds,
  connection: said('Code of the connection.', orNull(text)),
  website: said('Code of the website.', orNull(text)),
  warnings: said('What to look after.', list(text)),
} as const;

const webhook = named('Webhook', object<ShownWebhook>(members));
const secret = said('What deliveries are signed with (Standard Webhooks). It is shown only now.');
const made = named('MadeWebhook', object<ShownWebhook & { secret: string }>({ ...members, secret }));

const changes: Readonly<Record<string, JsonSchema>> = {
  'name?': text,
  'fillsPlaceholders?': said('Fills in `{customerId}` and the like at each delivery.', flag),
  'headers?': said('Sent along; null removes one.', map(orNull(text))),
  'payload?': oneOf(payloadForms),
  'active?': flag,
  'websiteId?': orNull(number),
};

const span = {
  'state?': oneOf(deliveryStates),
  'customer?': said('The number of a customer.', number),
  'from?': said('A day, a moment, or a span back from now such as 2h.'),
  'to?': text,
};

const delivery = named(
  'Delivery',
  object<Omit<Delivery, 'answer'>>({
    id: number,
    webhookId: number,
    messageId: said('`webhook-id` of every attempt.'),
    scope: text,
    customerId: orNull(number),
    state: oneOf(deliveryStates),
    attempts: number,
    createdMs: milliseconds,
    nextMs: orNull(number),
    endedMs: orNull(number),
    held: said('It stood in a backup that the database was brought back from, and waits for `webhook:resume`.', flag),
    status: said('Of the last attempt.', orNull(number)),
    durationMs: orNull(number),
    note: said('What went wrong, with the cure.', orNull(text)),
  }),
);

const tested = named(
  'WebhookTest',
  object<TestAnswer>({
    ok: flag,
    status: orNull(number),
    durationMs: number,
    note: orNull(text),
    answer: said('The beginning of what the receiver answered.', orNull(text)),
    request: object<TestAnswer['request']>({ url: text, headers: map(text), body: text }),
  }),
);

/** Webhooks over the admin API, in words. */
export const webhookOperations = {
  list: {
    tag,
    summary: 'List the webhooks',
    query: { connection: said('Only those of the connection with this code.') },
    answers: { 200: answer('All of them.', object({ webhooks: list(webhook) })) },
  },
  scopes: {
    tag,
    summary: 'List what can be subscribed to',
    answers: {
      200: answer(
        'Scopes and wildcards.',
        object({ scopes: list(object<ScopeChoice>({ scope: text, label: text, covers: list(text) })) }),
      ),
    },
  },
  show: { tag, summary: 'Show a webhook', path, answers: { 200: answer('The webhook.', webhook) } },
  create: {
    tag,
    summary: 'Make a webhook',
    body: {
      schema: object({
        scope: text,
        destination: said('An https address; others only where `webhook/security/allowed_hosts` names them.'),
        'connection?': said('Code of the connection that it tells.'),
        ...changes,
      }),
      example: {
        scope: 'store/customer/*',
        destination: variable('DESTINATION', 'https://idp.example/hook'),
        headers: { 'app-secret': 'kettle' },
      },
    },
    answers: { 201: answer('The webhook with its secret.', made) },
  },
  change: {
    tag,
    summary: 'Change a webhook',
    description: 'What is not named stays as it is.',
    path,
    body: {
      schema: object({ 'scope?': text, 'destination?': text, ...changes }),
      example: { name: 'To the provider', payload: 'full' },
    },
    answers: { 200: answer('The webhook as it is now.', webhook) },
  },
  remove: { tag, summary: 'Delete a webhook', path, answers: { 204: answer('It is gone.') } },
  rotate: {
    tag,
    summary: 'Make a new secret',
    description: 'The old one signs as well until the overlap is over.',
    path,
    body: { schema: object({ 'overlap?': said('Such as 24h.') }), example: { overlap: '24h' } },
    answers: {
      200: answer('The new secret.', object({ id: number, secret, oldSecretUntilMs: orNull(number) })),
    },
  },
  log: {
    tag,
    summary: 'List the deliveries of a webhook',
    path,
    query: {
      state: oneOf(deliveryStates),
      customer: said('The number of a customer.', number),
      from: span['from?'],
      to: text,
      before: said('The id of the last one shown.', number),
      limit: said('At most 500; 50 unless said.', number),
    },
    answers: { 200: answer('Newest first.', object({ deliveries: list(delivery) })) },
  },
  test: {
    tag,
    summary: 'Send a test event',
    description: 'At once and past the queue; the answer says how the receiver took it.',
    path,
    answers: { 200: answer('What was sent and what came back.', tested) },
  },
  replay: {
    tag,
    summary: 'Send deliveries once more',
    description: 'One delivery, or all of a span that have ended, under their old ids.',
    path,
    body: {
      schema: object({ 'delivery?': said('The id of one.', number), ...span }),
      example: { state: 'failed', from: '1d' },
    },
    answers: { 200: answer('How many.', object({ replayed: number })) },
  },
} as const satisfies Record<string, Operation>;
