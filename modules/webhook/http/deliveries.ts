import type { Request } from 'express';
import { parseMoment } from '../../activity/index.ts';
import { Body } from '../../connection/index.ts';
import { Clock, Database, HttpError, type Route, route, UsageError } from '../../framework/index.ts';
import { Deliveries, type Delivery, type DeliveryFilter, deliveryStates } from '../delivery/deliveries.ts';
import { replayed, replayNeeds } from '../subscription/replaying.ts';
import { Webhooks } from '../webhook.ts';
import { unknownWebhook } from '../webhook-error.ts';
import { idOf, nameOf } from './body.ts';
import { webhookOperations } from './operations.ts';
import { answering } from './refusal.ts';

const base = '/admin/api/v1/webhooks/:id';
const view = { area: 'admin', acl: 'webhook::view' } as const;
const manage = { area: 'admin', acl: 'webhook::manage' } as const;

/** The four words of a filter, each a text or a number. @throws HttpError 400 */
function filterOf(body: Body, now: Date): DeliveryFilter {
  const moment = (name: 'from' | 'to'): number | undefined => {
    const text = body.text(name);
    try {
      return text === undefined ? undefined : parseMoment(name, text, now, name === 'to').getTime();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new HttpError(400, 'BODY_INVALID', error.message.replace(/^--(\w+)/, '"$1"'));
    }
  };
  return {
    state: body.oneOf('state', deliveryStates),
    customerId: body.number('customer'),
    fromMs: moment('from'),
    toMs: moment('to'),
  };
}

/** The query of a URL as a body, its whole numbers as numbers. */
const queryOf = (request: Request): Body =>
  new Body(
    Object.fromEntries(
      Object.entries(request.query).map(([name, value]) => [
        name,
        name !== 'from' && name !== 'to' && typeof value === 'string' && /^\d{1,15}$/.test(value)
          ? Number(value)
          : value,
      ]),
    ),
  );

/** What a receiver answered may be a secret of an inner server: whoever may only look is not told of it. */
const withoutAnswer = ({ answer: _, ...delivery }: Delivery): Omit<Delivery, 'answer'> => delivery;

const log = route(`GET ${base}/deliveries`, {
  operation: webhookOperations.log,
  ...view,
  inject: { database: Database, webhooks: Webhooks, deliveries: Deliveries, clock: Clock },
  handle: (request, response, { database, webhooks, deliveries, clock }) =>
    answering(async () => {
      const id = idOf(request);
      if (!(await webhooks.find(database, id))) throw unknownWebhook(id);
      const query = queryOf(request).only('state', 'customer', 'from', 'to', 'before', 'limit');
      const most = Math.min(Math.max(query.number('limit') ?? 50, 1), 500);
      const filter = { webhookId: id, ...filterOf(query, clock.now()) };
      const page = await deliveries.page(database, filter, query.number('before'), most);
      response.json({ deliveries: page.map(withoutAnswer) });
    }),
});

const test = route(`POST ${base}/test`, {
  operation: webhookOperations.test,
  ...manage,
  inject: { deliveries: Deliveries },
  handle: (request, response, { deliveries }) =>
    answering(async () => {
      response.set('Cache-Control', 'no-store').json(await deliveries.test(idOf(request)));
    }),
});

const replay = route(`POST ${base}/replay`, {
  operation: webhookOperations.replay,
  ...manage,
  reads: 'json',
  inject: replayNeeds,
  handle: (request, response, needs) =>
    answering(async () => {
      const body = Body.of(request).only('delivery', 'state', 'customer', 'from', 'to');
      const delivery = body.number('delivery');
      const which = delivery === undefined ? filterOf(body, needs.clock.now()) : { delivery };
      response.json({ replayed: await replayed(needs, idOf(request), which, nameOf(request)) });
    }),
});

/** Deliveries over the admin API. */
export const deliveryRoutes: readonly Route[] = [log, test, replay];
