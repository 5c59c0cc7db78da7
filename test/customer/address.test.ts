import { expect } from 'chai';
import { missingAddressParts } from '../../modules/customer/index.ts';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, openRoom } from './customer-room.ts';

const later = new Date('2024-05-07T08:09:10Z');
const laterText = '2024-05-07 08:09:10';
const home = { street: 'Weg 1', city: 'Wien', country_id: 'AT', postcode: '1010', region: 'Wien', telephone: '1' };

onBothEngines('The addresses of a customer', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());

  it('are added beside the others and point the defaults where they are told to', async () => {
    const made = await room.create({ address: home });
    const first = made.attributes.default_billing;
    const two = await room.transaction((tx) =>
      room.customers.saveAddress(tx, made, { attributes: { ...home, city: 'Graz' }, defaultShipping: true }, later),
    );
    expect(await room.read(made.id)).to.deep.equal(two);
    expect(two.attributes.default_billing).to.equal(first);
    expect(two.attributes.default_shipping).to.be.a('number').and.not.equal(first);
    expect(two.addresses.map(({ defaultBilling, defaultShipping }) => [defaultBilling, defaultShipping])).to.deep.equal(
      [
        [true, false],
        [false, true],
      ],
    );
    expect(two.attributes.updated_at).to.equal(laterText);
  });

  it('are all read, defaults or not', async () => {
    const made = await room.create({ address: home });
    await room.transaction((tx) =>
      room.customers.saveAddress(tx, made, { attributes: { ...home, city: 'Linz' } }, later),
    );
    const cities = (await room.customers.addresses(room.database, made)).map(({ attributes }) => attributes.city);
    expect(cities).to.deep.equal(['Wien', 'Linz']);
    expect((await room.read(made.id)).addresses).to.have.length(1);
  });

  it('change by what differs: the address, the customer, the grid', async () => {
    const made = await room.create({ address: home });
    const id = made.addresses[0]?.id ?? 0;
    room.statements.reset();
    const moved = await room.transaction((tx) =>
      room.customers.saveAddress(tx, made, { id, attributes: { city: 'Linz', region: 'Oberösterreich' } }, later),
    );
    expect(room.statements.statements).to.have.length(3);
    expect(await room.read(made.id)).to.deep.equal(moved);
    expect(moved.addresses[0]?.attributes).to.include({ city: 'Linz', street: 'Weg 1', updated_at: laterText });
    room.statements.reset();
    const same = await room.transaction((tx) =>
      room.customers.saveAddress(tx, moved, { id, attributes: { city: 'Linz' }, defaultBilling: true }, later),
    );
    expect(room.statements.statements).to.have.length(0);
    expect(same).to.equal(moved);
  });

  it('that are no defaults can be changed as well', async () => {
    const made = await room.create();
    const two = await room.transaction((tx) => room.customers.saveAddress(tx, made, { attributes: home }, later));
    const id = two.addresses[0]?.id ?? 0;
    const current = await room.read(made.id);
    expect(current.addresses).to.deep.equal([]);
    await room.transaction((tx) => room.customers.saveAddress(tx, current, { id, attributes: { city: 'Ulm' } }, later));
    expect((await room.customers.addresses(room.database, current))[0]?.attributes.city).to.equal('Ulm');
  });

  it('are removed with the defaults that pointed to them', async () => {
    const made = await room.create({ address: home });
    const id = made.addresses[0]?.id ?? 0;
    const bare = await room.transaction((tx) => room.customers.removeAddress(tx, made, id, later));
    expect(await room.read(made.id)).to.deep.equal(bare);
    expect(bare.attributes).to.include({ default_billing: null, default_shipping: null });
    expect(bare.addresses).to.deep.equal([]);
  });

  it('of somebody else are neither changed nor removed', async () => {
    const other = await room.create({ address: home });
    const made = await room.create();
    const id = other.addresses[0]?.id ?? 0;
    for (const work of [
      () => room.transaction((tx) => room.customers.saveAddress(tx, made, { id, attributes: { city: 'x' } }, later)),
      () => room.transaction((tx) => room.customers.removeAddress(tx, made, id, later)),
    ]) {
      expect(await work().catch((e) => e.code)).to.equal('CUSTOMER_ADDRESS_UNKNOWN');
    }
    expect(await room.read(other.id)).to.deep.equal(other);
  });

  it('hold a region of the country by id and name, any other as text with id 0', async () => {
    const made = await room.create({ address: { ...home, country_id: 'US', region: 'ny' } });
    expect(made.addresses[0]?.attributes.region).to.equal('New York');
    const id = made.addresses[0]?.id ?? 0;
    const moved = await room.transaction((tx) =>
      room.customers.saveAddress(tx, made, { id, attributes: { country_id: 'GB', region: 'Kent' } }, later),
    );
    expect(moved.addresses[0]?.attributes).to.include({ region: 'Kent', region_id: null });
    expect(
      await room.database.first(sql`SELECT region, region_id FROM {customer_address_entity} WHERE entity_id = ${id}`),
    ).to.deep.equal({ region: 'Kent', region_id: 0 });
  });

  it('take an id of a region over its text, and empty text where Magento refuses NULL', async () => {
    const bavaria = await room.regions.resolve('DE', 'Bayern');
    const made = await room.create({
      address: { country_id: 'DE', region_id: bavaria.regionId, region: 'whatever', city: null },
    });
    expect(made.addresses[0]?.attributes).to.include({ region: bavaria.region, region_id: bavaria.regionId, city: '' });
    expect(await room.read(made.id)).to.deep.equal(made);
  });

  it('are read whole however long they are', async () => {
    const street = '\n'.repeat(65_535);
    const made = await room.create({ address: { ...home, street } });
    const two = await room.transaction((tx) =>
      room.customers.saveAddress(
        tx,
        made,
        { attributes: { ...home, street: '"'.repeat(65_535) }, defaultShipping: true },
        later,
      ),
    );
    expect(
      (await room.read(made.id)).addresses.map(({ attributes }) => String(attributes.street).length),
    ).to.deep.equal([65_535, 65_535]);
    expect((await room.read(made.id)).addresses).to.deep.equal(two.addresses);
  });

  it('refuse what is no column of theirs, and too much', async () => {
    for (const [attributes, code] of [
      [{ planet: 'Mars' }, 'CUSTOMER_ATTRIBUTE_UNKNOWN'],
      [{ parent_id: 1 }, 'CUSTOMER_ATTRIBUTE_UNKNOWN'],
      [{ created_at: laterText }, 'CUSTOMER_ATTRIBUTE_GUARDED'],
      [{ city: 'x'.repeat(256) }, 'CUSTOMER_VALUE_TOO_LONG'],
    ] as const) {
      expect(await room.create({ address: attributes }).catch((e) => e.code)).to.equal(code);
    }
  });

  it('are compared with what forms require', () => {
    expect(missingAddressParts({ firstname: 'a', lastname: 'b', street: ' ', city: 'c' }, true)).to.deep.equal([
      'street',
      'country_id',
      'telephone',
    ]);
  });
});
