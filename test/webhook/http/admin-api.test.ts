import { expect } from 'chai';
import { Belongings, Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { HookEvents } from '../../../modules/webhook/index.ts';
import webhook from '../../../modules/webhook/module.ts';
import { openHost, type ScimHost } from '../../provisioning/host.ts';
import { type AdminClient, adminClient, administrator } from '../../setup/administration.ts';
import { sqlite } from '../../setup/databases.ts';
import { happened } from '../room.ts';

const resources = ['webhook::view', 'webhook::manage'];

describe('The admin API of webhooks', () => {
  let host: ScimHost;
  let admin: AdminClient;
  const granted = new Set(resources);
  const { override } = administrator(granted);
  before(async () => {
    host = await openHost(sqlite, { override: [override], modules: [webhook] });
    admin = adminClient(host.url);
  });
  after(() => host.close());

  const good = { scope: 'store/customer/*', destination: 'https://hooks.example.com/in/{customerId}' };

  it('makes a webhook, and tells its secret only there', async () => {
    const { status, json, headers } = await admin.send('POST', '/webhooks', {
      ...good,
      connection: 'default',
      name: 'To the IdP',
      headers: { 'app-secret': 'abc-s3cret' },
      payload: 'full',
    });
    expect(status, JSON.stringify(json)).to.equal(201);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(json.secret).to.match(/^whsec_/);
    expect(json).to.deep.include({ connection: 'default', website: 'base', headerNames: ['app-secret'], active: true });
    expect(json.warnings[0]).to.include('{customerId}');
    const shown = await admin.get(`/webhooks/${json.id}`);
    expect({ ...shown.json, secret: json.secret }).to.deep.equal(json);
    const listed = await admin.get('/webhooks?connection=default');
    expect(listed.json.webhooks).to.deep.equal([shown.json]);
    expect(JSON.stringify([shown.json, listed.json]))
      .to.not.include('s3cret')
      .and.not.include(json.secret);
    expect((await host.records())[0]).to.include({ operation: 'webhook.create', actor: 'anna' });
  });

  it('changes what is said; headers that are not named stay, null removes one', async () => {
    const { json } = await admin.send('POST', '/webhooks', { ...good, headers: { a: '1', B: '2', c: '3' } });
    const changed = await admin.send('PATCH', `/webhooks/${json.id}`, {
      headers: { b: 'two', c: null },
      fillsPlaceholders: true,
      active: false,
    });
    expect(changed.status, JSON.stringify(changed.json)).to.equal(200);
    expect(changed.json).to.include({ active: false, fillsPlaceholders: true, scope: good.scope });
    expect(changed.json.headerNames).to.deep.equal(['a', 'b']);
    expect(changed.json.warnings).to.deep.equal([]);
    expect((await admin.send('PATCH', `/webhooks/${json.id}`, { headers: { a: 1 } })).json.error.code).to.equal(
      'BODY_INVALID',
    );
  });

  it('makes a new secret, and lets the old one sign for the overlap', async () => {
    const { json } = await admin.send('POST', '/webhooks', good);
    const rotated = await admin.send('POST', `/webhooks/${json.id}/rotate-secret`, { overlap: '2h' });
    expect(rotated.json.secret)
      .to.match(/^whsec_/)
      .and.not.equal(json.secret);
    expect(rotated.json.oldSecretUntilMs).to.equal(host.now().getTime() + 7_200_000);
    expect(rotated.headers.get('cache-control')).to.equal('no-store');
    const wrong = await admin.send('POST', `/webhooks/${json.id}/rotate-secret`, { overlap: '90d' });
    expect(wrong.status).to.equal(400);
    expect(wrong.json.error.message).to.include('0m to 7d');
  });

  it('deletes one', async () => {
    const { json } = await admin.send('POST', '/webhooks', good);
    expect((await admin.send('DELETE', `/webhooks/${json.id}`)).status).to.equal(204);
    expect((await admin.get(`/webhooks/${json.id}`)).status).to.equal(404);
  });

  it('lists what can be subscribed to', async () => {
    const { json } = await admin.get('/webhooks/scopes');
    const scopes = json.scopes.map(({ scope }: { scope: string }) => scope);
    expect(scopes.slice(0, 3)).to.deep.equal(['store/*', 'store/customer/*', 'store/customer/address/*']);
    expect(scopes).to.include('store/customer/password');
  });

  it('says what is wrong with a body, and with what status', async () => {
    const refused = async (body: Record<string, unknown>) => {
      const { status, json } = await admin.send('POST', '/webhooks', { ...good, ...body });
      return `${status} ${json.error.code}: ${json.error.message}`;
    };
    expect(await refused({ scope: 'store/nothing/*' })).to.match(/^400 WEBHOOK_INVALID: Nothing is ever sent/);
    expect(await refused({ destination: 'https://127.0.0.1/' })).to.match(/^400 WEBHOOK_INVALID: .*allowed_hosts/);
    expect(await refused({ headers: { Host: 'x' } })).to.match(/^400 WEBHOOK_INVALID: The header "Host"/);
    expect(await refused({ websiteId: 77 })).to.match(/^400 WEBHOOK_INVALID: There is no website 77/);
    expect(await refused({ connection: 'nobody' })).to.match(/^404 CONNECTION_UNKNOWN/);
    expect(await refused({ secret: 'whsec_x' })).to.match(/^400 BODY_INVALID: "secret" is unknown/);
    expect(await refused({ payload: 'heavy' })).to.match(/^400 BODY_INVALID: "payload"/);
    expect((await admin.send('POST', '/webhooks', { scope: 'store/*' })).json.error.message).to.include(
      '"destination"',
    );
    expect((await admin.get('/webhooks/abc')).status).to.equal(404);
  });

  it('shows deliveries, and sends once more what has ended, if it is of that webhook', async () => {
    const [one, other] = [
      (await admin.send('POST', '/webhooks', good)).json,
      (await admin.send('POST', '/webhooks', good)).json,
    ];
    await host.database.transaction((tx) =>
      host.host.resolve(HookEvents).announce(tx, [happened('store/customer/created', { atMs: host.now().getTime() })]),
    );
    const deliveriesOf = async (id: number, query = '') =>
      (await admin.get(`/webhooks/${id}/deliveries${query}`)).json.deliveries;
    const [delivery] = await deliveriesOf(one.id, '?state=waiting&customer=7&limit=5');
    expect(delivery).to.include({ webhookId: one.id, scope: 'store/customer/created', customerId: 7 });
    // It may be a secret of an inner server, and this takes no more than the right to look.
    expect(delivery).not.to.have.property('answer');
    expect(await deliveriesOf(one.id, '?state=failed')).to.deep.equal([]);
    const replay = async (id: number, body: Record<string, unknown>) => {
      const { status, json } = await admin.send('POST', `/webhooks/${id}/replay`, body);
      return json.error ? `${status} ${json.error.code}` : json.replayed;
    };
    expect(await replay(other.id, { delivery: delivery.id })).to.equal('404 DELIVERY_UNKNOWN');
    expect(await replay(one.id, { delivery: delivery.id })).to.equal('409 DELIVERY_NOT_ENDED');
    expect(await replay(one.id, {})).to.equal(0);
    const end = () =>
      host.database.run(
        sql`UPDATE {vestibule_webhook_delivery} SET state = 'delivered', ended_ms = ${host.now().getTime()} WHERE delivery_id = ${delivery.id}`,
      );
    await end();
    expect(await replay(one.id, { delivery: delivery.id })).to.equal(1);
    expect((await host.records())[0]).to.deep.include({
      operation: 'webhook.replay',
      actor: 'anna',
      subject: `webhook ${one.id}`,
      notes: ['1 delivery is sent once more.'],
    });
    await end();
    expect(await replay(one.id, { state: 'delivered', customer: 8 })).to.equal(0);
    expect(await replay(one.id, { to: '2d' })).to.equal(0);
    expect(await replay(one.id, { state: 'delivered', customer: 7, from: '2d' })).to.equal(1);
    expect(await replay(9_999, {})).to.equal('404 WEBHOOK_UNKNOWN');
    expect((await admin.get(`/webhooks/${one.id}/deliveries?from=yesterday`)).json.error.message).to.match(
      /^"from" is a day/,
    );
    expect((await admin.get('/webhooks/9999/deliveries')).json.error.code).to.equal('WEBHOOK_UNKNOWN');
  });

  it('asks for the right to look and for the right to change', async () => {
    const { json } = await admin.send('POST', '/webhooks', good);
    granted.delete('webhook::manage');
    const refusals = [
      await admin.send('POST', '/webhooks', good),
      await admin.send('PATCH', `/webhooks/${json.id}`, { active: false }),
      await admin.send('DELETE', `/webhooks/${json.id}`),
      await admin.send('POST', `/webhooks/${json.id}/rotate-secret`, {}),
      await admin.send('POST', `/webhooks/${json.id}/test`),
      await admin.send('POST', `/webhooks/${json.id}/replay`, {}),
    ];
    expect(refusals.map(({ status }) => status)).to.deep.equal([403, 403, 403, 403, 403, 403]);
    expect((await admin.get('/webhooks')).status).to.equal(200);
    granted.delete('webhook::view');
    const looks = ['/webhooks', '/webhooks/scopes', `/webhooks/${json.id}`, `/webhooks/${json.id}/deliveries`];
    for (const path of looks) expect((await admin.get(path)).status, path).to.equal(403);
    for (const resource of resources) granted.add(resource);
  });

  it('takes webhooks along when their connection is deleted', async () => {
    await host.connect('doomed');
    const { id } = await host.host.resolve(Connections).byCode(host.database, 'doomed');
    const webhooks = host.host.resolve(Belongings).find(({ label }) => label === 'webhooks');
    expect(await webhooks?.count(host.database, id)).to.equal(0);
    const { json } = await admin.send('POST', '/webhooks', { ...good, connection: 'doomed' });
    expect(await webhooks?.count(host.database, id)).to.equal(1);
    await host.database.transaction((tx) => host.host.resolve(Connections).remove(tx, 'doomed'));
    expect(await host.rows(sql`SELECT * FROM {vestibule_webhook} WHERE webhook_id = ${json.id}`)).to.deep.equal([]);
  });
});
