import { expect } from 'chai';
import { ConnectionEditor, Tokens } from '../../modules/connection/index.ts';
import { Clock, Config, createTestHost, type TestHost } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { HookEvents, Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import { type ScimClient, scimClient } from '../provisioning/client.ts';
import { type OpenedDatabase, sqlite } from '../setup/databases.ts';

const began = Date.parse('2026-03-04T05:06:07.000Z');
const rate = 'connection/limits/requests_per_second';

describe('What one server changes', () => {
  let opened: OpenedDatabase;
  const times = [began, began];
  const hosts: TestHost[] = [];
  let scim: ScimClient;
  const here = () => hosts[0] as TestHost;
  const there = () => hosts[1] as TestHost;
  /** Five seconds pass at the other server. */
  const later = () => {
    times[1] = (times[1] ?? 0) + 5_000;
  };
  before(async () => {
    opened = await sqlite.open({ migrated: true });
    for (const at of [0, 1]) {
      const clock = { now: () => new Date(times[at] ?? 0) };
      hosts.push(
        await createTestHost({
          modules: [provisioning, webhook],
          database: opened.database,
          override: [[Clock, clock]],
        }),
      );
    }
    const { told } = await here().host.listen();
    const token = told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '';
    scim = scimClient(`${(await there().listen()).url}/scim/v2`, token);
  });
  after(async () => {
    for (const host of hosts) await host.close();
    await opened.dispose();
  });

  it('is known to the others five seconds later: configuration', async () => {
    const asked = async () => (await there().resolve(Config).entry(rate)).value;
    expect(await asked()).to.equal(1_000);
    await here().resolve(Config).set(rate, '900');
    expect((await here().resolve(Config).entry(rate)).value).to.equal(900);
    later();
    // Whoever asks first has it read anew, and is answered by it.
    expect(await asked()).to.equal(900);
  });

  it('is known to the others five seconds later: who listens', async () => {
    const announce = (host: TestHost) =>
      opened.database.transaction((tx) =>
        host.resolve(HookEvents).announce(tx, [
          {
            scope: 'store/customer/created',
            data: { type: 'customer', id: 7 },
            customerId: 7,
            websiteId: 1,
            cause: null,
            atMs: began,
          },
        ]),
      );
    const waiting = async () =>
      (
        await opened.database.first<{ n: number }>({
          sql: 'SELECT COUNT(*) AS n FROM vestibule_webhook_delivery',
          values: [],
        })
      )?.n;
    await announce(there());
    expect(await waiting()).to.equal(0);
    await opened.database.transaction((tx) =>
      here()
        .resolve(Webhooks)
        .create(tx, { scope: 'store/customer/*', destination: 'https://hooks.example.com/' }, new Date(began), 'ada'),
    );
    later();
    await announce(there());
    expect(await waiting()).to.equal(1);
  });

  it('is known to the others five seconds later: a connection that is paused, a token that is revoked', async () => {
    const status = async () => (await scim.get('/Users?count=1')).status;
    expect(await status()).to.equal(200);
    await here().resolve(ConnectionEditor).change('default', { active: false });
    later();
    expect(await status()).to.be.above(400);
    await here().resolve(ConnectionEditor).change('default', { active: true });
    later();
    expect(await status()).to.equal(200);
    const [token] = await here().resolve(Tokens).list(opened.database);
    await opened.database.transaction((tx) =>
      here()
        .resolve(Tokens)
        .revoke(tx, token?.publicId ?? '', new Date(began)),
    );
    later();
    expect(await status()).to.equal(401);
  });
});
