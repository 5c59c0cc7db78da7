import { storeHash } from '../../connection/index.ts';
import type { Database, Executor, Transaction } from '../../framework/index.ts';
import type { Webhook, Webhooks } from '../../webhook/index.ts';
import { ok, type StoreRequest, type StoreResource } from '../http/exchange.ts';
import { pageMeta, pagingParameters, readPaging } from '../http/paging.ts';
import { Parameters } from '../http/parameters.ts';
import { nothingHere, unfit } from '../refusal.ts';
import { type GivenHook, readHook } from './given-hook.ts';
import { maskedValue, shownHook } from './shown-hook.ts';

export interface HookParts {
  readonly database: Database;
  readonly webhooks: Webhooks;
}

const shownTo = ({ caller: { connection }, clientId }: StoreRequest, webhook: Webhook) =>
  shownHook(webhook, clientId, storeHash(connection.id));

/** `/hooks`: the webhooks of the account's connection. */
export function hooksResource({ database, webhooks }: HookParts): StoreResource {
  return {
    path: '/hooks',
    scope: 'store:hooks',
    methods: {
      async GET(request) {
        const { query, caller } = request;
        const parameters = new Parameters(query, ['scope', 'destination', 'is_active', ...pagingParameters]);
        const paging = readPaging(parameters);
        const [scope, destination, active] = ['scope', 'destination', 'is_active'].map((name) => parameters.text(name));
        const all = (await webhooks.list(database, caller.connection.id)).filter(
          (one) =>
            (scope === undefined || one.scope === scope) &&
            (destination === undefined || one.destination === destination) &&
            (active === undefined || String(one.active) === active),
        );
        const { page, limit } = paging;
        const shown = all.slice((page - 1) * limit, page * limit).map((one) => shownTo(request, one));
        return ok(shown, pageMeta(query, paging, { count: shown.length, total: all.length }));
      },
      async POST(request) {
        const { scope, destination, headers = {}, active } = readHook(request.body);
        if (scope === undefined) throw unfit('scope', '"scope" is missing.');
        if (destination === undefined) throw unfit('destination', '"destination" is missing.');
        const { connection, actor } = request.caller;
        const wanted = { connectionId: connection.id, scope, destination, headers, active };
        const { webhook, secret } = await database.transaction((tx) => webhooks.create(tx, wanted, request.now, actor));
        // Not BigCommerce's: the secret that deliveries are signed with is shown here and never again.
        return ok({ ...shownTo(request, webhook), signing_secret: secret });
      },
    },
  };
}

/** `/hooks/{id}` */
export function hookResource({ database, webhooks }: HookParts): StoreResource {
  /** @throws StoreRefusal 404 for one that is not of the account's connection */
  async function own(db: Executor, { id, caller }: StoreRequest): Promise<Webhook> {
    const webhook = id === undefined ? undefined : await webhooks.find(db, id);
    if (webhook?.connectionId === caller.connection.id) return webhook;
    throw nothingHere(`There is no webhook ${id ?? ''} of this account's connection.`);
  }

  /** The headers as they shall be: a mask that was sent back stands for the value that is kept. */
  async function headersOf(tx: Transaction, id: number, { headers }: GivenHook) {
    if (!headers || !Object.values(headers).includes(maskedValue)) return headers;
    const { headers: kept } = await webhooks.secretsOf(tx, id);
    const known = new Map(Object.entries(kept).map(([name, value]) => [name.toLowerCase(), value]));
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value === maskedValue ? (known.get(name.toLowerCase()) ?? value) : value,
      ]),
    );
  }

  return {
    path: '/hooks/:id',
    scope: 'store:hooks',
    methods: {
      GET: async (request) => ok(shownTo(request, await own(database, request))),
      async PUT(request) {
        const given = readHook(request.body);
        const changed = await database.transaction(async (tx) => {
          const { id } = await own(tx, request);
          const headers = await headersOf(tx, id, given);
          const changes = { ...given, ...(headers ? { headers } : {}) };
          return webhooks.change(tx, id, changes, request.now, request.caller.actor);
        });
        return ok(shownTo(request, changed));
      },
      async DELETE(request) {
        const gone = await database.transaction(async (tx) => {
          const webhook = await own(tx, request);
          await webhooks.delete(tx, webhook.id, request.caller.actor);
          return webhook;
        });
        return ok(shownTo(request, gone));
      },
    },
  };
}
