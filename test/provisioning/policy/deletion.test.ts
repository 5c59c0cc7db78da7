import { expect } from 'chai';
import { Customers, Newsletter } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';

const canary = 'Canary';

onBothEngines('The deletion policy', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let id: string;
  let n: number;
  before(async () => {
    host = await openHost(engine);
    // Magento's own foreign key: the order stays and belongs to nobody.
    await host.database.run(
      sql`CREATE TABLE {sales_order} (entity_id INTEGER PRIMARY KEY, customer_id INTEGER ${engine.name === 'mysql' ? sql`UNSIGNED` : sql``}, customer_email VARCHAR(255), CONSTRAINT sales_order_customer FOREIGN KEY (customer_id) REFERENCES {customer_entity} (entity_id) ON DELETE SET NULL)`,
    );
  });
  after(() => host.close());

  beforeEach(async () => {
    shop = await connected(host);
    id = await shop.scim.create(
      shop.person('gone', {
        name: { givenName: canary, familyName: canary, honorificPrefix: canary },
        nickName: canary,
        title: canary,
        addresses: [{ type: 'work', streetAddress: canary, locality: canary, postalCode: '12345', country: 'DE' }],
      }),
    );
    n = Number(id);
    const { resolve } = host.host;
    const customers = resolve(Customers);
    await customers.ready(host.database);
    await host.database.transaction(async (tx) => {
      const customer = await customers.byId(tx, n, { forUpdate: true });
      if (!customer) throw new Error('no customer');
      await resolve(Newsletter).subscribe(tx, customer, host.now());
      const other = await customers.saveAddress(
        tx,
        customer,
        { attributes: { street: canary, city: canary, country_id: 'DE', postcode: '1', telephone: '1' } },
        host.now(),
      );
      await customers.update(tx, other, { dob: '1815-12-10', taxvat: canary, middlename: canary }, host.now());
    });
    await host.database.run(
      sql`UPDATE {customer_entity} SET password_hash = 'hash', rp_token = 'reset' WHERE entity_id = ${n}`,
    );
    await host.database.run(
      sql`INSERT INTO {customer_log} (customer_id, last_login_at) VALUES (${n}, '2024-05-06 11:00:00')`,
    );
    await host.database.run(sql`INSERT INTO {oauth_token} (customer_id, type, token, secret, callback_url, user_type)
      VALUES (${n}, 'access', ${`x${n}`}, 's', '', 3)`);
    await host.database.run(
      sql`INSERT INTO {sales_order} (entity_id, customer_id, customer_email) VALUES (${n}, ${n}, 'ordered@example.com')`,
    );
  });

  const order = () => host.row(sql`SELECT customer_id, customer_email FROM {sales_order} WHERE entity_id = ${n}`);
  const count = async (query: ReturnType<typeof sql>) => (await host.rows(query)).length;
  const left = async () => ({
    customer: await count(sql`SELECT entity_id FROM {customer_entity} WHERE entity_id = ${n}`),
    addresses: await count(sql`SELECT entity_id FROM {customer_address_entity} WHERE parent_id = ${n}`),
    grid: await count(sql`SELECT entity_id FROM {customer_grid_flat} WHERE entity_id = ${n}`),
    subscriptions: await count(sql`SELECT subscriber_id FROM {newsletter_subscriber} WHERE customer_id = ${n}`),
    attributes: await count(sql`SELECT value_id FROM {customer_entity_varchar} WHERE entity_id = ${n}`),
    tokens: await count(sql`SELECT entity_id FROM {oauth_token} WHERE customer_id = ${n}`),
    log: await count(sql`SELECT log_id FROM {customer_log} WHERE customer_id = ${n}`),
    user: await count(sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id = ${n}`),
    document: await count(sql`SELECT customer_id FROM {vestibule_user_document} WHERE customer_id = ${n}`),
    emails: await count(sql`SELECT customer_id FROM {vestibule_user_email} WHERE customer_id = ${n}`),
    revoked: await count(sql`SELECT user_id FROM {jwt_auth_revoked} WHERE user_id = ${n}`),
  });
  const gone = async () => {
    expect((await shop.scim.delete(id)).status).to.equal(204);
    expect((await shop.scim.get(`/Users/${id}`)).status).to.equal(404);
    expect((await shop.scim.patch(id, { op: 'add', path: 'title', value: 'x' })).status).to.equal(404);
    expect((await shop.scim.find(`id eq "${id}"`)).json.totalResults).to.equal(0);
  };

  it('deactivate keeps all of the customer', async () => {
    expect(await left()).to.include({ attributes: 1, addresses: 2, subscriptions: 1, log: 1 });
    await gone();
    expect(await left()).to.deep.equal({
      customer: 1,
      addresses: 2,
      grid: 1,
      subscriptions: 1,
      attributes: 1,
      tokens: 0,
      log: 1,
      user: 1,
      document: 1,
      emails: 0,
      revoked: 1,
    });
    expect(await order()).to.deep.equal({ customer_id: n, customer_email: 'ordered@example.com' });
  });

  it('anonymise leaves a row for the orders, and nothing of the person', async () => {
    await shop.set({ deletion: 'anonymise' });
    await gone();
    expect(await left()).to.deep.equal({
      customer: 1,
      addresses: 0,
      grid: 1,
      subscriptions: 0,
      attributes: 0,
      tokens: 0,
      log: 0,
      user: 1,
      document: 1,
      emails: 0,
      revoked: 1,
    });
    const customer = await host.customer(id);
    expect(customer).to.include({
      firstname: 'Anonymised',
      lastname: 'Customer',
      prefix: null,
      middlename: null,
      dob: null,
      taxvat: null,
      password_hash: null,
      rp_token: null,
      is_active: 0,
      lock_expires: '2038-01-01 00:00:00',
      default_billing: null,
      default_shipping: null,
    });
    expect(customer.email).to.match(/^anonymised-\d+-[0-9a-f]{12}@placeholder\.invalid$/);
    const grid = await host.row(sql`SELECT * FROM {customer_grid_flat} WHERE entity_id = ${n}`);
    expect(grid).to.include({ name: 'Anonymised Customer', email: customer.email, billing_city: null, dob: null });
    const traces = JSON.stringify([
      customer,
      grid,
      await host.rows(sql`SELECT * FROM {vestibule_user} WHERE customer_id = ${n}`),
      await host.rows(sql`SELECT * FROM {vestibule_user_document} WHERE customer_id = ${n}`),
    ]);
    expect(traces).to.not.match(/canary|example\.com|gone-/i);
    expect(await order()).to.deep.equal({ customer_id: n, customer_email: 'ordered@example.com' });
  });

  it('anonymise lets nobody come back as the same customer', async () => {
    await shop.set({ deletion: 'anonymise' });
    await gone();
    const again = await shop.scim.create(shop.person('gone'));
    expect(again).to.match(/^\d+$/).and.not.equal(id);
    expect((await host.customer(id)).firstname).to.equal('Anonymised');
  });

  it('delete removes the row with all that hangs on it; the order stays and belongs to nobody', async () => {
    await shop.set({ deletion: 'delete' });
    await gone();
    expect(await left()).to.deep.equal({
      customer: 0,
      addresses: 0,
      grid: 0,
      subscriptions: 0,
      attributes: 0,
      tokens: 0,
      log: 0,
      user: 0,
      document: 0,
      emails: 0,
      revoked: 1,
    });
    expect(await order()).to.deep.equal({ customer_id: null, customer_email: 'ordered@example.com' });
    const again = await shop.scim.create(shop.person('gone'));
    expect(again).to.match(/^\d+$/).and.not.equal(id);
  });

  for (const deletion of ['anonymise', 'delete'] as const)
    it(`${deletion} takes the user out of its groups`, async () => {
      const group = await shop.scim.send('POST', '/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: `Team ${shop.code}`,
        members: [{ value: id }],
      });
      expect(group.status).to.equal(201);
      await shop.set({ deletion });
      await gone();
      const { json } = await shop.scim.get(`/Groups/${group.json.id}`);
      expect(json.members ?? []).to.deep.equal([]);
      expect(
        await host.row(sql`SELECT member_count FROM {vestibule_group} WHERE display_name = ${`Team ${shop.code}`}`),
      ).to.deep.equal({ member_count: 0 });
      const [record] = (await host.records()).filter(({ operation }) => operation === 'user.delete');
      expect(record?.notes?.join(' ')).to.contain(deletion === 'delete' ? 'was deleted' : 'was anonymised');
    });
});
