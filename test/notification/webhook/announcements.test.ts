import { expect } from 'chai';
import { Connections, ExpiryWatch, Tokens } from '../../../modules/connection/index.ts';
import { Events } from '../../../modules/framework/index.ts';
import notification from '../../../modules/notification/module.ts';
import { DeprovisioningHeld, UsersTransferred } from '../../../modules/provisioning/index.ts';
import { DeliveryQueue, type Enqueued } from '../../../modules/webhook/delivery/queue.ts';
import { HookCatalogue, Webhooks } from '../../../modules/webhook/index.ts';
import webhook from '../../../modules/webhook/module.ts';
import { openHost, type ScimHost } from '../../provisioning/host.ts';
import { sqlite } from '../../setup/databases.ts';

describe('What provisioning announces to webhooks', () => {
  let host: ScimHost;
  let [everywhere, ofTheConnection] = [0, 0];
  const queued: Enqueued[] = [];
  before(async () => {
    const queue = {
      enqueue: async (_tx: unknown, _now: number, items: readonly Enqueued[]) => {
        queued.push(...items);
      },
    };
    host = await openHost(sqlite, { modules: [notification, webhook], override: [[DeliveryQueue, queue]] });
    const subscribe = async (connection?: string) =>
      host.database.transaction(async (tx) => {
        const connectionId = connection && (await host.host.resolve(Connections).byCode(tx, connection)).id;
        const given = { scope: 'store/provisioning/*', destination: 'https://hooks.example.com/' };
        const made = await host.host
          .resolve(Webhooks)
          .create(tx, { ...given, connectionId: connectionId || null }, host.now());
        return made.webhook.id;
      });
    everywhere = await subscribe();
    ofTheConnection = await subscribe('default');
  });
  beforeEach(() => void queued.splice(0));
  after(() => host.close());

  const emit = <P>(event: Parameters<Events['emit']>[0], payload: P) =>
    host.database.transaction((tx) => host.host.resolve(Events).emit(event, payload, tx));
  const defaultConnection = () => host.host.resolve(Connections).byCode(host.database, 'default');

  it('is in the catalogue', () => {
    const scopes = host.host.resolve(HookCatalogue).map(({ scope }) => scope);
    expect(scopes.filter((scope) => scope.startsWith('store/provisioning/'))).to.deep.equal([
      'store/provisioning/user/created',
      'store/provisioning/user/adopted',
      'store/provisioning/user/transferred',
      'store/provisioning/held',
      'store/provisioning/token-expiring',
    ]);
  });

  it('tells of a user that was made, but not the connection that made it', async () => {
    const { json } = await host.scim.post({
      userName: 'ada@shop.example',
      emails: [{ value: 'ada@shop.example' }],
    });
    expect(queued.map(({ event, webhookIds }) => [event.scope, webhookIds])).to.deep.equal([
      ['store/provisioning/user/created', [everywhere]],
    ]);
    expect(queued[0]?.event).to.deep.include({
      data: { type: 'customer', id: Number(json.id), connection: 'default' },
      customerId: Number(json.id),
      websiteId: 1,
      cause: `connection:${(await defaultConnection()).id}`,
      atMs: host.now().getTime(),
    });
  });

  it('tells of a shopper that was taken over', async () => {
    const id = await host.shopper('sam@shop.example');
    const { status } = await host.scim.put(id, {
      userName: 'sam@shop.example',
      emails: [{ value: 'sam@shop.example' }],
    });
    expect(status).to.equal(200);
    expect(queued.map(({ event, webhookIds }) => [event.scope, event.customerId, webhookIds])).to.deep.equal([
      ['store/provisioning/user/adopted', id, [everywhere]],
    ]);
  });

  it('tells everybody that a token is about to expire', async () => {
    const connection = await defaultConnection();
    await host.database.transaction((tx) =>
      host.host
        .resolve(Tokens)
        .issue(
          tx,
          connection,
          { name: 'soon', expiresAt: new Date(host.now().getTime() + 90 * 86_400_000) },
          host.now(),
        ),
    );
    host.advance(84 * 86_400);
    await host.host.resolve(ExpiryWatch).check();
    const [told] = queued;
    expect(queued).to.have.lengthOf(1);
    expect(told?.webhookIds).to.deep.equal([everywhere, ofTheConnection]);
    expect(told?.event).to.deep.include({ scope: 'store/provisioning/token-expiring', customerId: null, cause: null });
    expect(told?.event.data).to.include({ type: 'token', connection: 'default', name: 'soon', days: 7 });
    expect(JSON.stringify(told)).to.not.include('vsb_');
  });

  it('tells everybody what the guard holds, and of users that were handed over', async () => {
    const connection = await defaultConnection();
    await emit(DeprovisioningHeld, { connection, holdId: 4, count: 9, limit: 5, at: host.now() });
    await emit(UsersTransferred, { from: 8, to: connection.id, firstCustomer: 1, lastCustomer: 200 });
    expect(queued.map(({ event: { scope, data }, webhookIds }) => [scope, data, webhookIds.length])).to.deep.equal([
      ['store/provisioning/held', { type: 'hold', id: 4, connection: 'default', count: 9, limit: 5 }, 2],
      [
        'store/provisioning/user/transferred',
        { type: 'connection', id: connection.id, from: 8, first_customer: 1, last_customer: 200 },
        2,
      ],
    ]);
  });
});

describe('Notifications without webhooks', () => {
  it('announce nothing and miss nothing', async () => {
    const host = await openHost(sqlite, { modules: [notification] });
    try {
      expect((await host.scim.post({ userName: 'bea@shop.example' })).status).to.equal(201);
    } finally {
      await host.close();
    }
  });
});
