import { expect } from 'chai';
import { connect, createTestHost, sql, type TestHost } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { HeldDeliveries } from '../../modules/webhook/delivery/held/held-deliveries.ts';
import { Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import { type ScimClient, scimClient } from '../provisioning/client.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { openReceiver, type Receiver } from '../webhook/delivery/receiver.ts';
import { copyByBackup, type RestoredDatabase } from './backup.ts';

/** A server with its jobs at work, as far as this process can be one. */
interface Server {
  readonly host: TestHost;
  readonly url: string;
  readonly token: string;
}

onBothEngines('A restored database, with the key,', (engine) => {
  let original: OpenedDatabase;
  let copy: RestoredDatabase;
  let receiver: Receiver;
  let restored: Server;
  let scim: ScimClient;
  let ids: { ada: number; bea: number; cleo: number };

  async function serve(database: OpenedDatabase['database'] | string): Promise<Server> {
    const host = await createTestHost({
      modules: [provisioning, webhook],
      database: database as 'sqlite',
      config: { 'webhook/security/allowed_hosts': `127.0.0.1:${receiver.port}` },
      environment: { nodeEnv: 'development' },
    });
    const { url, told } = await host.host.listen();
    return { host, url, token: told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '' };
  }
  const user = async (client: ScimClient, name: string) =>
    Number(await client.create({ userName: `${name}@example.com`, emails: [{ value: `${name}@example.com` }] }));
  const heard = () => receiver.received.map(({ body, data }) => `${JSON.parse(body).scope} ${data.id}`);

  before(async function () {
    this.timeout(60_000);
    [original, receiver] = [await engine.open({ migrated: true, file: true }), await openReceiver()];
    const { database } = original;
    let server = await serve(database);
    const { token } = server;
    const destination = `http://127.0.0.1:${receiver.port}/in`;
    await database.transaction((tx) =>
      server.host.resolve(Webhooks).create(tx, { scope: 'store/customer/*', destination }, new Date(), 'ada'),
    );
    const bea = await user(scimClient(`${server.url}/scim/v2`, token), 'bea');
    await receiver.arrivals(1);
    receiver.answer = () => ({ status: 503, headers: { 'retry-after': '3600' } });
    const ada = await user(scimClient(`${server.url}/scim/v2`, token), 'ada');
    await receiver.arrivals(2);
    await server.host.close();
    // Nobody is there to hand this on, nor is anybody when the backup is made.
    const hand = await connect({ url: original.url });
    await hand.run(sql`UPDATE {customer_entity} SET firstname = 'By hand' WHERE entity_id = ${bea}`);
    await hand.close();
    await database.run(sql`UPDATE {vestibule_webhook} SET paused_until_ms = NULL`);
    copy = await copyByBackup(original);
    // MariaDB tells the age of a table in whole seconds; a backup and its return take longer than that elsewhere.
    const later = await connect({ url: copy.url });
    await later.run(sql`UPDATE {vestibule_continuity} SET seen_ms = seen_ms - 1000`);
    await later.close();

    receiver.forget();
    await database.run(sql`UPDATE {vestibule_webhook_lane} SET next_ms = 0`);
    server = await serve(database);
    await receiver.arrivals(2);
    await server.host.close();

    restored = await serve(copy.url);
    scim = scimClient(`${restored.url}/scim/v2`, token);
    ids = { ada, bea, cleo: await user(scim, 'cleo') };
    await receiver.arrivals(3);
  });
  after(async () => {
    await restored.host.close();
    await receiver.close();
    await copy.drop();
    await original.dispose();
  });

  it('boots, knows its tokens, and answers what stood in it', async () => {
    const answer = await scim.get('/Users?filter=userName eq "ada@example.com"');
    expect(answer.json).to.have.nested.property('Resources[0].id', String(ids.ada));
  });

  it('tells of what happens now, and not again of what the original has sent since the backup', () => {
    expect(heard().sort()).to.deep.equal(
      [
        `store/customer/created ${ids.ada}`,
        `store/customer/updated ${ids.bea}`,
        `store/customer/created ${ids.cleo}`,
      ].sort(),
    );
  });

  it('holds what waited in it for its delivery, and what was captured and not yet handed on', async () => {
    const database = await connect({ url: copy.url });
    try {
      expect(await restored.host.resolve(HeldDeliveries).count(database, 100)).to.equal(2);
    } finally {
      await database.close();
    }
  });

  it('goes on about the same customers once an administrator has dropped that', async () => {
    await scim.patch(String(ids.ada), { op: 'replace', path: 'name.familyName', value: 'Since' });
    expect(await restored.host.resolve(HeldDeliveries).resume(true, 'ada')).to.deep.include({ dropped: 2 });
    await receiver.arrivals(4);
    expect(heard()[3]).to.equal(`store/customer/updated ${ids.ada}`);
    expect(new Set(receiver.received.map(({ id }) => id)).size).to.equal(4);
  });
});
