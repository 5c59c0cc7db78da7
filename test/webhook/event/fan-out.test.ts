import { expect } from 'chai';
import { type CapturedChange, ChangePump, ChangesCaptured } from '../../../modules/change-capture/index.ts';
import { Customers } from '../../../modules/customer/index.ts';
import { countStatements, Events, sql } from '../../../modules/framework/index.ts';
import { type HookEvent, HookEvents, type NewWebhook } from '../../../modules/webhook/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { happened, openWebhookRoom, type WebhookRoom } from '../room.ts';

onBothEngines('The fan-out to webhooks', (engine) => {
  let room: WebhookRoom;
  const ids: Record<string, number> = {};
  before(async () => {
    room = await openWebhookRoom(engine);
  });
  after(() => room.close());

  const asked = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const counted = countStatements(room.database);
    await work();
    counted.stop();
    return counted.statements.filter((text) => /^select/i.test(text));
  };

  it('costs an announcement nothing where nobody listens, and notices who begins to and who ends', async () => {
    const say = () => announce(happened('store/customer/created'));
    await say();
    expect(await asked(say)).to.deep.equal([]);
    const { webhook } = await room.subscribe({ scope: 'store/customer/created' });
    await say();
    expect(room.queued().map(({ webhookIds }) => webhookIds)).to.deep.equal([[webhook.id]]);
    await room.database.transaction((tx) => room.webhooks.change(tx, webhook.id, { active: false }, room.now()));
    await say();
    expect(room.queued()).to.deep.equal([]);
    expect(await asked(say)).to.deep.equal([]);
  });

  it('lets own changes leave no row where no subscription would be told of them', async () => {
    const connectionId = await room.connection('echo');
    let made = 0;
    const rowsOf = async (cause?: string) => {
      await room.database.transaction(async (tx) => {
        if (cause) tx.cause = cause;
        const attributes = { email: `own${++made}@example.com`, firstname: 'A', lastname: 'B' };
        await room.host.resolve(Customers).createState(tx, { websiteId: 1, attributes }, room.now());
      });
      return (await room.database.run(sql`DELETE FROM {vestibule_change}`)).affectedRows;
    };
    expect(await rowsOf()).to.equal(0);
    const { webhook } = await room.subscribe({ scope: 'store/customer/deleted', connectionId });
    expect(await rowsOf()).to.equal(1);
    expect(await rowsOf(`connection:${connectionId}`)).to.equal(0);
    await room.database.transaction((tx) => room.webhooks.delete(tx, webhook.id));
    expect(await rowsOf()).to.equal(0);
  });

  it('begins with these who listen', async () => {
    const [acme, other] = [await room.connection('acme'), await room.connection('other')];
    const subscriptions: Record<string, Partial<NewWebhook>> = {
      everything: { scope: 'store/*' },
      customers: { scope: 'store/customer/*' },
      created: { scope: 'store/customer/created' },
      addresses: { scope: 'store/customer/address/*' },
      acme: { connectionId: acme },
      other: { connectionId: other },
      website: { websiteId: 1 },
      off: { active: false },
    };
    for (const [name, given] of Object.entries(subscriptions)) ids[name] = (await room.subscribe(given)).webhook.id;
    ids.connection = acme;
    expect(await room.webhooks.list(room.database)).to.have.lengthOf(9);
  });

  const named = (webhookIds: readonly number[]) =>
    webhookIds.map((id) => Object.entries(ids).find(([name, known]) => known === id && name !== 'connection')?.[0]);
  const told = () => room.queued().map(({ event, webhookIds }) => [event.scope, named(webhookIds)]);
  const announce = (...events: HookEvent[]) =>
    room.database.transaction((tx) => room.host.resolve(HookEvents).announce(tx, events));
  const captured = (...changes: Partial<CapturedChange>[]) =>
    room.database.transaction((tx) =>
      room.host.resolve(Events).emit(
        ChangesCaptured,
        {
          changes: changes.map((change, index) => ({
            id: index + 1,
            kind: 'updated' as const,
            customerId: 7,
            websiteId: 1,
            addressId: null,
            aspects: [],
            own: false,
            cause: null,
            atMs: 5,
            ...change,
          })),
        },
        tx,
      ),
    );

  it('tells whoever subscribed, wildcards included, and nobody who is switched off', async () => {
    await captured({ kind: 'created' }, { kind: 'address-updated', addressId: 60 });
    expect(told()).to.deep.equal([
      ['store/customer/created', ['everything', 'customers', 'created', 'acme', 'other', 'website']],
      ['store/customer/address/updated', ['everything', 'customers', 'addresses', 'acme', 'other', 'website']],
    ]);
  });

  it('does not tell a connection what its own identity provider has caused', async () => {
    await captured({ cause: `connection:${ids.connection}` });
    expect(told()).to.deep.equal([['store/customer/updated', ['everything', 'customers', 'other', 'website']]]);
    await announce(happened('store/customer/updated', { cause: `connection:${ids.connection}` }));
    expect(told()[0]?.[1]).to.not.include('acme');
  });

  it('does not tell subscriptions of a website about customers of another', async () => {
    await captured({ websiteId: 2 }, { websiteId: null });
    expect(told().map(([, who]) => who)).to.deep.equal([
      ['everything', 'customers'],
      ['everything', 'customers', 'acme', 'other', 'website'],
    ]);
  });

  it('gives every event a hash of its own, the same for all who are told', async () => {
    await captured({ id: 1 }, { id: 2 }, { id: 2, aspects: ['password'] });
    await captured({ id: 1 });
    const hashes = room.queued().map(({ hash }) => hash);
    expect(hashes).to.have.lengthOf(4);
    expect(hashes[0])
      .to.match(/^[0-9a-f]{40}$/)
      .and.equal(hashes[3]);
    expect(new Set(hashes)).to.have.lengthOf(3);
    await announce(happened('store/customer/updated'), happened('store/customer/updated'));
    expect(new Set(room.queued().map(({ hash }) => hash))).to.have.lengthOf(2);
  });

  it('asks once for a batch of any size, and nothing where nothing happened', async () => {
    const statements = await asked(() =>
      captured(...Array.from({ length: 300 }, (_, n) => ({ id: n + 1, customerId: n }))),
    );
    expect(room.queued()).to.have.lengthOf(300);
    expect(statements).to.have.lengthOf(1);
    expect(await asked(() => captured())).to.deep.equal([]);
  });

  it('hears by the pump what this host and others write to customers', async () => {
    const customers = room.host.resolve(Customers);
    const pumped = async () => {
      await room.host.resolve(ChangePump).pump();
      return told();
    };
    const id = await room.database.transaction((tx) => {
      tx.cause = `connection:${ids.connection}`;
      return customers.create(
        tx,
        { websiteId: 1, attributes: { email: 'ada@shop.example', firstname: 'Ada', lastname: 'Byron' } },
        room.now(),
      );
    });
    expect(await pumped()).to.deep.equal([
      ['store/customer/created', ['everything', 'customers', 'created', 'other', 'website']],
    ]);
    await room.database.transaction(async (tx) => {
      const current = await customers.byId(tx, id, { forUpdate: true });
      if (current) await customers.delete(tx, current, room.now());
    });
    expect((await pumped())[0]).to.deep.equal([
      'store/customer/deleted',
      ['everything', 'customers', 'acme', 'other', 'website'],
    ]);
    expect(await pumped()).to.deep.equal([]);
  });
});
