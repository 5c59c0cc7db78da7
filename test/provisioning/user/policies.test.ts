import { expect } from 'chai';
import { type ConnectionPolicy, Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { ScimAnswer, ScimClient } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';
const inactive = { op: 'replace', path: 'active', value: false };
const active = { op: 'replace', path: 'active', value: true };
const named = (value: string) => ({ op: 'replace', path: 'name.givenName', value });

onBothEngines('A switch of a connection', (engine) => {
  let host: ScimHost;
  let scim: ScimClient;
  let code: string;
  let id: string;
  let made = 0;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    code = `c${++made}`;
    scim = await host.connect(code);
    id = await scim.create(person());
  });

  const person = () => ({
    userName: `${code}@example.com`,
    externalId: code,
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: `${code}@example.com`, type: 'work', primary: true }],
  });
  const set = async (policy: Partial<ConnectionPolicy>) => {
    await host.database.transaction((tx) => host.host.resolve(Connections).change(tx, code, { policy }));
    host.advance(5);
  };
  const row = (of = id) =>
    host.row<{ firstname: string; is_active: number }>(
      sql`SELECT firstname, is_active FROM {customer_entity} WHERE entity_id = ${Number(of)}`,
    );
  const customers = () => host.row(sql`SELECT COUNT(*) AS n FROM {customer_entity}`);
  /** Refused by that switch, in words that say how it is turned on. */
  function expectOff({ status, json }: ScimAnswer, label: string, option: string): void {
    expect([status, json.schemas, json.status]).to.deep.equal([403, [errorSchema], '403']);
    expect(json.detail)
      .to.match(new RegExp(`^${label} is off for the connection "${code}"`))
      .and.contain(`SCIM Configuration in the administration (connection:set --code ${code} --${option} on)`);
  }
  const refusals = async () =>
    (await host.records()).filter(({ outcome, reason }) => outcome === 'refused' && reason?.includes(' is off for '));

  it('turns all of SCIM off and on again', async () => {
    await set({ scim: false });
    for (const answer of [await scim.get(`/Users/${id}`), await scim.get('/Schemas'), await scim.delete(id)])
      expectOff(answer, 'Enable SCIM Provisioning', 'scim');
    const [newest] = await refusals();
    expect(newest).to.include({ operation: 'scim.off', status: 403 });
    await set({ scim: true });
    expect((await scim.get(`/Users/${id}`)).status).to.equal(200);
  });

  it('is something else than a pause, which comes first', async () => {
    await set({ scim: false });
    const connections = host.host.resolve(Connections);
    await host.database.transaction((tx) => connections.change(tx, code, { active: false }));
    host.advance(5);
    expect((await scim.get('/Users')).json.detail).to.contain(
      'is paused; its page in the administration (connection:resume)',
    );
    await host.database.transaction((tx) => connections.change(tx, code, { active: true }));
    host.advance(5);
    expectOff(await scim.get('/Users'), 'Enable SCIM Provisioning', 'scim');
  });

  for (const [policy, option, label, refused] of [
    ['create', 'create', 'Create', 'POST'],
    ['delete', 'delete', 'Delete', 'DELETE'],
  ] as const)
    it(`“${label}” refuses ${refused} of users and groups, and nothing else`, async () => {
      const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: code };
      const made = await scim.send('POST', '/Groups', group);
      const before = await customers();
      await set({ [policy]: false });
      const other = { ...person(), userName: `x${code}@example.com`, externalId: 'x', emails: [] };
      const answers = {
        POST: [await scim.post(other), await scim.send('POST', '/Groups', { ...group, displayName: `x${code}` })],
        PATCH: [await scim.patch(id, named('Grace'))],
        PUT: [await scim.put(id, person())],
        GET: [await scim.get(`/Users/${id}`)],
        DELETE: [await scim.delete(id), await scim.send('DELETE', `/Groups/${made.json.id}`)],
      };
      for (const [method, all] of Object.entries(answers))
        for (const answer of all)
          if (method === refused) expectOff(answer, label, option);
          else expect(answer.status, `${method} ${answer.text}`).to.be.below(300);
      expect(Number((await customers()).n) - Number(before.n)).to.equal(refused === 'POST' ? 0 : 1);
      expect((await refusals())[0]?.operation).to.match(refused === 'POST' ? /\.create$/ : /\.delete$/);
    });

  it('“Update” refuses every change but a deactivation', async () => {
    await set({ update: false });
    expectOff(await scim.patch(id, named('Grace')), 'Update', 'update');
    expectOff(
      await scim.put(id, { ...person(), name: { givenName: 'Grace', familyName: 'Lovelace' } }),
      'Update',
      'update',
    );
    expectOff(await scim.patch(id, named('Grace'), inactive), 'Update', 'update');
    expectOff(await scim.patch(id, { op: 'add', path: 'nickName', value: 'Countess' }), 'Update', 'update');
    expect(await row()).to.deep.equal({ firstname: 'Ada', is_active: 1 });
    expect((await refusals())[0]).to.include({ operation: 'user.patch', subject: id });
    // what changes nothing is answered as ever
    expect((await scim.put(id, person())).status).to.equal(200);
    expect((await scim.patch(id, named('Ada'))).status).to.equal(200);
    expect((await scim.patch(id, inactive)).status).to.equal(200);
    expect(await row()).to.deep.equal({ firstname: 'Ada', is_active: 0 });
    expectOff(await scim.patch(id, active), 'Update', 'update');
  });

  it('“Update” is not asked about a POST that brings somebody back', async () => {
    await scim.patch(id, inactive);
    await set({ update: false, deactivate: false });
    const back = await scim.post({ ...person(), name: { givenName: 'Grace', familyName: 'Lovelace' } });
    expect([back.status, back.json.id]).to.deep.equal([201, id]);
    expect(await row()).to.deep.equal({ firstname: 'Grace', is_active: 1 });
  });

  it('“Update” lets a deactivation through that brings the whole user as it is', async () => {
    await set({ update: false });
    expect((await scim.put(id, { ...person(), active: false })).status).to.equal(200);
    expect((await row()).is_active).to.equal(0);
  });

  it('“Update” does not take for a change of the provider what the store has changed', async () => {
    await host.database.run(sql`UPDATE {customer_entity} SET firstname = 'Augusta' WHERE entity_id = ${Number(id)}`);
    await set({ update: false });
    expect((await scim.patch(id, inactive)).status).to.equal(200);
    expect(await row()).to.deep.equal({ firstname: 'Augusta', is_active: 0 });
  });

  it('“Update” refuses changes of groups', async () => {
    const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: code };
    const { json } = await scim.send('POST', '/Groups', group);
    await set({ update: false });
    const patch = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
    };
    expectOff(await scim.send('PATCH', `/Groups/${json.id}`, patch), 'Update', 'update');
    expectOff(await scim.send('PUT', `/Groups/${json.id}`, group), 'Update', 'update');
  });

  it('“Deactivate” keeps active users active, however it is said, and lets other changes through', async () => {
    await set({ deactivate: false });
    expectOff(await scim.patch(id, inactive), 'Deactivate', 'deactivate');
    expectOff(await scim.put(id, { ...person(), active: false }), 'Deactivate', 'deactivate');
    expectOff(await scim.patch(id, named('Grace'), inactive), 'Deactivate', 'deactivate');
    expect(await row()).to.deep.equal({ firstname: 'Ada', is_active: 1 });
    expect((await scim.patch(id, named('Grace'))).status).to.equal(200);
    expect((await scim.put(id, person())).status).to.equal(200);
    await set({ deactivate: true });
    expect((await scim.patch(id, inactive)).status).to.equal(200);
    await set({ deactivate: false });
    expect((await scim.patch(id, inactive)).status).to.equal(200);
    expect((await scim.patch(id, active)).status).to.equal(200);
    expect((await row()).is_active).to.equal(1);
  });

  it('“Update” and “Deactivate” together refuse PUT and PATCH at the door', async () => {
    await set({ update: false, deactivate: false });
    expectOff(await scim.patch(id, inactive), 'Update', 'update');
    expectOff(await scim.patch('999999', inactive), 'Update', 'update');
  });

  it('“Update” refuses to take a shopper over', async () => {
    const shopper = await host.shopper(`shopper-${code}@example.com`);
    const taken = { userName: `shopper-${code}@example.com`, name: { givenName: 'Sam', familyName: 'Shopper' } };
    await set({ update: false });
    expectOff(await scim.put(shopper, taken), 'Update', 'update');
    await set({ update: true, deactivate: false });
    expectOff(await scim.put(shopper, { ...taken, active: false }), 'Deactivate', 'deactivate');
    expect((await row(String(shopper))).is_active).to.equal(1);
    expect((await scim.put(shopper, taken)).status).to.equal(200);
  });

  it('“Enable New Customer Creation” refuses whom the store does not know, and serves whom it knows', async () => {
    await host.shopper(`shopper-${code}@example.com`);
    const before = await customers();
    await set({ newCustomers: false });
    const stranger = { userName: `stranger-${code}@example.com`, externalId: `s-${code}` };
    expectOff(await scim.post(stranger), 'Enable New Customer Creation', 'new-customers');
    expect(await customers()).to.deep.equal(before);
    expect((await refusals())[0]).to.include({ operation: 'user.create', status: 403 });
    // known: a user of the connection, and a shopper whom it may take over
    for (const known of [person(), { userName: `shopper-${code}@example.com` }]) {
      const { status, json } = await scim.post(known);
      expect([status, json.scimType]).to.deep.equal([409, 'uniqueness']);
    }
    expect((await scim.patch(id, named('Grace'))).status).to.equal(200);
    await set({ newCustomers: true });
    expect((await scim.post(stranger)).status).to.equal(201);
  });

  it('“Enable New Customer Creation” lets people come back who were deactivated or deleted', async () => {
    await set({ newCustomers: false });
    await scim.patch(id, inactive);
    const back = await scim.post(person());
    expect([back.status, back.json.id]).to.deep.equal([201, id]);
    await scim.delete(id);
    expect((await scim.post(person())).status).to.equal(201);
  });

  it('reaches each operation of a bulk request', async () => {
    await set({ delete: false });
    const Operations = [
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        data: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [named('Grace')] },
      },
      { method: 'DELETE', path: `/Users/${id}` },
    ];
    const bulk = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations };
    const { status, json } = await scim.send('POST', '/Bulk', bulk);
    expect(status).to.equal(200);
    expect([json.Operations?.[0]?.status, json.Operations?.[1]?.status]).to.deep.equal(['200', '403']);
    expect(json.Operations?.[1]?.response?.detail).to.contain('Delete is off');
  });
});
