import { expect } from 'chai';
import { ConnectionEditor } from '../../../modules/connection/index.ts';
import { CustomerGroups } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';

onBothEngines('What a connection says of new customers', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
  });

  const bare = (name = 'bare') => ({ userName: `${name}-${shop.code}`, displayName: 'Bare User' });

  it('gives somebody without an e-mail address a placeholder, or refuses', async () => {
    const id = await shop.scim.create(bare());
    expect((await host.customer(id)).email).to.match(/\.placeholder\.invalid$/);
    await shop.set({ missingEmail: 'refuse' });
    const before = await shop.customers();
    const { status, json } = await shop.scim.post(bare('other'));
    expect([status, json.scimType]).to.deep.equal([400, 'invalidValue']);
    expect(json.detail).to.contain('no e-mail address').and.contain('--missing-email placeholder');
    expect(await shop.customers()).to.equal(before);
    expect((await shop.scim.post(shop.person('mailed'))).status).to.equal(201);
    expect((await shop.scim.post({ userName: `named.${shop.code}@example.com` })).status).to.equal(201);
  });

  it('refuses to take somebody’s e-mail address away, and serves whoever had none before', async () => {
    const without = await shop.scim.create(bare());
    const id = await shop.scim.create({ ...bare('mailed'), emails: [{ value: `m.${shop.code}@example.com` }] });
    await shop.set({ missingEmail: 'refuse' });
    const { status, json } = await shop.scim.patch(id, { op: 'remove', path: 'emails' });
    expect([status, json.scimType]).to.deep.equal([400, 'invalidValue']);
    expect((await host.customer(id)).email).to.equal(`m.${shop.code}@example.com`);
    expect((await shop.scim.patch(without, { op: 'add', path: 'title', value: 'x' })).status).to.equal(200);
    expect((await shop.scim.patch(without, { op: 'replace', path: 'active', value: false })).status).to.equal(200);
  });

  it('puts them into its customer group, and nobody who is there already', async () => {
    const early = await shop.scim.create(shop.person('early'));
    const code = `Staff ${shop.code}`;
    const staff = await host.database.transaction((tx) => host.host.resolve(CustomerGroups).create(tx, code));
    await host.host.resolve(ConnectionEditor).change(shop.code, { policy: { defaultGroup: code } });
    host.advance(5);
    const id = await shop.scim.create(shop.person('new'));
    expect((await host.customer(id)).group_id).to.equal(staff);
    expect(
      await host.row(sql`SELECT group_id FROM {customer_grid_flat} WHERE entity_id = ${Number(id)}`),
    ).to.deep.equal({ group_id: staff });
    await shop.scim.patch(early, { op: 'add', path: 'title', value: 'x' });
    expect((await host.customer(early)).group_id).to.equal(1);
  });

  it('takes the store’s own group where its group is gone, and notes it', async () => {
    await shop.set({ defaultGroup: 'Gone' });
    const id = await shop.scim.create(shop.person('new'));
    expect((await host.customer(id)).group_id).to.equal(1);
    const [record] = (await host.records()).filter(({ operation }) => operation === 'user.create');
    expect(record?.notes?.join(' ')).to.contain('"Gone"').and.contain('--default-group');
  });

  it('names only customer groups that there are', async () => {
    const editor = host.host.resolve(ConnectionEditor);
    for (const defaultGroup of ['Nowhere', 'NOT LOGGED IN']) {
      const refused = await editor.change(shop.code, { policy: { defaultGroup } }).then(
        () => undefined,
        (error: Error & { code?: string }) => error,
      );
      expect(refused?.code).to.equal('POLICY_INVALID');
      expect(refused?.message).to.contain(`"${defaultGroup}"`).and.contain('"General"');
    }
    expect((await editor.change(shop.code, { policy: { defaultGroup: null } })).policy.defaultGroup).to.equal(null);
  });
});
