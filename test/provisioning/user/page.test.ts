import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { enterpriseUserSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A page of users', (engine) => {
  let host: ScimHost;
  const ids: string[] = [];

  before(async () => {
    host = await openHost(engine);
    for (let i = 0; i < 12; i++)
      ids.push(
        await host.scim.create({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUserSchema.id],
          userName: `u${i}@example.com`,
          name: { givenName: `Given${i}`, familyName: 'Name' },
          title: 'Tester',
          ...(i % 2 === 0
            ? {
                addresses: [
                  { type: 'work', streetAddress: `${i} Lane`, locality: 'Berlin', postalCode: '10115', country: 'DE' },
                ],
              }
            : {}),
          [enterpriseUserSchema.id]: { department: 'Research' },
        }),
      );
    for (const displayName of ['One', 'Two'])
      await host.scim.send('POST', '/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName,
        members: ids.slice(0, 5).map((value) => ({ value })),
      });
  });
  after(() => host.close());

  it('shows each user as a read of it alone does, addresses, custom attributes and groups included', async () => {
    const { json } = await host.scim.get('/Users?count=100');
    for (const [i, id] of ids.entries())
      expect(json.Resources?.[i]).to.deep.equal((await host.scim.get(`/Users/${id}`)).json);
  });

  it('shows the same of what the store has changed since', async () => {
    await host.database.run(sql`UPDATE {customer_entity} SET lastname = 'Changed' WHERE entity_id = ${Number(ids[3])}`);
    await host.database.run(
      sql`UPDATE {customer_entity_varchar} SET value = 'Lead' WHERE entity_id = ${Number(ids[4])}`,
    );
    await host.database.run(
      sql`UPDATE {customer_address_entity} SET city = 'Hamburg' WHERE parent_id = ${Number(ids[6])}`,
    );
    const { json } = await host.scim.get('/Users?count=100');
    expect(json.Resources?.[3]?.name?.familyName).to.equal('Changed');
    expect(json.Resources?.[6]?.addresses?.[0]?.locality).to.equal('Hamburg');
    for (const i of [3, 4, 6])
      expect(json.Resources?.[i]).to.deep.equal((await host.scim.get(`/Users/${ids[i]}`)).json);
  });

  it('shows no address that is not a default one, be it between those that are', async () => {
    const moved = Number(ids[2]);
    await host.database.run(
      sql`INSERT INTO {customer_address_entity} (parent_id, firstname, lastname, street, city, country_id, telephone) VALUES (${moved}, 'G', 'N', 'Side Lane', 'Ulm', 'DE', '1')`,
    );
    await host.database.run(
      sql`UPDATE {customer_entity} SET default_billing = NULL, default_shipping = (SELECT MAX(entity_id) FROM {customer_address_entity} WHERE parent_id = ${moved}) WHERE entity_id = ${moved}`,
    );
    const { json } = await host.scim.get('/Users?count=100');
    expect(json.Resources?.[2]?.addresses?.[0]?.locality).to.equal('Ulm');
    expect(json.Resources?.[2]).to.deep.equal((await host.scim.get(`/Users/${moved}`)).json);
  });
});
