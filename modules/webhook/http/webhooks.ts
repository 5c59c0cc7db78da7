import type { Response } from 'express';
import { Body, Connections } from '../../connection/index.ts';
import { Clock, Database, type Executor, type Route, route } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { overlapOf } from '../commands/given.ts';
import { type ShownWebhook, shownWebhook } from '../commands/shown.ts';
import { HookCatalogue, scopeChoices } from '../scope/catalogue.ts';
import { mergedHeaders } from '../subscription/merged-headers.ts';
import { type Webhook, Webhooks } from '../webhook.ts';
import { unknownWebhook } from '../webhook-error.ts';
import { idOf, nameOf, readChanges, readHeaderChanges } from './body.ts';
import { webhookOperations } from './operations.ts';
import { answering } from './refusal.ts';

const base = '/admin/api/v1/webhooks';
const view = { area: 'admin', acl: 'webhook::view' } as const;
const manage = { area: 'admin', acl: 'webhook::manage' } as const;
const inject = { database: Database, webhooks: Webhooks, connections: Connections, websites: Websites, clock: Clock };

interface Around {
  readonly connections: Connections;
  readonly websites: Websites;
}

async function shown(
  db: Executor,
  { connections, websites }: Around,
  all: readonly Webhook[],
): Promise<ShownWebhook[]> {
  const [known, sites] = [await connections.list(db), await websites.websites()];
  return all.map((webhook) => shownWebhook(webhook, known, sites));
}

/** Answers with secrets are kept by nobody on the way. */
const unstored = (response: Response, status = 200): Response =>
  response.status(status).set('Cache-Control', 'no-store');

const list = route(`GET ${base}`, {
  operation: webhookOperations.list,
  ...view,
  inject,
  handle: (request, response, { database, webhooks, ...around }) =>
    answering(async () => {
      const { connection } = request.query;
      const whose =
        typeof connection === 'string' ? (await around.connections.byCode(database, connection)).id : undefined;
      response.json({ webhooks: await shown(database, around, await webhooks.list(database, whose)) });
    }),
});

const scopes = route(`GET ${base}/scopes`, {
  operation: webhookOperations.scopes,
  ...view,
  inject: { catalogue: HookCatalogue },
  handle: (_, response, { catalogue }) => void response.json({ scopes: scopeChoices(catalogue) }),
});

const show = route(`GET ${base}/:id`, {
  operation: webhookOperations.show,
  ...view,
  inject,
  handle: (request, response, { database, webhooks, ...around }) =>
    answering(async () => {
      const webhook = await webhooks.find(database, idOf(request));
      if (!webhook) throw unknownWebhook(idOf(request));
      response.json((await shown(database, around, [webhook]))[0]);
    }),
});

const create = route(`POST ${base}`, {
  operation: webhookOperations.create,
  ...manage,
  reads: 'json',
  inject,
  handle: (request, response, { database, webhooks, clock, ...around }) =>
    answering(async () => {
      const body = Body.of(request);
      const given = readChanges(body, 'connection');
      const headers = readHeaderChanges(body) ?? {};
      const code = body.text('connection');
      const [scope, destination] = [body.required('scope'), body.required('destination')];
      const made = await database.transaction(async (tx) =>
        webhooks.create(
          tx,
          {
            ...given,
            scope,
            destination,
            headers: Object.fromEntries(
              Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
            ),
            connectionId: code === undefined ? null : (await around.connections.byCode(tx, code)).id,
          },
          clock.now(),
          nameOf(request),
        ),
      );
      const [webhook] = await shown(database, around, [made.webhook]);
      unstored(response, 201).json({ ...webhook, secret: made.secret });
    }),
});

const change = route(`PATCH ${base}/:id`, {
  operation: webhookOperations.change,
  ...manage,
  reads: 'json',
  inject,
  handle: (request, response, { database, webhooks, clock, ...around }) =>
    answering(async () => {
      const body = Body.of(request);
      const [id, given, named] = [idOf(request), readChanges(body), readHeaderChanges(body)];
      const changed = await database.transaction(async (tx) => {
        const headers = named && (await mergedHeaders(webhooks, tx, id, named));
        return webhooks.change(tx, id, { ...given, headers }, clock.now(), nameOf(request));
      });
      response.json((await shown(database, around, [changed]))[0]);
    }),
});

const remove = route(`DELETE ${base}/:id`, {
  operation: webhookOperations.remove,
  ...manage,
  inject,
  handle: (request, response, { database, webhooks }) =>
    answering(async () => {
      await database.transaction((tx) => webhooks.delete(tx, idOf(request), nameOf(request)));
      response.status(204).end();
    }),
});

const rotate = route(`POST ${base}/:id/rotate-secret`, {
  operation: webhookOperations.rotate,
  ...manage,
  reads: 'json',
  inject,
  handle: (request, response, { database, webhooks, clock }) =>
    answering(async () => {
      const overlap = overlapOf(Body.of(request).only('overlap').text('overlap'));
      const now = clock.now();
      const { webhook, secret } = await database.transaction((tx) =>
        webhooks.rotateSecret(tx, idOf(request), new Date(now.getTime() + overlap), now, nameOf(request)),
      );
      unstored(response).json({ id: webhook.id, secret, oldSecretUntilMs: webhook.oldSecretUntilMs });
    }),
});

/** Subscriptions over the admin API. A secret is in the answer that made it and nowhere else. */
export const webhookRoutes: readonly Route[] = [list, scopes, show, create, change, remove, rotate];
