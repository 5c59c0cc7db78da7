import { expect } from 'chai';
import fc from 'fast-check';
import { lockOutColumns } from '../../modules/customer/index.ts';
import { type Executor, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, openRoom } from './customer-room.ts';

const later = new Date('2024-05-07T08:09:10Z');

/** The grid row as the base tables say it, computed by the database and not by the code under test. */
async function recomputed(db: Executor, id: number): Promise<Record<string, unknown>> {
  const joined = (parts: readonly string[]) =>
    db.dialect.name === 'mysql'
      ? `TRIM(CONCAT_WS(' ', ${parts.map((part) => `NULLIF(${part}, '')`).join(', ')}))`
      : `TRIM(${parts.map((part) => `CASE WHEN COALESCE(${part}, '') = '' THEN '' ELSE ${part} || ' ' END`).join(' || ')})`;
  const full = (alias: string) => joined(['street', 'city', 'region', 'postcode'].map((part) => `${alias}.${part}`));
  const names = joined(['prefix', 'firstname', 'middlename', 'lastname', 'suffix'].map((part) => `c.${part}`));
  const billing = ['firstname', 'lastname', 'telephone', 'postcode', 'country_id', 'region', 'region_id'];
  const more = ['street', 'city', 'fax', 'vat_id', 'company'];
  const text = `SELECT c.entity_id, ${names} AS name, c.email, c.group_id, c.created_at, c.website_id, c.confirmation,
    c.created_in, c.dob, c.gender, c.taxvat, c.lock_expires, ${full('s')} AS shipping_full, ${full('b')} AS billing_full,
    ${[...billing, ...more].map((column) => `b.${column} AS billing_${column}`).join(', ')}
    FROM {customer_entity} c
    LEFT JOIN {customer_address_entity} b ON b.entity_id = c.default_billing
    LEFT JOIN {customer_address_entity} s ON s.entity_id = c.default_shipping WHERE c.entity_id = `;
  return (await db.first(sql([text, ''] as unknown as TemplateStringsArray, id))) ?? {};
}

onBothEngines('The grid row', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  const row = (id: number) => room.database.first(sql`SELECT * FROM {customer_grid_flat} WHERE entity_id = ${id}`);
  const agrees = async (id: number) => {
    expect(await row(id)).to.deep.equal(await recomputed(room.database, id));
  };

  it('of a new customer is what the base tables say, with and without address', async () => {
    const bare = await room.create({ attributes: { prefix: 'Dr.', suffix: 'jr', dob: '1990-01-02', gender: 1 } });
    await agrees(bare.id);
    expect(await row(bare.id)).to.include({ name: 'Dr. Ada Lovelace jr', shipping_full: '', billing_street: null });
    const housed = await room.create({
      address: { street: 'A 1\nB', city: 'Wien', postcode: '1010', country_id: 'AT', company: 'C', fax: '2' },
    });
    await agrees(housed.id);
    expect(await row(housed.id)).to.include({ billing_full: 'A 1\nB Wien 1010', shipping_full: 'A 1\nB Wien 1010' });
  });

  it('follows names, group, e-mail, lock and addresses', async () => {
    let customer = await room.create();
    const change = async (work: Parameters<CustomerRoom['transaction']>[0]) => {
      await room.transaction(work);
      customer = await room.read(customer.id);
      await agrees(customer.id);
    };
    await change((tx) => room.customers.update(tx, customer, { firstname: null, middlename: 'M', group_id: 2 }, later));
    await change((tx) => room.customers.update(tx, customer, { email: 'grid@example.com', taxvat: 'x' }, later));
    await change((tx) => room.customers.update(tx, customer, lockOutColumns(later), later));
    const address = { street: 's', city: 'c', country_id: 'US', region: 'TX' };
    await change((tx) =>
      room.customers.saveAddress(tx, customer, { attributes: address, defaultBilling: true }, later),
    );
    const id = customer.addresses[0]?.id ?? 0;
    await change((tx) => room.customers.saveAddress(tx, customer, { id, attributes: { city: 'd' } }, later));
    await change((tx) =>
      room.customers.saveAddress(
        tx,
        customer,
        { id, attributes: {}, defaultBilling: false, defaultShipping: true },
        later,
      ),
    );
    await change((tx) => room.customers.removeAddress(tx, customer, id, later));
    expect((await row(customer.id)) ?? {}).to.include({ name: 'M Lovelace', shipping_full: '' });
  });

  it('is written whole where there was none', async () => {
    const customer = await room.create({ address: { city: 'x', country_id: 'DE' } });
    await room.database.run(sql`DELETE FROM {customer_grid_flat} WHERE entity_id = ${customer.id}`);
    await room.transaction((tx) => room.customers.update(tx, customer, { lastname: 'King' }, later));
    await agrees(customer.id);
  });

  it('cuts a street to its column, between characters', async () => {
    const customer = await room.create({ address: { street: '👩'.repeat(300), city: 'x', country_id: 'DE' } });
    expect(await row(customer.id)).to.include({ billing_street: '👩'.repeat(255) });
  });

  it('trims blanks as SQL does, and cuts a full address that would not fit', async () => {
    const blank = await room.create({
      attributes: { firstname: '  Ada', lastname: 'L\n ' },
      address: { street: '\nWeg 1', city: ' x  ', country_id: 'DE' },
    });
    await agrees(blank.id);
    const long = await room.create({ address: { street: 'é'.repeat(32_767), city: 'ü', country_id: 'DE' } });
    expect(await row(long.id)).to.include({ billing_full: `${'é'.repeat(32_767)} ` });
  });

  it('goes with its customer', async () => {
    const customer = await room.create();
    await room.transaction((tx) => room.customers.delete(tx, customer, noon));
    expect(await row(customer.id)).to.equal(undefined);
  });

  it('agrees for any names and addresses', async () => {
    const word = fc.option(fc.stringMatching(/^[\p{L} .'-]{0,12}$/u).map((text) => text.trim()));
    const names = fc.record({ prefix: word, firstname: word, middlename: word, lastname: word, suffix: word });
    const address = fc.record({ street: word, city: word, postcode: word, region: word, company: word });
    await fc.assert(
      fc.asyncProperty(names, names, address, async (first, then, place) => {
        const made = await room.create({ attributes: first, address: { ...place, country_id: 'FI' } });
        await agrees(made.id);
        await room.transaction((tx) => room.customers.update(tx, made, then, later));
        await agrees(made.id);
      }),
      { numRuns: 25 },
    );
  });
});

onBothEngines('A custom attribute in the grid', (engine) => {
  it('is written where the grid has a column for it, and only there', async () => {
    const room = await openRoom(engine);
    try {
      await room.transaction((tx) =>
        room.attributes.ensure(tx, [
          { code: 'team', backendType: 'varchar', label: 'Team' },
          { code: 'nickname', backendType: 'varchar', label: 'Nickname' },
        ]),
      );
      await room.database.run(sql`UPDATE {customer_eav_attribute} SET is_used_in_grid = 1`);
      await room.database.run(sql`ALTER TABLE {customer_grid_flat} ADD COLUMN team varchar(255) NULL`);
      await room.transaction((tx) =>
        room.attributes.ensure(tx, [{ code: 'extra', backendType: 'int', label: 'Extra' }]),
      );
      await room.customers.selection(room.database);
      const made = await room.create({ attributes: { team: 'red', nickname: 'x' } });
      const team = () => room.database.first(sql`SELECT team FROM {customer_grid_flat} WHERE entity_id = ${made.id}`);
      expect(await team()).to.deep.equal({ team: 'red' });
      await room.transaction((tx) => room.customers.update(tx, made, { team: 'blue', nickname: 'y' }, later));
      expect(await team()).to.deep.equal({ team: 'blue' });
    } finally {
      await room.close();
    }
  });
});
