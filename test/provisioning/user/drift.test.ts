import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { enterpriseUserSchema, userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A change in the store', (engine) => {
  let host: ScimHost;
  let id: string;
  let users = 0;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  const sent = () => ({
    userName: `drift${users}@example.com`,
    name: { givenName: 'Ada', familyName: 'King', formatted: 'Ada King' },
    emails: [
      { value: `home${users}@example.com`, type: 'home' },
      { value: `work${users}@example.com`, type: 'work' },
    ],
    title: 'Countess',
    nickName: 'Ada',
    addresses: [{ type: 'work', streetAddress: '1 A St', locality: 'Austin', region: 'TX', country: 'US' }],
  });

  beforeEach(async () => {
    users++;
    id = await host.scim.create(sent());
  });

  const run = (query: ReturnType<typeof sql>) => host.database.run(query);
  const setFirstname = (name: string) =>
    run(sql`UPDATE {customer_entity} SET firstname = ${name} WHERE entity_id = ${Number(id)}`);
  const setTitle = (value: string) =>
    run(sql`UPDATE {customer_entity_varchar} SET value = ${value} WHERE entity_id = ${Number(id)} AND attribute_id =
      (SELECT attribute_id FROM {eav_attribute} WHERE attribute_code = 'job_title')`);
  const read = async () => (await host.scim.get(`/Users/${id}`)).json;

  it('of a column shows where the provider reads it, and the rest of the document stays', async () => {
    await setFirstname('Augusta');
    const user = await read();
    expect(user.name).to.deep.equal({ givenName: 'Augusta', familyName: 'King', formatted: 'Ada King' });
    expect([user.nickName, user.title]).to.deep.equal(['Ada', 'Countess']);
    expect((await host.scim.find(`userName eq "drift${users}@example.com"`)).json.Resources?.[0]?.name).to.deep.equal(
      user.name,
    );
    expect((await host.scim.get('/Users?count=1000')).text).to.include('Augusta');
  });

  it('of an EAV value, the e-mail, the address and is_active shows as well', async () => {
    await setTitle('Duchess');
    await run(sql`UPDATE {customer_entity} SET email = ${`new${users}@example.com`}, is_active = 0
      WHERE entity_id = ${Number(id)}`);
    await run(sql`UPDATE {customer_address_entity} SET city = 'Dallas' WHERE parent_id = ${Number(id)}`);
    const user = await read();
    expect([user.title, user.active]).to.deep.equal(['Duchess', false]);
    expect(user.emails).to.deep.equal([
      { value: `home${users}@example.com`, type: 'home' },
      { value: `new${users}@example.com`, type: 'work' },
    ]);
    expect(user.addresses).to.deep.equal([{ ...sent().addresses[0], locality: 'Dallas' }]);
    expect(
      (await host.scim.find(`active eq false and userName eq "drift${users}@example.com"`)).json.totalResults,
    ).to.equal(1);
  });

  it('of a value that is cleared there, or of a whole address, shows as its absence', async () => {
    await run(sql`DELETE FROM {customer_entity_varchar} WHERE entity_id = ${Number(id)}`);
    await run(sql`DELETE FROM {customer_address_entity} WHERE parent_id = ${Number(id)}`);
    const user = await read();
    expect(user).to.not.have.property('title');
    expect(user.addresses).to.deep.equal([{ type: 'work' }]);
  });

  it('may bring an extension in that the provider never sent, which schemas then names', async () => {
    await run(sql`INSERT INTO {customer_entity_varchar} (attribute_id, entity_id, value)
      SELECT attribute_id, ${Number(id)}, 'Engines' FROM {eav_attribute} WHERE attribute_code = 'department'`);
    const user = await read();
    expect(user[enterpriseUserSchema.id]).to.deep.equal({ department: 'Engines' });
    expect(user.schemas).to.deep.equal([userSchema.id, enterpriseUserSchema.id]);
  });

  it('moves lastModified to the store’s time', async () => {
    await run(sql`UPDATE {customer_entity} SET firstname = 'B', updated_at = '2031-01-02 03:04:05'
      WHERE entity_id = ${Number(id)}`);
    expect((await read()).meta?.lastModified).to.equal('2031-01-02T03:04:05Z');
  });

  it('is overruled by a PUT that says otherwise', async () => {
    await setFirstname('Augusta');
    await setTitle('Duchess');
    const { json } = await host.scim.put(id, sent());
    expect([json.name?.givenName, json.title]).to.deep.equal(['Ada', 'Countess']);
    expect(await host.customer(id)).to.include({ firstname: 'Ada' });
    expect(await host.eav(id)).to.include({ job_title: 'Countess' });
  });

  it('survives a PATCH of something else, and is part of the document from then on', async () => {
    await setFirstname('Augusta');
    const { json } = await host.scim.patch(id, { op: 'replace', path: 'title', value: 'Lady' });
    expect([json.name?.givenName, json.title]).to.deep.equal(['Augusta', 'Lady']);
    expect(await host.customer(id)).to.include({ firstname: 'Augusta' });
    expect((await read()).name?.givenName).to.equal('Augusta');
  });

  it('can be removed by PATCH, though the provider never sent it', async () => {
    await run(sql`UPDATE {customer_entity} SET middlename = 'Byron' WHERE entity_id = ${Number(id)}`);
    expect((await read()).name?.middleName).to.equal('Byron');
    expect((await host.scim.patch(id, { op: 'remove', path: 'name.middleName' })).status).to.equal(200);
    expect(await host.customer(id)).to.include({ middlename: null });
    expect((await read()).name).to.not.have.property('middleName');
  });

  it('of what the provider never sent stays under PUT', async () => {
    await run(sql`UPDATE {customer_entity} SET middlename = 'Byron', taxvat = 'GB1', gender = 2
      WHERE entity_id = ${Number(id)}`);
    expect((await host.scim.put(id, { ...sent(), nickName: 'A' })).status).to.equal(200);
    expect(await host.customer(id)).to.include({ middlename: 'Byron', taxvat: 'GB1', gender: 2 });
    expect((await read()).name?.middleName).to.equal('Byron');
  });

  it('of a name that stood in for a missing one is the store’s, even under PUT', async () => {
    const bare = await host.scim.create({ userName: `bare${users}` });
    await run(
      sql`UPDATE {customer_entity} SET firstname = 'Grace', lastname = 'Hopper' WHERE entity_id = ${Number(bare)}`,
    );
    await host.scim.put(bare, { userName: `bare${users}`, title: 'Admiral' });
    expect(await host.customer(bare)).to.include({ firstname: 'Grace', lastname: 'Hopper' });
    expect((await host.scim.get(`/Users/${bare}`)).json.name).to.deep.equal({
      givenName: 'Grace',
      familyName: 'Hopper',
    });
  });

  it('does not bring an address back that the provider removes, by PUT or by PATCH', async () => {
    const { addresses: _, ...without } = sent();
    const cities = () => host.rows(sql`SELECT city FROM {customer_address_entity} WHERE parent_id = ${Number(id)}`);
    expect((await host.scim.put(id, without)).json).to.not.have.property('addresses');
    expect(await cities()).to.deep.equal([]);
    expect(await host.customer(id)).to.include({ default_billing: null, default_shipping: null });
    await host.scim.put(id, sent());
    expect(await cities()).to.deep.equal([{ city: 'Austin' }]);
    expect((await host.scim.patch(id, { op: 'remove', path: 'addresses' })).json).to.not.have.property('addresses');
    expect(await cities()).to.deep.equal([]);
    expect(await read()).to.not.have.property('addresses');
  });
});
