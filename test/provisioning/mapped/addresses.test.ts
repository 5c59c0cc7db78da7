import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

const rowsFor = (kind: 'billing' | 'shipping' | 'address', type: string): MappingRow[] =>
  (
    [
      ['street', 'streetAddress'],
      ['city', 'locality'],
      ['region', 'region'],
      ['country_id', 'country'],
    ] as const
  ).map(([field, source]) => ({
    id: `${kind}-${field}`,
    type: 'direct',
    source: `addresses[type eq "${type}"].${source}`,
    target: `${kind}.${field}`,
  }));

onBothEngines('Addresses that a mapping tells apart', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const apart = () => host.mapped([...rowsFor('billing', 'work'), ...rowsFor('shipping', 'home')]);
  const work = { type: 'work', streetAddress: 'Bond St 1', locality: 'London', region: 'Camden', country: 'GB' };
  const home = { type: 'home', streetAddress: 'Main St 2', locality: 'Fresno', region: 'CA', country: 'US' };

  interface Stored {
    entity_id: number;
    city: string;
    region: string | null;
    region_id: number | null;
    country_id: string;
  }
  /** The customer's addresses, and which of them are defaults, by their cities. */
  async function stored(id: string) {
    const addresses = await host.rows<Stored>(
      sql`SELECT entity_id, city, region, region_id, country_id FROM {customer_address_entity} WHERE parent_id = ${Number(id)} ORDER BY city`,
    );
    const { default_billing, default_shipping } = await host.customer(id);
    const city = (key: unknown) => addresses.find(({ entity_id }) => entity_id === key)?.city ?? null;
    return {
      cities: addresses.map((address) => address.city),
      billing: city(default_billing),
      shipping: city(default_shipping),
      addresses,
    };
  }
  const places = async (id: string) => {
    const { addresses: _, ...rest } = await stored(id);
    return rest;
  };

  it('become two rows, each with the region of its country', async () => {
    const scim = await apart();
    const id = await scim.create(scim.user({ addresses: [work, home] }));
    expect(await places(id)).to.deep.equal({ cities: ['Fresno', 'London'], billing: 'London', shipping: 'Fresno' });
    const { addresses } = await stored(id);
    expect(
      addresses.map(({ region, region_id, country_id }) => [region, Number(region_id) > 0, country_id]),
    ).to.deep.equal([
      ['California', true, 'US'],
      ['Camden', false, 'GB'],
    ]);
  });

  it('are one row for as long as they are the same, which is divided when they differ', async () => {
    const scim = await apart();
    const same = [work, { ...work, type: 'home' }];
    const user = scim.user({ addresses: same });
    const id = await scim.create(user);
    expect(await places(id)).to.deep.equal({ cities: ['London'], billing: 'London', shipping: 'London' });
    const moved = same.map((address) => ({ ...address, locality: 'Leeds' }));
    await scim.put(id, { ...user, addresses: moved });
    expect(await places(id)).to.deep.equal({ cities: ['Leeds'], billing: 'Leeds', shipping: 'Leeds' });
    await scim.put(id, { ...user, addresses: [moved[0], home] });
    expect(await places(id)).to.deep.equal({ cities: ['Fresno', 'Leeds'], billing: 'Leeds', shipping: 'Fresno' });
  });

  it('change where they stand', async () => {
    const scim = await apart();
    const user = scim.user({ addresses: [work, home] });
    const id = await scim.create(user);
    const before = await stored(id);
    await scim.put(id, { ...user, addresses: [work, { ...home, locality: 'Eureka' }] });
    const after = await stored(id);
    expect(after.addresses.map(({ city }) => city)).to.deep.equal(['Eureka', 'London']);
    expect(new Set(after.addresses.map(({ entity_id }) => entity_id))).to.deep.equal(
      new Set(before.addresses.map(({ entity_id }) => entity_id)),
    );
  });

  it('go when they are sent no longer, one by one', async () => {
    const scim = await apart();
    const user = scim.user({ addresses: [work, home] });
    const id = await scim.create(user);
    await scim.put(id, { ...user, addresses: [work] });
    expect(await places(id)).to.deep.equal({ cities: ['London'], billing: 'London', shipping: null });
    const { addresses: _, ...none } = user;
    await scim.put(id, none);
    expect(await places(id)).to.deep.equal({ cities: [], billing: null, shipping: null });
  });

  it('leave a row that was both to the other', async () => {
    const scim = await apart();
    const user = scim.user({ addresses: [work, { ...work, type: 'home' }] });
    const id = await scim.create(user);
    await scim.put(id, { ...user, addresses: [work] });
    expect(await places(id)).to.deep.equal({ cities: ['London'], billing: 'London', shipping: null });
  });

  it('tell what the store has made of either', async () => {
    const scim = await apart();
    const user = scim.user({ addresses: [work, home] });
    const id = await scim.create(user);
    await host.database.run(
      sql`UPDATE {customer_address_entity} SET city = 'Reno' WHERE parent_id = ${Number(id)} AND city = 'Fresno'`,
    );
    const { json } = await scim.get(`/Users/${id}`);
    expect(json.addresses).to.deep.equal([work, { ...home, locality: 'Reno' }]);
  });

  it('begin with the one that was both, and nothing is lost', async () => {
    const scim = await host.mapped(rowsFor('address', 'work'));
    const user = scim.user({ addresses: [work, home] });
    const id = await scim.create(user);
    await scim.publish([...rowsFor('billing', 'work'), ...rowsFor('shipping', 'home')]);
    await scim.put(id, user);
    expect(await places(id)).to.deep.equal({ cities: ['Fresno', 'London'], billing: 'London', shipping: 'Fresno' });
  });

  it('are recorded field by field', async () => {
    const scim = await apart();
    const user = scim.user({ addresses: [work, home] });
    const id = await scim.create(user);
    await scim.put(id, { ...user, addresses: [work, { ...home, locality: 'Eureka' }] });
    const [newest] = await host.records();
    expect(newest?.changed).to.deep.equal(['shipping.city']);
    expect(JSON.stringify(newest)).to.contain('"before":"Fresno","after":"Eureka"');
  });
});
