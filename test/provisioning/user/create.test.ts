import { expect } from 'chai';
import { join, sql } from '../../../modules/framework/index.ts';
import { enterpriseUserSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A user that is created', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  it('is a customer of the connection’s website, in the grid, with its EAV values', async () => {
    const { status, json, headers } = await host.scim.post({
      userName: 'ada@example.com',
      externalId: 'ext-1',
      displayName: 'Ada Lovelace',
      name: { givenName: 'Ada', familyName: 'Lovelace', honorificPrefix: 'Lady' },
      emails: [
        { value: 'ada@home.example', type: 'home' },
        { value: 'Ada@Work.example', type: 'work', primary: true },
      ],
      title: 'Countess',
      [enterpriseUserSchema.id]: { department: 'Engines', employeeNumber: '42' },
    });
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(String(json.meta?.location));
    expect(await host.customer(String(json.id))).to.include({
      website_id: 1,
      store_id: 1,
      group_id: 1,
      email: 'Ada@Work.example',
      firstname: 'Ada',
      lastname: 'Lovelace',
      prefix: 'Lady',
      is_active: 1,
      password_hash: null,
      created_at: '2024-05-06 12:00:00',
    });
    expect(await host.eav(String(json.id))).to.deep.equal({
      job_title: 'Countess',
      department: 'Engines',
      employee_number: '42',
    });
    expect(
      await host.row(sql`SELECT name, email FROM {customer_grid_flat} WHERE entity_id = ${Number(json.id)}`),
    ).to.deep.equal({ name: 'Lady Ada Lovelace', email: 'Ada@Work.example' });
  });

  it('has folded keys, its e-mails as rows, a document with its shadow, and one record', async () => {
    const id = Number(
      await host.scim.create({
        userName: 'Straße@Example.com',
        externalId: 'Ext-2',
        emails: [{ value: 'STRASSE@example.com', type: 'Work' }],
      }),
    );
    expect(
      await host.row(sql`SELECT CAST(user_name_key AS CHAR) AS name, CAST(external_id AS CHAR) AS external, generation,
        is_deleted FROM {vestibule_user} WHERE customer_id = ${id}`),
    ).to.deep.equal({ name: 'straße@example.com', external: 'Ext-2', generation: 0, is_deleted: 0 });
    expect(
      await host.rows(sql`SELECT CAST(value_key AS CHAR) AS value, CAST(type_key AS CHAR) AS type, is_primary
        FROM {vestibule_user_email} WHERE customer_id = ${id}`),
    ).to.deep.equal([{ value: 'strasse@example.com', type: 'work', is_primary: 0 }]);
    const stored = await host.row<{ document: string; shadow: string }>(
      sql`SELECT document, shadow FROM {vestibule_user_document} WHERE customer_id = ${id}`,
    );
    expect(JSON.parse(stored.document)).to.include({ userName: 'Straße@Example.com', externalId: 'Ext-2' });
    expect(JSON.parse(stored.shadow)).to.include({ email: 'STRASSE@example.com', is_active: 1 });
    const [record] = (await host.records()).filter(({ customerId }) => customerId === id);
    expect(record).to.include({
      operation: 'user.create',
      outcome: 'done',
      status: 201,
      subject: 'Straße@Example.com',
    });
  });

  it('has an address with Magento’s region and the country’s code', async () => {
    const id = await host.scim.create({
      userName: 'house@example.com',
      addresses: [{ type: 'home', streetAddress: '1 Main\nFlat 2', locality: 'Austin', region: 'TX', country: 'us' }],
      phoneNumbers: [{ value: '+1 512', type: 'work' }],
    });
    const { default_billing, default_shipping } = await host.customer(id);
    expect(default_billing).to.be.a('number').and.to.equal(default_shipping);
    expect(
      await host.row(sql`SELECT street, city, region, region_id, country_id, telephone, firstname
        FROM {customer_address_entity} WHERE entity_id = ${Number(default_billing)}`),
    ).to.deep.equal({
      street: '1 Main\nFlat 2',
      city: 'Austin',
      region: 'Texas',
      region_id: 57,
      country_id: 'US',
      telephone: '+1 512',
      firstname: 'house',
    });
  });

  it('is counted at once, however many there are, and no longer once it is deleted', async () => {
    const many = Array.from({ length: 1100 }, (_, i) => 100_000 + i);
    await host.database.run(sql`INSERT INTO {customer_entity} (entity_id, website_id, email) VALUES
      ${join(many.map((n) => sql`(${n}, 1, ${`many-${n}@example.com`})`))}`);
    await host.database.run(sql`INSERT INTO {vestibule_user} (customer_id, connection_id, user_name_key) VALUES
      ${join(many.map((n) => sql`(${n}, 1, ${`many-${n}`})`))}`);
    const total = async () => Number((await host.scim.get('/Users?count=0')).json.totalResults);
    const before = await total();
    expect(before).to.be.greaterThan(1100);
    const id = await host.scim.create({ userName: 'counted' });
    expect(await total()).to.equal(before + 1);
    await host.scim.delete(id);
    expect(await total()).to.equal(before);
    await host.database.run(sql`DELETE FROM {customer_entity} WHERE entity_id >= 100000 AND entity_id < 102000`);
  });

  it('needs neither an e-mail nor names: they are filled in', async () => {
    const bare = await host.scim.create({ userName: 'bare-user' });
    const { email, firstname, lastname } = await host.customer(bare);
    expect(email).to.match(/^[0-9a-f]{20}@default\.placeholder\.invalid$/);
    expect([firstname, lastname]).to.deep.equal(['bare-user', 'bare-user']);
    const shown = await host.scim.create({ userName: 'shown', displayName: 'Grace Brewster Hopper' });
    expect(await host.customer(shown)).to.include({ firstname: 'Grace', lastname: 'Brewster Hopper' });
    const half = await host.scim.create({ userName: 'half@example.com', name: { familyName: 'Turing' } });
    expect(await host.customer(half)).to.include({ firstname: 'half', lastname: 'Turing', email: 'half@example.com' });
    expect((await host.scim.get(`/Users/${bare}`)).json).to.not.have.any.keys('emails', 'name');
  });

  it('that comes without active is active, and may come inactive, locked out from the start', async () => {
    const id = await host.scim.create({ userName: 'asleep@example.com', active: false });
    expect((await host.scim.get(`/Users/${id}`)).json.active).to.equal(false);
    expect(await host.customer(id)).to.include({ is_active: 0, lock_expires: '2038-01-01 00:00:00' });
    const other = await host.scim.create({ userName: 'awake@example.com' });
    expect((await host.scim.get(`/Users/${other}`)).json.active).to.equal(true);
  });

  for (const [what, user] of [
    ['without a userName', { name: { givenName: 'X' } }],
    ['with an empty userName', { userName: '  ' }],
    ['with a userName of 256 characters', { userName: 'x'.repeat(256) }],
    ['with an e-mail that is none', { userName: 'bad1', emails: [{ value: 'nobody', type: 'work' }] }],
    ['with a name that the column does not hold', { userName: 'bad2', name: { givenName: 'x'.repeat(256) } }],
    ['with a prefix that the column does not hold', { userName: 'bad3', name: { honorificPrefix: 'x'.repeat(41) } }],
    ['with an externalId of 256 characters', { userName: 'bad4', externalId: 'x'.repeat(256) }],
    [
      'with a street that the column does not hold',
      { userName: 'b5', addresses: [{ streetAddress: 'x'.repeat(70_000) }] },
    ],
  ] as const)
    it(`${what} is refused with 400 invalidValue, and nothing of it is written`, async () => {
      const count = () => host.row<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {customer_entity}`);
      const before = await count();
      const { status, json } = await host.scim.post(user);
      expect([status, json.scimType], String(json.detail)).to.deep.equal([400, 'invalidValue']);
      expect(await count()).to.deep.equal(before);
    });
});
