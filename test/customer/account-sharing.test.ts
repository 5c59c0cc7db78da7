import { expect } from 'chai';
import { type Database, DuplicateKeyError, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, openRoom } from './customer-room.ts';
import { slowToWrite } from './slow-transaction.ts';

/** A second website with a store view of its own. */
async function addWebsite(database: Database): Promise<void> {
  await database.run(sql`INSERT INTO {store_website} (website_id, code, name, default_group_id)
    VALUES (2, 'two', 'Second', 2)`);
  await database.run(sql`INSERT INTO {store_group} (group_id, website_id, name, default_store_id, code)
    VALUES (2, 2, 'Second Store', 2, 'second')`);
  await database.run(sql`INSERT INTO {store} (store_id, code, website_id, group_id, name, is_active)
    VALUES (2, 'second', 2, 2, 'Second View', 1)`);
}

for (const [scope, shared] of [
  ['1', false],
  ['0', true],
] as const) {
  onBothEngines(`Accounts shared ${shared ? 'globally' : 'per website'}`, (engine) => {
    let room: CustomerRoom;
    beforeEach(async () => {
      room = await openRoom(engine, { config: { 'customer/account_share/scope': scope }, prepare: addWebsite });
    });
    afterEach(() => room.close());

    it(`${shared ? 'refuse' : 'allow'} one e-mail on two websites`, async () => {
      const attributes = { email: 'both@example.com' };
      const one = await room.create({ attributes });
      const two = await room.create({ websiteId: 2, attributes: { email: 'BOTH@example.com' } }).catch((e) => e);
      if (shared) expect(two).to.be.instanceOf(DuplicateKeyError);
      else expect(two.attributes).to.include({ website_id: 2, store_id: 2, created_in: 'Second View' });
      const found = await room.customers.findByEmail(room.database, 2, 'both@example.com');
      expect(found?.id).to.equal(shared ? one.id : two.id);
      const many = await room.customers.byEmails(room.database, 2, [
        'Both@example.com',
        'x@example.com',
        'y@example.com',
      ]);
      expect(many.map(({ id }) => id)).to.deep.equal([found?.id]);
    });

    it(`${shared ? 'refuse' : 'allow'} to change to another website's e-mail, and to the case of one's own`, async () => {
      const one = await room.create({ attributes: { email: 'one@example.com' } });
      const two = await room.create({ websiteId: 2, attributes: { email: 'two@example.com' } });
      const change = (email: string) => room.transaction((tx) => room.customers.update(tx, two, { email }, noon));
      const result = await change('ONE@example.com').catch((e) => e);
      expect(result instanceof DuplicateKeyError).to.equal(shared);
      expect((await change('TWO@example.com')).attributes.email).to.equal('TWO@example.com');
      expect(one.id).to.not.equal(two.id);
    });

    it('let four writers in on every website, or one in all, even if all look before they write', async () => {
      room.statements.reset();
      const create = (websiteId: number) =>
        room.transaction((tx) =>
          room.customers.create(slowToWrite(tx), { websiteId, attributes: { email: 'race@example.com' } }, noon),
        );
      const results = await Promise.allSettled([create(1), create(2), create(1), create(2)]);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).to.have.length(shared ? 3 : 2);
      for (const { reason } of refused) expect(reason).to.be.instanceOf(DuplicateKeyError);
      // They queue at one row: nobody runs into a deadlock and has to look again.
      const lookups = room.statements.statements.filter((text) => text.includes('WHERE email = ? AND entity_id <> ?'));
      expect(lookups).to.have.length(shared ? 4 : 0);
    });
  });
}

onBothEngines('Human-friendly customer numbers', (engine) => {
  it('count up from 000000001, never twice, and are absent unless the store asks for them', async () => {
    const plain = await openRoom(engine);
    expect((await plain.create()).attributes.increment_id).to.equal(null);
    await plain.close();
    const room = await openRoom(engine, { config: { 'customer/create_account/generate_human_friendly_id': true } });
    try {
      const made = await Promise.all(Array.from({ length: 6 }, () => room.create()));
      const numbers = made.map(({ attributes }) => attributes.increment_id).sort();
      expect(numbers).to.deep.equal([1, 2, 3, 4, 5, 6].map((n) => `00000000${n}`));
      expect(
        await room.database.all(sql`SELECT entity_type_id, store_id, increment_prefix, increment_last_id
        FROM {eav_entity_store}`),
      ).to.deep.equal([{ entity_type_id: 1, store_id: 0, increment_prefix: '0', increment_last_id: '000000006' }]);
    } finally {
      await room.close();
    }
  });
});

onBothEngines('A store with a table prefix', (engine) => {
  it('has customers like any other', async () => {
    const room = await openRoom(engine, { tablePrefix: 'mg_' });
    try {
      const made = await room.create({ address: { city: 'x', country_id: 'DE' } });
      expect(await room.read(made.id)).to.deep.equal(made);
      const changed = await room.transaction((tx) => room.customers.update(tx, made, { lastname: 'King' }, noon));
      expect(await room.read(made.id)).to.deep.equal(changed);
    } finally {
      await room.close();
    }
  });
});

onBothEngines('The fill-ins of a new customer', (engine) => {
  it('follow the configuration', async () => {
    const room = await openRoom(engine, {
      config: {
        'customer/create_account/default_group': 3,
        'customer/create_account/viv_disable_auto_group_assign_default': true,
      },
    });
    try {
      expect((await room.create()).attributes).to.include({ group_id: 3, disable_auto_group_change: 1 });
      const own = await room.create({ attributes: { group_id: 2, disable_auto_group_change: 0 } });
      expect(own.attributes).to.include({ group_id: 2, disable_auto_group_change: 0 });
    } finally {
      await room.close();
    }
  });
});
