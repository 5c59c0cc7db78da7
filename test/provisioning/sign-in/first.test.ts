import { expect } from 'chai';
import { UserMapping } from '../../../modules/attribute-mapping/index.ts';
import { defineModule, observe, plugin, sql } from '../../../modules/framework/index.ts';
import { type ProvisionedCustomer, UserProvisioned } from '../../../modules/provisioning/index.ts';
import type { Resource } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from '../policy/connected.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('A first sign-in of somebody whom nobody knows', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let door: Door;
  let name: string;
  const told: ProvisionedCustomer[] = [];
  const listener = defineModule({
    name: 'listener',
    version: '1.0.0',
    sequence: ['provisioning', 'attribute-mapping'],
    observers: [
      observe(UserProvisioned, { id: 'listener.made', when: 'transaction', handle: (made) => void told.push(made) }),
    ],
    plugins: [
      plugin(UserMapping, {
        id: 'listener.vip',
        advise: () => ({
          toCustomer: {
            after: async (mapped, user) =>
              user.nickName === 'vip' ? { ...mapped, attributes: { ...mapped.attributes, suffix: 'VIP' } } : mapped,
          },
        }),
      }),
    ],
  });
  before(async () => {
    host = await openHost(engine, { modules: [listener] });
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    door = doorOf(host, shop);
    name = `new.${shop.code}@example.com`;
    told.length = 0;
  });

  const said = (): Resource => ({
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: name, type: 'work', primary: true }],
    title: 'Countess',
  });

  it('makes a user like any other: mapped, listed, found, told', async () => {
    const came = await door.signIn(name, { ...said(), nickName: 'vip' });
    expect(came).to.include({ outcome: 'created', email: name });
    expect(told.map(({ customerId, email }) => ({ customerId, email }))).to.deep.equal([
      { customerId: came.customerId, email: name },
    ]);
    expect(await host.customer(came.customerId)).to.include({
      firstname: 'Ada',
      lastname: 'Lovelace',
      suffix: 'VIP',
      is_active: 1,
    });
    expect(await host.eav(came.customerId)).to.include({ job_title: 'Countess' });
    const { json } = await shop.scim.get(`/Users/${came.userId}`);
    expect(json).to.deep.include({ userName: name, active: true, title: 'Countess', emails: said().emails });
    expect(json).not.to.have.property('externalId');
    expect(json.meta?.created).to.equal(json.meta?.lastModified);
    for (const filter of [`userName eq "${name.toUpperCase()}"`, `emails.value eq "${name}"`, 'title co "ount"'])
      expect((await shop.scim.find(filter)).json.Resources?.[0]?.id, filter).to.equal(came.userId);
  });

  it('is recorded once, in its transaction, with what it made and the way it went', async () => {
    const { customerId } = await door.signIn(name, said(), { requestId: `first-${shop.code}` });
    const records = (await host.records()).filter((record) => record.requestId === `first-${shop.code}`);
    expect(records).to.have.length(1);
    const [record] = records;
    expect(record).to.include({ operation: 'sign-in', outcome: 'done', status: 200, customerId, subject: name });
    expect(record?.trace?.map(({ step }) => step)).to.deep.equal(['map', 'write', 'answer']);
    expect(record?.modified?.find(({ attribute }) => attribute === 'job_title')?.after).to.equal('Countess');
    expect(record?.notes?.[0]).to.equal('The customer was made at the first sign-in.');
  });

  it('leaves a user that SCIM finds, takes over and has the last word about', async () => {
    const { userId, customerId } = await door.signIn(name, said());
    const { json } = await shop.scim.find(`userName eq "${name}"`);
    const version = json.Resources?.[0]?.meta?.version;
    const put = await shop.scim.put(userId, {
      userName: name,
      externalId: 'e-1',
      title: 'Engineer',
      ...namedBy('Eve'),
    });
    expect(put.status).to.equal(200);
    expect(put.json.meta?.version).not.to.equal(version);
    host.advance(60);
    const again = await door.signIn(name, { ...said(), nickName: 'A' });
    expect(again.outcome).to.equal('updated');
    expect(again.disagreements.map(({ path }) => path)).to.deep.equal(['name.givenName', 'title']);
    const now = await shop.scim.get(`/Users/${userId}`);
    expect(now.json).to.deep.include({ title: 'Engineer', externalId: 'e-1', nickName: 'A' });
    expect(now.json.meta?.lastModified).to.equal(host.now().toISOString().replace('.000', ''));
    expect(now.json.meta?.version).not.to.equal(put.json.meta?.version);
    expect((await host.customer(customerId)).firstname).to.equal('Eve');
  });

  const namedBy = (givenName: string) => ({ name: { givenName, familyName: 'Lovelace' } });

  it('is refused, and leaves nothing, where sign-ins make nobody', async () => {
    const before = await shop.customers();
    expect((await door.refused(name, said(), { policy: { create: false } })).code).to.equal('NOT_PROVISIONED');
    await shop.set({ newCustomers: false });
    const off = await door.refused(name, said(), { requestId: `off-${shop.code}` });
    expect([off.code, off.message]).to.deep.equal(['CREATION_OFF', off.message]);
    expect(off.message).to.contain('--new-customers on');
    await shop.set({ newCustomers: true, create: false });
    expect((await door.refused(name, said())).message).to.contain('--create on');
    await shop.set({ create: true, scope: 'title eq "Duke"' });
    expect((await door.refused(name, said())).code).to.equal('OUT_OF_SCOPE');
    await shop.set({ scope: null, missingEmail: 'refuse' });
    expect((await door.refused('no-address', { title: 'x' })).code).to.equal('INVALID');
    expect([await shop.customers(), told, door.remembered.size]).to.deep.equal([before, [], 0]);
    const record = (await host.records()).find(({ requestId }) => requestId === `off-${shop.code}`);
    expect(record).to.include({ operation: 'sign-in', outcome: 'refused', status: 403, subject: name });
    expect(record?.reason).to.contain('--new-customers on');
    expect(off.sentence).not.to.contain(shop.code);
  });

  it('is refused while the connection is paused, and by nothing that tells nobody', async () => {
    await shop.set({}, { active: false });
    expect((await door.refused(name, said())).code).to.equal('CONNECTION_PAUSED');
    await shop.set({}, { active: true });
    expect((await door.refused(' ')).code).to.equal('INVALID');
    expect((await door.refused('x'.repeat(256))).code).to.equal('INVALID');
    await shop.set({ scim: false });
    expect((await door.signIn(name, said())).outcome).to.equal('created');
  });

  it('puts nobody into a protected customer group, nor into another one than the policy says', async () => {
    await host.database.transaction((tx) =>
      tx.run(sql`INSERT INTO {customer_group} (customer_group_code, tax_class_id) VALUES (${`g${shop.code}`}, 3)`),
    );
    await shop.set({ defaultGroup: `g${shop.code}` });
    const { customerId } = await door.signIn(name, said());
    const { customer_group_id } = await host.row<{ customer_group_id: number }>(
      sql`SELECT customer_group_id FROM {customer_group} WHERE customer_group_code = ${`g${shop.code}`}`,
    );
    expect((await host.customer(customerId)).group_id).to.equal(customer_group_id);
  });
});
