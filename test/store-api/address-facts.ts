import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import type { Stage } from './stage.ts';

const home = {
  first_name: 'Eve',
  last_name: 'Dom',
  address1: '1 Main St',
  address2: 'Apt 2',
  city: 'Austin',
  state_or_province: 'TX',
  postal_code: '78701',
  country_code: 'US',
  company: 'Home Inc',
  phone: '555',
};
const work = { ...home, first_name: 'Eva', address1: '9 Work Rd', address2: '', city: 'Dallas' };

/** `/customers/addresses`: the default address by the mapping, any further one as a row. */
export function addressFacts(stage: () => Stage): void {
  describe('writes addresses', () => {
    let id = 0;
    const listed = async () => (await stage().api.get(`/customers/addresses?customer_id:in=${id}`)).json.data;

    it('with a new customer: the first is what SCIM shows and the default, the others are rows of the store', async () => {
      const { api, room, scimOf } = stage();
      const made = await api.post('/customers', [
        { email: 'eve@bc.example', first_name: 'Eve', last_name: 'Dom', addresses: [home, work] },
      ]);
      expect(made.status, JSON.stringify(made.json)).to.equal(200);
      id = made.json.data[0].id;
      expect(made.json.data[0].addresses[0]).to.include({
        ...home,
        state_or_province: 'Texas',
        country: 'United States',
      });
      expect(made.json.data[0].addresses[1]).to.include({ ...work, state_or_province: 'Texas' });
      const { json } = await scimOf.get(`/Users/${id}`);
      expect(json.addresses?.length).to.equal(1);
      expect(json.addresses?.[0]).to.include({
        locality: 'Austin',
        postalCode: '78701',
        streetAddress: '1 Main St\nApt 2',
      });
      const [first, second] = await listed();
      expect(await room.customer(id)).to.include({ default_billing: first.id, default_shipping: first.id });
      const row = await room.row(
        sql`SELECT city, region_id FROM {customer_address_entity} WHERE entity_id = ${second.id}`,
      );
      expect(row).to.include({ city: 'Dallas', region_id: 57 });
    });

    it('changes what is named of each, the document following the default one', async () => {
      const { api, room, scimOf } = stage();
      const [first, second] = await listed();
      const { status, json } = await api.put('/customers/addresses', [
        { id: first.id, city: 'Houston', phone: '556' },
        { id: second.id, address2: 'Desk 3' },
      ]);
      expect(status, JSON.stringify(json)).to.equal(200);
      expect(json.data[0]).to.include({ ...home, state_or_province: 'Texas', city: 'Houston', phone: '556' });
      expect(json.data[1]).to.include({ address1: '9 Work Rd', address2: 'Desk 3', city: 'Dallas' });
      expect((await scimOf.get(`/Users/${id}`)).json.addresses?.[0]?.locality).to.equal('Houston');
      const { document } = await room.row<{ document: string }>(
        sql`SELECT document FROM {vestibule_user_document} WHERE customer_id = ${id}`,
      );
      expect(document, 'said by the provider, not only found in the store').to.contain('Houston');
    });

    it('adds the first one of a customer that has none, and one more', async () => {
      const { api, room, scimOf, idOf } = stage();
      const bob = await idOf('bob@bc.example');
      const { json } = await api.post('/customers/addresses', [
        { customer_id: bob, ...home },
        { customer_id: bob, ...work },
      ]);
      expect(json.data.map((one: { city: string }) => one.city)).to.deep.equal(['Austin', 'Dallas']);
      expect((await room.customer(bob)).default_billing).to.equal(json.data[0].id);
      expect((await scimOf.get(`/Users/${bob}`)).json.addresses?.[0]?.locality).to.equal('Austin');
    });

    it('takes a shopper over with the first thing that is written of it', async () => {
      const { api, room, policy } = stage();
      await policy({ visibility: 'website' });
      const shopper = await room.shopper('newly@shop.example');
      const { status } = await api.post('/customers/addresses', [{ customer_id: shopper, ...home }]);
      await policy({ visibility: 'managed' });
      expect(status).to.equal(200);
      const owner = await room.row(sql`SELECT COUNT(*) AS n FROM {vestibule_user} WHERE customer_id = ${shopper}`);
      expect(Number(owner.n)).to.equal(1);
    });

    it('deletes them, and knows none that it does not see', async () => {
      const { api, room, scimOf } = stage();
      const [first, second] = await listed();
      expect((await api.delete(`/customers/addresses?id:in=${second.id}`)).status).to.equal(204);
      expect((await listed()).map((one: { id: number }) => one.id)).to.deep.equal([first.id]);
      expect((await api.delete(`/customers/addresses?id:in=${first.id},${second.id}`)).status).to.equal(204);
      expect(await listed()).to.deep.equal([]);
      expect((await scimOf.get(`/Users/${id}`)).json.addresses).to.equal(undefined);
      expect((await api.put('/customers/addresses', [{ id: first.id, city: 'X' }])).status).to.equal(404);
      const other = await room.connect('addressed');
      const addresses = [{ streetAddress: '1 Far', locality: 'Away', country: 'US' }];
      const foreign = await other.create({ userName: 'far@x.example', addresses });
      const seen = await api.get(`/customers/addresses?customer_id:in=${foreign}`);
      expect(seen.json).to.deep.include({ data: [] });
      const refused = await api.post('/customers/addresses', [{ customer_id: Number(foreign), ...home }]);
      expect(refused.status).to.equal(404);
    });

    it('and lists them in pages that say how many there are', async () => {
      const { api } = stage();
      const page = async (query: string) => {
        const { data, meta } = (await api.get(`/customers/addresses?${query}`)).json;
        const { total, total_pages: pages, links } = meta.pagination;
        return [data.map((one: { id: number }) => one.id), total, pages, links.next];
      };
      const [all, total] = await page('limit=50');
      expect([all.length, all]).to.deep.equal([total, [...all].sort((a: number, b: number) => a - b)]);
      const pages = Math.ceil(total / 2);
      expect(await page('limit=2')).to.deep.equal([all.slice(0, 2), total, pages, '?page=2&limit=2']);
      expect((await page('limit=2&page=2'))[0]).to.deep.equal(all.slice(2, 4));
      expect(await page('limit=2&page=99')).to.deep.equal([[], total, pages, undefined]);
      const { data, meta } = (await api.get(`/customers/addresses?after=${all[1]}&limit=2`)).json;
      expect(data.map((one: { id: number }) => one.id)).to.deep.equal(all.slice(2, 4));
      expect(meta.cursor_pagination).to.include({ count: data.length, per_page: 2 });
      expect((await api.get('/customers/addresses?before=1')).status).to.equal(422);
    });

    it('on behalf of the connection, which is not told of its own changes', async () => {
      const { room, connectionId } = stage();
      const causes = await room.rows(sql`SELECT DISTINCT cause FROM {vestibule_change} WHERE customer_id = ${id}`);
      expect(causes).to.deep.equal([{ cause: `connection:${connectionId}` }]);
    });

    it('never of a customer that is protected, nor what is no address', async () => {
      const { api, room, idOf } = stage();
      const bob = await idOf('bob@bc.example');
      const count = async () =>
        (await room.rows(sql`SELECT entity_id FROM {customer_address_entity} WHERE parent_id = ${bob}`)).length;
      await room.database.run(
        sql`INSERT INTO {vestibule_protected_customer} (customer_id, protected_at, protected_by) VALUES (${bob}, ${'2024-05-06 12:00:00'}, ${'test'})`,
      );
      const refused = await api.post('/customers/addresses', [{ customer_id: bob, ...work }]);
      await room.database.run(sql`DELETE FROM {vestibule_protected_customer} WHERE customer_id = ${bob}`);
      expect([refused.status, refused.json.title]).to.satisfy(
        ([status, title]: [number, string]) => status === 403 && title.includes('is protected'),
      );
      expect(await count()).to.equal(2);
      const odd = await api.post('/customers/addresses', [{ customer_id: bob, ...work, country_code: 'USA' }]);
      expect([odd.status, Object.keys(odd.json.errors)]).to.deep.equal([422, ['0.country_code']]);
    });
  });
}
