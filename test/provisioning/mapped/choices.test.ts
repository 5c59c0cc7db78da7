import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { CustomerGroups } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedClient, type MappedHost, openMappedHost } from './mapped-host.ts';

const from = (source: string, target: string, more: Partial<MappingRow> = {}): MappingRow =>
  ({ id: target, type: 'direct', source, target, ...more }) as MappingRow;

onBothEngines('What a mapping chooses among the rows of the store', (engine) => {
  let host: MappedHost;
  let wholesale: number;
  before(async () => {
    host = await openMappedHost(engine, { secondWebsite: true });
    wholesale = (
      await host.row<{ id: number }>(
        sql`SELECT customer_group_id AS id FROM {customer_group} WHERE customer_group_code = 'Wholesale'`,
      )
    ).id;
  });
  after(() => host.close());

  const groupOf = async (id: string) => (await host.customer(id)).group_id;

  describe('a customer group', () => {
    it('by its code, by its id, without regard to case', async () => {
      const scim = await host.mapped([from('userType', 'group')]);
      for (const userType of ['wholesale', ' Wholesale ', String(wholesale)])
        expect(await groupOf(await scim.create(scim.user({ userType })))).to.equal(wholesale);
    });

    it('changes with the user, and goes back to the default where it is sent no longer', async () => {
      const scim = await host.mapped([from('userType', 'group')]);
      const user = scim.user({ userType: 'Wholesale' });
      const id = await scim.create(user);
      await scim.put(id, { ...user, userType: 'Retailer' });
      expect(await groupOf(id)).to.equal(3);
      const { userType: _, ...without } = user;
      await scim.put(id, without);
      expect(await groupOf(id)).to.equal(1);
      const records = await host.records();
      expect(records[0]?.changed).to.deep.equal(['group_id']);
      await scim.put(id, without);
      expect((await host.records())[0]?.outcome).to.equal('unchanged');
    });

    it("stays the store's own where the provider has never said one", async () => {
      const scim = await host.mapped([from('userType', 'group')]);
      const user = scim.user();
      const id = await scim.create(user);
      await host.database.run(sql`UPDATE {customer_entity} SET group_id = 3 WHERE entity_id = ${Number(id)}`);
      await scim.put(id, { ...user, title: 'Baker' });
      expect(await groupOf(id)).to.equal(3);
    });

    it('follows the rule "create"', async () => {
      const scim = await host.mapped([from('userType', 'group', { apply: 'create' })]);
      const user = scim.user({ userType: 'Wholesale' });
      const id = await scim.create(user);
      await scim.put(id, { ...user, userType: 'Retailer' });
      expect(await groupOf(id)).to.equal(wholesale);
    });

    it('that the store does not have is 400 and names those it has; so is the group of nobody', async () => {
      const scim = await host.mapped([from('userType', 'group')]);
      for (const userType of ['Gold', '0', 'NOT LOGGED IN']) {
        const { status, json } = await scim.post(scim.user({ userType }));
        expect([status, json.scimType]).to.deep.equal([400, 'invalidValue']);
        expect(json.detail).to.contain(`customer group "${userType}"`).and.contain('"General", "Wholesale"');
      }
    });

    it('is known as soon as it is made', async () => {
      const scim = await host.mapped([from('userType', 'group')]);
      const gold = await host.database.transaction((tx) => host.host.resolve(CustomerGroups).create(tx, 'Gold Club'));
      expect(await groupOf(await scim.create(scim.user({ userType: 'Gold Club' })))).to.equal(gold);
    });
  });

  describe('a store view', () => {
    it("of the connection's website, by code or id", async () => {
      const scim = await host.mapped([from('locale', 'store_view')]);
      for (const locale of ['default', '1'])
        expect((await host.customer(await scim.create(scim.user({ locale })))).store_id).to.equal(1);
      const without = await scim.create(scim.user());
      expect((await host.customer(without)).store_id).to.equal(1);
    });

    it('of another website, or of none, is 400 and names those of this one', async () => {
      const scim = await host.mapped([from('locale', 'store_view')]);
      for (const locale of ['second', '2', 'nowhere', 'admin']) {
        const { status, json } = await scim.post(scim.user({ locale }));
        expect(status).to.equal(400);
        expect(json.detail).to.contain(`store view "${locale}"`).and.contain('it has "default"');
      }
    });
  });

  describe('a website', () => {
    it("is the connection's own, or 400", async () => {
      const scim = await host.mapped([from('timezone', 'website')]);
      expect((await scim.post(scim.user({ timezone: 'base' }))).status).to.equal(201);
      expect((await scim.post(scim.user())).status).to.equal(201);
      const { status, json } = await scim.post(scim.user({ timezone: 'second' }));
      expect(status).to.equal(400);
      expect(json.detail).to.contain('the website "second"').and.contain('provisions "base" alone');
    });
  });

  describe('told back', () => {
    const setGroup = (id: string, group: number) =>
      host.database.run(sql`UPDATE {customer_entity} SET group_id = ${group} WHERE entity_id = ${Number(id)}`);
    const read = async (scim: MappedClient, id: string) => (await scim.get(`/Users/${id}`)).json;
    const found = async (scim: MappedClient, filter: string) =>
      ((await scim.find(filter)).json.Resources ?? []) as unknown as { id: string }[];

    it('a group both ways: as it was sent, and by its code once the store has moved the customer', async () => {
      const scim = await host.mapped([from('userType', 'group', { direction: 'both' })]);
      const id = await scim.create(scim.user({ userType: 'wholesale' }));
      expect((await read(scim, id)).userType).to.equal('wholesale');
      await setGroup(id, 3);
      expect((await read(scim, id)).userType).to.equal('Retailer');
      expect(await found(scim, 'userType eq "retailer"')).to.have.length(1);
      expect(await found(scim, 'userType eq "wholesale"')).to.have.length(0);
      // What a read has shown is good to be sent again, and changes nothing.
      const { meta: _, ...shown } = (await read(scim, id)) as unknown as Record<string, unknown>;
      expect((await scim.put(id, shown)).status).to.equal(200);
      expect(await groupOf(id)).to.equal(3);
      expect((await read(scim, id)).userType).to.equal('Retailer');
    });

    it('a group that only goes out: what the store says, whatever is sent', async () => {
      const scim = await host.mapped([from('userType', 'group', { direction: 'out' })]);
      const id = await scim.create(scim.user({ userType: 'Wholesale' }));
      expect(await groupOf(id)).to.equal(1);
      expect((await read(scim, id)).userType).to.equal('General');
      expect(await found(scim, 'userType eq "general"')).to.have.length(1);
    });

    it('a group by the key of a table', async () => {
      const table = { staff: 'wholesale', shop: '3' };
      const scim = await host.mapped([
        { id: 'group', type: 'lookup', source: 'userType', table, target: 'group', direction: 'both' },
      ]);
      const id = await scim.create(scim.user({ userType: 'staff' }));
      expect(await groupOf(id)).to.equal(wholesale);
      await setGroup(id, 3);
      expect((await read(scim, id)).userType).to.equal('shop');
      await scim.patch(id, { op: 'replace', path: 'title', value: 'Baker' });
      expect(await groupOf(id)).to.equal(3);
    });

    it('a group that the provider owns: as it was sent, and put back', async () => {
      const scim = await host.mapped([from('userType', 'group', { direction: 'both', locked: true })]);
      const id = await scim.create(scim.user({ userType: 'Wholesale' }));
      await setGroup(id, 3);
      expect((await read(scim, id)).userType).to.equal('Wholesale');
      await scim.patch(id, { op: 'replace', path: 'title', value: 'Baker' });
      expect(await groupOf(id)).to.equal(wholesale);
    });

    it('a group that is made a moment ago: by its code once it is known, by its id till then', async () => {
      const scim = await host.mapped([from('userType', 'group', { direction: 'out' })]);
      const id = await scim.create(scim.user());
      const silver = await host.database.transaction((tx) => host.host.resolve(CustomerGroups).create(tx, 'Silver'));
      await setGroup(id, silver);
      expect((await read(scim, id)).userType).to.be.oneOf(['Silver', String(silver)]);
    });

    it('a store view and the website', async () => {
      const scim = await host.mapped([
        from('locale', 'store_view', { direction: 'both' }),
        from('timezone', 'website', { direction: 'out' }),
      ]);
      const id = await scim.create(scim.user({ locale: '1' }));
      expect(await read(scim, id)).to.include({ locale: '1', timezone: 'base' });
      await host.database.run(sql`UPDATE {customer_entity} SET store_id = 2 WHERE entity_id = ${Number(id)}`);
      expect((await read(scim, id)).locale).to.equal('second');
      expect(await found(scim, 'timezone eq "base"')).to.have.length(1);
    });

    it('a group not at all, where no row says so', async () => {
      const scim = await host.mapped([from('userType', 'group')]);
      const id = await scim.create(scim.user({ userType: 'wholesale' }));
      await setGroup(id, 3);
      expect((await read(scim, id)).userType).to.equal('wholesale');
    });
  });
});
