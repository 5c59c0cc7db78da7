import { expect } from 'chai';
import { Activities } from '../../modules/activity/index.ts';
import { Belongings, Connections, Tokens } from '../../modules/connection/index.ts';
import { Customers, Sessions } from '../../modules/customer/index.ts';
import { Clock, Events, sql } from '../../modules/framework/index.ts';
import { deleteConnection } from '../../modules/provisioning/departure/delete-connection.ts';
import { scimClient } from '../provisioning/client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

onBothEngines('Complaints 22–25, lifecycle and operations', (engine) => {
  let host: ScimHost;
  let n = 0;
  let email: string;
  before(async () => {
    host = await openHost(engine, { secondWebsite: true });
  });
  after(() => host.close());
  beforeEach(() => {
    email = `life${++n}@example.com`;
  });

  const user = (more: Record<string, unknown> = {}) => ({
    userName: email,
    externalId: `x-${n}`,
    emails: [{ value: email, type: 'work', primary: true }],
    ...more,
  });

  /** Logs the customer in, in every way that Magento knows. */
  async function logIn(id: string): Promise<void> {
    const customer = Number(id);
    await host.database.run(sql`INSERT INTO {oauth_token} (customer_id, type, token, secret, callback_url, user_type)
      VALUES (${customer}, 'access', ${`t${id}`}, 's', '', 3)`);
    await host.database.run(
      sql`INSERT INTO {persistent_session} (\`key\`, customer_id, website_id) VALUES (${`k${id}`}, ${customer}, 1)`,
    );
    await host.database.run(sql`UPDATE {customer_entity} SET rp_token = 'reset', rp_token_created_at = '2024-05-06 11:00:00'
      WHERE entity_id = ${customer}`);
  }
  async function waysIn(id: string) {
    const customer = Number(id);
    const tokens = await host.rows(sql`SELECT entity_id FROM {oauth_token} WHERE customer_id = ${customer}`);
    const sessions = await host.rows(
      sql`SELECT persistent_id FROM {persistent_session} WHERE customer_id = ${customer}`,
    );
    const { rp_token: reset, session_cutoff: cutoff } = await host.customer(id);
    return { tokens: tokens.length, sessions: sessions.length, reset, cut: cutoff !== null };
  }

  it('#22 deactivated means locked out: sessions, tokens and reset links end, by PATCH, by PUT and by DELETE', async () => {
    for (const [how, leave] of [
      ['PATCH', (id: string) => host.scim.patch(id, { op: 'Replace', path: 'active', value: 'False' })],
      ['PUT', (id: string) => host.scim.put(id, user({ active: false }))],
      ['DELETE', (id: string) => host.scim.delete(id)],
    ] as const) {
      email = `${how.toLowerCase()}.${email}`;
      const id = await host.scim.create(user({ externalId: `x-${n}-${how}` }));
      await logIn(id);
      expect(await waysIn(id), how).to.deep.equal({ tokens: 1, sessions: 1, reset: 'reset', cut: false });
      expect((await leave(id)).status, how).to.be.below(300);
      expect(await waysIn(id), how).to.deep.equal({ tokens: 0, sessions: 0, reset: null, cut: true });
      expect(await host.customer(id), how).to.include({ is_active: 0 });
      const revoked = await host.rows(sql`SELECT * FROM {jwt_auth_revoked} WHERE user_id = ${Number(id)}`);
      expect(revoked, how).to.have.length(1);
    }
  });

  it('#22 activation gives the right to log in back, and nothing that was ended', async () => {
    const id = await host.scim.create(user());
    await logIn(id);
    await host.scim.patch(id, { op: 'replace', path: 'active', value: false });
    const { json } = await host.scim.patch(id, { op: 'replace', path: 'active', value: true });
    expect(json.active).to.equal(true);
    expect(await host.customer(id)).to.include({ is_active: 1, lock_expires: null });
    expect(await waysIn(id)).to.include({ tokens: 0, sessions: 0, reset: null });
  });

  it('#23 DELETE keeps the customer with its orders, locked out, and a POST with the externalId brings it back', async () => {
    const id = await host.scim.create(user({ name: { givenName: 'Ada', familyName: 'Lovelace' } }));
    expect((await host.scim.delete(id)).status).to.equal(204);
    expect((await host.scim.get(`/Users/${id}`)).status).to.equal(404);
    expect(await host.customer(id)).to.include({ firstname: 'Ada', lastname: 'Lovelace', is_active: 0 });
    const back = await host.scim.post(user());
    expect(back.status).to.equal(201);
    const backId = String(back.json.id);
    expect(backId, 'the old id stays dead').not.to.equal(id);
    expect(Number.parseInt(backId, 10), 'the same customer').to.equal(Number(id));
    expect(await host.customer(backId)).to.include({ email, is_active: 1 });
    await host.scim.delete(backId);
    const stranger = await host.scim.post(user({ externalId: `other-${n}` }));
    expect(stranger.status).to.equal(201);
    expect(Number.parseInt(String(stranger.json.id), 10), "a stranger gets no one's orders").not.to.equal(Number(id));
  });

  it('#23 a connection that is deleted says what becomes of its customers, and their rows stay', async () => {
    const code = `leaving${n}`;
    const scim = await host.connect(code);
    const id = await scim.create(user());
    const resolve = host.host.resolve;
    const room = {
      database: host.database,
      customers: resolve(Customers),
      sessions: resolve(Sessions),
      activities: resolve(Activities),
      connections: resolve(Connections),
      tokens: resolve(Tokens),
      belongings: resolve(Belongings),
      clock: resolve(Clock),
      events: resolve(Events),
    };
    const settle = async () => host.advance(6);
    const wanted = { code, customers: { kind: 'keep' }, settle } as const;
    const dry = await deleteConnection(room, { ...wanted, dryRun: true });
    expect(dry).to.include({ users: 1, dryRun: true });
    expect((await scim.get(`/Users/${id}`)).status).to.equal(200);
    await deleteConnection(room, { ...wanted, dryRun: false });
    expect(await host.customer(id)).to.include({ email, is_active: 1 });
    expect((await scim.get(`/Users/${id}`)).status).to.equal(401);
  });

  it('#24 an equal e-mail is no way to take an account over, and adoption does not rewrite it', async () => {
    const id = await host.shopper(email, { firstname: 'Sam' });
    expect((await host.scim.post(user())).status, 'POST').to.equal(409);
    expect(await host.rows(sql`SELECT 1 FROM {vestibule_user} WHERE customer_id = ${id}`)).to.deep.equal([]);
    const strict = await host.connect(`strict${n}`, { match: 'refuse' });
    expect((await strict.put(id, user())).status, 'PUT where matching is refused').to.equal(403);
    const foreign = { ...user(), emails: [{ value: `thief.${email}`, type: 'work', primary: true }] };
    await host.scim.put(id, { ...foreign, userName: `thief.${email}` });
    expect(await host.customer(id), 'the first write').to.include({ email });
    const adopted = await host.scim.put(id, user({ name: { givenName: 'Ada' } }));
    expect(adopted.status).to.equal(200);
    expect(await host.customer(id)).to.include({ email, firstname: 'Ada' });
    const other = await host.connect(`other${n}`, { websiteId: 2 });
    expect((await other.get(`/Users/${id}`)).status, 'another website').to.equal(404);
  });

  it('#24 a name that only looks alike is another person', async () => {
    email = `jose${n}@example.com`;
    await host.shopper(email);
    const accented = `josé${n}@example.com`;
    expect((await host.scim.find(`userName eq "${accented}"`)).json.totalResults).to.equal(0);
    const { status } = await host.scim.post({ userName: accented, emails: [{ value: accented, type: 'work' }] });
    expect(status).to.be.oneOf([201, 409]);
    const managed = await host.rows(sql`SELECT u.customer_id FROM {vestibule_user} u
      JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE c.email = ${email}`);
    if (status === 409) expect(managed).to.deep.equal([]);
  });

  it('#25 every request can be found in the record, under its connection and request id, with what it carried bar its secrets', async () => {
    const secret = `canary-${n}-secret`;
    const made = await host.scim.post(user({ displayName: 'Shown', title: 'Old', password: `${secret}Aa1` }));
    const answers = [
      made,
      await host.scim.patch(String(made.json.id), { op: 'replace', path: 'title', value: 'New' }),
      await host.scim.post(user({ displayName: 'Again', password: secret })),
      await host.scim.find(`displayName eq "${secret}"`),
    ];
    const records = await host.records();
    const mine = answers.map(({ headers }) =>
      records.find(({ requestId }) => requestId === headers.get('x-request-id')),
    );
    expect(mine.map((record) => [record?.operation, record?.outcome])).to.deep.equal([
      ['user.create', 'done'],
      ['user.patch', 'done'],
      ['user.create', 'refused'],
      ['user.list', 'unchanged'],
    ]);
    for (const record of mine) {
      expect(record?.connectionId).to.be.a('number');
      expect(record?.at).to.match(/^\d{4}-\d\d-\d\d /);
    }
    expect(mine[1]?.changed).to.deep.equal(['job_title']);
    expect(mine[1]?.modified).to.deep.equal([{ attribute: 'job_title', before: 'Old', after: 'New' }]);
    expect(mine[2]?.payload).to.have.nested.property('body.displayName', 'Again');
    expect(JSON.stringify(mine)).not.to.contain(secret);
  });

  it('#25 a token is rotated without downtime', async () => {
    const code = `rotating${n}`;
    const old = await host.connect(code);
    const tokens = host.host.resolve(Tokens);
    const connection = await host.host.resolve(Connections).byCode(host.database, code);
    const overlapUntil = new Date(host.now().getTime() + 3600_000);
    const { text } = await host.database.transaction((tx) =>
      tokens.rotate(tx, connection, { name: 'next', overlapUntil }, host.now()),
    );
    const next = scimClient(`${host.url}/scim/v2`, text);
    const both = async () => [(await old.get('/Users')).status, (await next.get('/Users')).status];
    host.advance(6);
    expect(await both()).to.deep.equal([200, 200]);
    host.advance(3600);
    expect(await both()).to.deep.equal([401, 200]);
  });
});
