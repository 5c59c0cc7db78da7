import { expect } from 'chai';
import { CustomerError } from '../../modules/customer/index.ts';
import { DuplicateKeyError, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, noonText, openRoom } from './customer-room.ts';

onBothEngines('A new customer', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());

  it('has the row that Magento would write, column by column', async () => {
    const { id } = await room.create({ attributes: { email: 'Grace@Example.com', firstname: 'Grace', lastname: 'H' } });
    const row = await room.database.first(sql`SELECT * FROM {customer_entity} WHERE entity_id = ${id}`);
    expect(row).to.deep.equal({
      entity_id: id,
      website_id: 1,
      email: 'Grace@Example.com',
      group_id: 1,
      increment_id: null,
      store_id: 1,
      created_at: noonText,
      updated_at: noonText,
      is_active: 1,
      disable_auto_group_change: 0,
      created_in: 'Default Store View',
      prefix: null,
      firstname: 'Grace',
      middlename: null,
      lastname: 'H',
      suffix: null,
      dob: null,
      password_hash: null,
      rp_token: null,
      rp_token_created_at: null,
      default_billing: null,
      default_shipping: null,
      taxvat: null,
      confirmation: null,
      gender: null,
      failures_num: 0,
      first_failure: null,
      lock_expires: null,
      session_cutoff: null,
    });
  });

  it('is answered as it is then read', async () => {
    const made = await room.create({
      attributes: { prefix: 'Dr.', dob: '1906-12-09', gender: 2, taxvat: 'DE 1', group_id: '3', middlename: 'B' },
      address: { street: 'Main St 1\nFloor 2', city: 'Berlin', country_id: 'de', postcode: '10115', region: 'Berlin' },
    });
    expect(await room.read(made.id)).to.deep.equal(made);
    expect(made.attributes).to.include({ group_id: 3, gender: 2, dob: '1906-12-09' });
    expect(made.attributes).to.not.have.any.keys('password_hash', 'rp_token');
  });

  it('takes two statements, customer and grid, and two more with an address', async () => {
    room.statements.reset();
    await room.create();
    expect(room.statements.statements).to.have.length(2);
    room.statements.reset();
    await room.create({ address: { street: 'a', city: 'b', country_id: 'US', region: 'CA' } });
    expect(room.statements.statements).to.have.length(4);
  });

  it('has its address as default for billing and shipping, with the region as Magento holds it', async () => {
    const { id, attributes } = await room.create({
      address: { street: 'Infinite Loop 1', city: 'Cupertino', country_id: 'US', region: 'CA', postcode: '95014' },
    });
    const row = await room.database.first(sql`SELECT * FROM {customer_address_entity} WHERE parent_id = ${id}`);
    const california = await room.regions.resolve('US', 'California');
    expect(california.regionId).to.be.greaterThan(0);
    expect(row).to.deep.equal({
      entity_id: attributes.default_billing,
      increment_id: null,
      parent_id: id,
      created_at: noonText,
      updated_at: noonText,
      is_active: 1,
      city: 'Cupertino',
      company: null,
      country_id: 'US',
      fax: null,
      firstname: 'Ada',
      lastname: 'Lovelace',
      middlename: null,
      postcode: '95014',
      prefix: null,
      region: 'California',
      region_id: california.regionId,
      street: 'Infinite Loop 1',
      suffix: null,
      telephone: '',
      vat_id: null,
      vat_is_valid: null,
      vat_request_date: null,
      vat_request_id: null,
      vat_request_success: null,
    });
    expect(attributes.default_shipping).to.equal(attributes.default_billing);
  });

  it('cannot have an e-mail that another customer of its website has, in any case', async () => {
    await room.create({ attributes: { email: 'taken@example.com' } });
    const error = await room.create({ attributes: { email: 'TAKEN@example.com' } }).catch((e) => e);
    expect(error).to.be.instanceOf(DuplicateKeyError);
    expect(error).to.deep.include({ table: 'customer_entity', columns: ['email', 'website_id'] });
  });

  it('never gets the id of a deleted one', async () => {
    const { id } = await room.create();
    const last = await room.read(id);
    await room.transaction((tx) => room.customers.delete(tx, last, noon));
    expect((await room.create()).id).to.be.greaterThan(id);
  });

  const refusals: readonly [string, Record<string, string | number | null>, string][] = [
    ['a group for nobody', { group_id: 0 }, 'CUSTOMER_GROUP_INVALID'],
    ['an unknown attribute', { shoe_size: 42 }, 'CUSTOMER_ATTRIBUTE_UNKNOWN'],
    ['a password hash', { password_hash: 'x' }, 'CUSTOMER_ATTRIBUTE_GUARDED'],
    ['a reset token', { rp_token: 'x' }, 'CUSTOMER_ATTRIBUTE_GUARDED'],
    ['a default address of its own', { default_billing: 5 }, 'CUSTOMER_ATTRIBUTE_GUARDED'],
    ['another website than its own', { website_id: 0 }, 'CUSTOMER_ATTRIBUTE_GUARDED'],
    ['a name that is too long', { firstname: '👩'.repeat(256) }, 'CUSTOMER_VALUE_TOO_LONG'],
    ['a date that does not exist', { dob: '2023-02-29' }, 'CUSTOMER_VALUE_INVALID'],
    ['a store view of another website', { store_id: 0 }, 'CUSTOMER_STORE_FOREIGN'],
  ];
  for (const [what, attributes, code] of refusals) {
    it(`is refused with ${what}, and nothing is written`, async () => {
      const count = () => room.database.first(sql`SELECT COUNT(*) AS n FROM {customer_entity}`);
      const before = await count();
      const error = await room.create({ attributes }).catch((e) => e);
      expect(error).to.be.instanceOf(CustomerError);
      expect(error.code).to.equal(code);
      expect(error.attribute).to.equal(Object.keys(attributes)[0]);
      expect(await count()).to.deep.equal(before);
    });
  }

  it('may have a name of 255 characters outside the basic plane', async () => {
    const name = '👩'.repeat(255);
    const { id } = await room.create({ attributes: { firstname: name } });
    expect((await room.read(id)).attributes.firstname).to.equal(name);
  });

  it('of an unknown website is refused', async () => {
    const error = await room.create({ websiteId: 77 }).catch((e) => e);
    expect(error.code).to.equal('CUSTOMER_WEBSITE_UNKNOWN');
  });

  it('may be locked out from the start', async () => {
    const { lockOutColumns, ourLock } = await import('../../modules/customer/index.ts');
    const made = await room.create({ attributes: lockOutColumns(noon) });
    expect(await room.read(made.id)).to.deep.equal(made);
    expect(made.attributes).to.include({ is_active: 0, lock_expires: ourLock, session_cutoff: noonText });
  });
});
