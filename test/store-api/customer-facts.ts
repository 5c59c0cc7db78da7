import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { scimClient } from '../provisioning/client.ts';
import type { Stage } from './stage.ts';

const ada = {
  email: 'ada@bc.example',
  first_name: 'Ada',
  last_name: 'Byron',
  company: 'Analytical',
  phone: '+44 20 1',
};

/** `/customers` reads and writes what SCIM reads and writes. */
export function customerFacts(stage: () => Stage): void {
  describe('makes customers', () => {
    it('of an array, by the mapping of the connection, and answers them as BigCommerce does', async () => {
      const { api, room } = stage();
      const made = await api.post('/customers', [
        { ...ada, notes: 'likes engines', customer_group_id: 2 },
        { email: 'bob@bc.example', first_name: 'Bob', last_name: 'Bailey' },
      ]);
      expect(made.status, JSON.stringify(made.json)).to.equal(200);
      expect(made.json.meta).to.deep.equal({});
      const [first, second] = made.json.data;
      expect(first).to.include({ ...ada, customer_group_id: 2, date_created: '2024-05-06T12:00:00Z', is_active: true });
      expect(second).to.include({ email: 'bob@bc.example', customer_group_id: 1, company: '', phone: '' });
      const row = await room.customer(first.id);
      expect(row).to.include({ email: ada.email, firstname: 'Ada', lastname: 'Byron', group_id: 2, website_id: 1 });
      expect(await room.eav(first.id)).to.include({ organization: 'Analytical', phone_number: ada.phone });
    });

    it('that SCIM sees, too, and says in the record who it was', async () => {
      const { room, scimOf } = stage();
      const { json } = await scimOf.find('userName eq "ada@bc.example"');
      expect(json.totalResults).to.equal(1);
      const records = await room.records();
      const [record] = records.filter(({ operation, subject }) => operation === 'user.create' && subject === ada.email);
      expect(record).to.include({ actor: 'store API: importer', outcome: 'done' });
      expect(record?.notes?.join(' ')).to.contain('"notes" is in no known schema');
    });

    it('and says 409 in provisioning’s words where one is there already, the rest being made: 207', async () => {
      const { api } = stage();
      const taken = await api.post('/customers', [ada]);
      expect(taken.status).to.equal(409);
      expect(taken.json).to.have.all.keys('status', 'title', 'type', 'instance', 'errors');
      expect(taken.json.title).to.contain('must be unique');
      expect(taken.json.errors).to.have.all.keys('0.email');
      const part = await api.post('/customers', [{ ...ada, email: 'cy@bc.example' }, ada]);
      expect([part.status, part.json.meta]).to.deep.equal([207, { total: 2, success: 1, failed: 1 }]);
      expect(part.json.data[0].email).to.equal('cy@bc.example');
      expect(part.json.errors[0].errors).to.have.all.keys('1.email');
    });

    it('or none of an array of which one is no customer', async () => {
      const { api, room } = stage();
      const refused = await api.post('/customers', [{ ...ada, email: 'never@bc.example' }, { first_name: 7 }]);
      expect([refused.status, Object.keys(refused.json.errors)]).to.deep.equal([422, ['1.first_name']]);
      const grouped = await api.post('/customers', [{ ...ada, email: 'never@bc.example', customer_group_id: 77 }]);
      expect([grouped.status, grouped.json.errors]).to.deep.equal([
        422,
        { '0': 'The store has no customer group 77 for customers.' },
      ]);
      const found = await room.rows(sql`SELECT entity_id FROM {customer_entity} WHERE email = ${'never@bc.example'}`);
      expect(found).to.deep.equal([]);
      expect((await api.post('/customers', { ...ada })).status).to.equal(400);
      expect((await api.post('/customers', '{"email":')).status).to.equal(400);
      const many = Array.from({ length: 11 }, (_, i) => ({ ...ada, email: `m${i}@bc.example` }));
      expect((await api.post('/customers', many)).json.title).to.contain('Max batch size allowed is 10');
    });
  });

  describe('changes customers', () => {
    it('in what is named alone, the user name following the e-mail address', async () => {
      const { api, room, scimOf, idOf } = stage();
      const id = await idOf(ada.email);
      const { status, json } = await api.put('/customers', [{ id, email: 'ada.l@bc.example', first_name: 'Augusta' }]);
      expect(status, JSON.stringify(json)).to.equal(200);
      expect(json.data[0]).to.include({ ...ada, email: 'ada.l@bc.example', first_name: 'Augusta' });
      expect(await room.customer(id)).to.include({
        email: 'ada.l@bc.example',
        firstname: 'Augusta',
        lastname: 'Byron',
      });
      expect((await scimOf.get(`/Users/${id}`)).json.userName).to.equal('ada.l@bc.example');
      const emptied = await api.put('/customers', [{ id, company: '', phone: null }]);
      expect(emptied.json.data[0]).to.include({ company: '', phone: '', first_name: 'Augusta' });
      expect(await room.eav(id)).to.not.have.any.keys('organization', 'phone_number');
    });

    it('not where a user has a name of its own', async () => {
      const { api, scimOf } = stage();
      const emails = [{ value: 'own@bc.example', type: 'work', primary: true }];
      const id = Number(await scimOf.create({ userName: 'own.name', emails }));
      expect((await api.put('/customers', [{ id, email: 'own2@bc.example' }])).status).to.equal(200);
      const { json } = await scimOf.get(`/Users/${id}`);
      expect([json.userName, json.emails?.[0]?.value]).to.deep.equal(['own.name', 'own2@bc.example']);
    });

    it('and writes nothing where nothing changes, whatever was read is sent back', async () => {
      const { api, room, idOf } = stage();
      const read = (await api.get(`/customers?id:in=${await idOf('bob@bc.example')}&include=addresses,formfields`))
        .json;
      const before = (await room.records()).filter(({ outcome }) => outcome === 'done').length;
      const { addresses: _, ...bob } = read.data[0];
      expect((await api.put('/customers', [bob])).json.data[0]).to.include({ email: 'bob@bc.example' });
      expect((await room.records()).filter(({ outcome }) => outcome === 'done').length).to.equal(before);
    });

    it('as the policies of the connection let it', async () => {
      const { api, room, idOf, policy } = stage();
      const id = await idOf('bob@bc.example');
      await policy({ update: false });
      const refused = await api.put('/customers', [{ id, first_name: 'Robert' }]);
      await policy({ update: true });
      expect([refused.status, refused.json.title]).to.satisfy(
        ([status, title]: [number, string]) => status === 403 && title.startsWith('Update is off'),
      );
      expect((await room.customer(id)).firstname).to.equal('Bob');
      expect((await api.put('/customers', [{ id: 999_999, first_name: 'No' }])).status).to.equal(404);
      const group = await api.put('/customers', [{ id, customer_group_id: 77 }]);
      expect([group.status, group.json.title]).to.deep.equal([
        422,
        'The store has no customer group 77 for customers.',
      ]);
    });
  });

  describe('finds customers', () => {
    it('by id, e-mail address, name and time, and refuses what it does not know', async () => {
      const { api, idOf } = stage();
      const emails = async (query: string) =>
        (await api.get(`/customers?${query}`)).json.data.map(({ email }: { email: string }) => email);
      const bob = await idOf('bob@bc.example');
      expect(await emails(`id:in=${bob},999999`)).to.deep.equal(['bob@bc.example']);
      expect(await emails('email:in=BOB@bc.example,nobody@bc.example')).to.deep.equal(['bob@bc.example']);
      expect(await emails('name:in=bob bailey')).to.deep.equal(['bob@bc.example']);
      expect(await emails('name:like=ob bai')).to.deep.equal(['bob@bc.example']);
      expect(await emails('name:like=ailey&date_created:max=2024-05-05')).to.deep.equal([]);
      expect(await emails('name:like=ailey&date_created:min=2024-05-06T12:00:00')).to.deep.equal(['bob@bc.example']);
      expect(await emails('email:in=bob@bc.example,ada.l@bc.example&sort=last_name:desc')).to.deep.equal([
        'ada.l@bc.example',
        'bob@bc.example',
      ]);
      expect(await emails('id:in=')).to.deep.equal([]);
      const odd = await api.get('/customers?customer_id=7');
      expect([odd.status, odd.json.title]).to.satisfy(
        ([status, title]: [number, string]) => status === 422 && title.includes('customer_id are not valid filter'),
      );
      expect((await api.get('/customers?date_created:min=yesterday')).status).to.equal(422);
      expect((await api.get('/customers?sort=shoe_size')).status).to.equal(422);
    });

    it('in pages that say what there is', async () => {
      const { api } = stage();
      const { meta, data } = (await api.get('/customers?limit=2&page=2')).json;
      const { total, total_pages: pages, links, ...rest } = meta.pagination;
      expect(rest).to.deep.equal({ count: data.length, per_page: 2, current_page: 2 });
      expect(pages).to.equal(Math.ceil(total / 2));
      expect(links).to.include({ previous: '?page=1&limit=2', current: '?page=2&limit=2' });
      const last = (await api.get(`/customers?limit=2&page=${pages}`)).json.meta.pagination;
      expect(last.links).to.have.all.keys('previous', 'current');
      expect((await api.get('/customers?page=0')).status).to.equal(422);
      expect((await api.get('/customers?limit=1000')).json.meta.pagination.per_page).to.equal(250);
    });

    it('and no more of a shopper that nobody manages than its identifiers, unless the whole website is to be seen', async () => {
      const { api, room, idOf, policy } = stage();
      const id = await room.shopper('shy@shop.example');
      const look = async () => (await api.get('/customers?email:in=shy@shop.example')).json.data[0];
      expect(await look()).to.include({ id, email: 'shy@shop.example', first_name: '', customer_group_id: 0 });
      const listed = (await api.get('/customers')).json.data.map((one: { id: number }) => one.id);
      expect(listed).to.not.include(id);
      await policy({ visibility: 'website' });
      expect(await look()).to.include({ id, first_name: 'Sam', last_name: 'Shopper', customer_group_id: 1 });
      await policy({ visibility: 'managed' });
      const other = await room.connect('stranger');
      const foreign = Number(await other.create({ userName: 'foreign@x.example' }));
      expect((await api.get(`/customers?id:in=${foreign}`)).json.data).to.deep.equal([]);
      expect(await idOf('foreign@x.example')).to.equal(undefined);
    });
  });

  describe('deletes customers', () => {
    it('as the deletion policy says, and finds those who came back by their numbers', async () => {
      const { api, room, scimOf } = stage();
      const made = await scimOf.create({ userName: 'back@bc.example', externalId: 'back' });
      const id = Number(made);
      expect(await api.delete(`/customers?id:in=${id},999999`)).to.include({ status: 204, json: undefined });
      expect((await room.customer(id)).is_active).to.equal(0);
      expect((await api.get(`/customers?id:in=${id}`)).json.data).to.deep.equal([]);
      expect(await scimOf.create({ userName: 'back@bc.example', externalId: 'back' })).to.equal(`${id}-1`);
      expect((await api.get(`/customers?id:in=${id}`)).json.data[0]).to.include({ id, email: 'back@bc.example' });
      expect((await api.put('/customers', [{ id, first_name: 'Again' }])).json.data[0]).to.include({
        first_name: 'Again',
      });
      expect((await api.delete(`/customers?id:in=${id}`)).status).to.equal(204);
      expect((await api.delete('/customers')).status).to.equal(422);
    });
  });

  it('serves no other connection’s customers with its token', async () => {
    const { api, room, token } = stage();
    const scim = scimClient(`${room.url}/scim/v2`, api.token);
    expect((await scim.get('/Users')).status).to.equal(403);
    expect(token).to.not.equal(api.token);
  });
}
