import { AsyncResource } from 'node:async_hooks';
import { expect } from 'chai';
import { type CustomerChange, CustomerSaved } from '../../modules/customer/index.ts';
import { DuplicateKeyError, defineModule, observe, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, noonText, openRoom } from './customer-room.ts';

const later = new Date('2024-05-07T08:09:10Z');
const laterText = '2024-05-07 08:09:10';

onBothEngines('Changing a customer', (engine) => {
  let room: CustomerRoom;
  const heard: CustomerChange[] = [];
  before(async () => {
    const listener = defineModule({
      name: 'listener',
      version: '1.0.0',
      sequence: ['customer'],
      observers: [
        observe(CustomerSaved, {
          id: 'listener.saved',
          when: 'committed',
          handle: (change) => void heard.push(change),
        }),
      ],
    });
    room = await openRoom(engine, { modules: [listener] });
  });
  after(() => room.close());

  it('writes what differs and nothing else: a rename is one update and one of the grid', async () => {
    const made = await room.create();
    room.statements.reset();
    const changed = await room.transaction((tx) =>
      room.customers.update(tx, made, { firstname: 'Augusta', lastname: made.attributes.lastname ?? null }, later),
    );
    expect(room.statements.statements).to.have.length(2);
    expect(room.statements.statements[0]).to.not.contain('lastname');
    expect(changed.attributes).to.deep.equal({ ...made.attributes, firstname: 'Augusta', updated_at: laterText });
    expect(await room.read(made.id)).to.deep.equal(changed);
  });

  it('leaves the grid alone when nothing in it changes', async () => {
    const made = await room.create();
    room.statements.reset();
    await room.transaction((tx) => room.customers.update(tx, made, { is_active: 0 }, later));
    expect(room.statements.statements).to.have.length(1);
  });

  it('writes nothing when nothing differs', async () => {
    const made = await room.create({ attributes: { gender: 1, dob: '1990-01-02' } });
    room.statements.reset();
    const same = await room.transaction((tx) =>
      room.customers.update(tx, made, { gender: '1', dob: '1990-01-02', middlename: null }, later),
    );
    expect(room.statements.statements).to.have.length(0);
    expect(same).to.equal(made);
  });

  it('reads a customer in one statement, with and without its lock', async () => {
    const { id } = await room.create({ address: { city: 'x', country_id: 'DE' } });
    room.statements.reset();
    await room.customers.byId(room.database, id);
    await room.transaction((tx) => room.customers.byId(tx, id, { forUpdate: true }));
    await room.customers.findByEmail(room.database, 1, 'nobody@example.com');
    expect(room.statements.statements).to.have.length(3);
  });

  it('of the e-mail ends reset links and moves the newsletter subscription along', async () => {
    const made = await room.create();
    await room.transaction(async (tx) => {
      await room.resetTokens.issue(tx, made.id, noon);
      await room.newsletter.subscribe(tx, made, noon);
    });
    const current = await room.read(made.id);
    expect(current.attributes.rp_token_created_at).to.equal(noonText);
    await room.transaction((tx) => room.customers.update(tx, current, { email: 'New@example.com' }, later));
    expect(
      await room.database.first(
        sql`SELECT rp_token, rp_token_created_at FROM {customer_entity} WHERE entity_id = ${made.id}`,
      ),
    ).to.deep.equal({ rp_token: null, rp_token_created_at: null });
    expect(
      await room.database.all(sql`SELECT subscriber_email FROM {newsletter_subscriber} WHERE customer_id = ${made.id}`),
    ).to.deep.equal([{ subscriber_email: 'New@example.com' }]);
  });

  it('of the case of an e-mail is a change like any other', async () => {
    const made = await room.create({ attributes: { email: 'case@example.com' } });
    const changed = await room.transaction((tx) =>
      room.customers.update(tx, made, { email: 'Case@example.com' }, later),
    );
    expect((await room.read(made.id)).attributes.email).to.equal('Case@example.com');
    expect(changed.attributes.email).to.equal('Case@example.com');
  });

  it('to a taken e-mail meets the unique key', async () => {
    const taken = await room.create();
    const made = await room.create();
    const error = await room
      .transaction((tx) => room.customers.update(tx, made, { email: taken.attributes.email ?? null }, later))
      .catch((e) => e);
    expect(error).to.be.instanceOf(DuplicateKeyError);
    expect(error.columns).to.include('email');
  });

  it('finds a customer by its e-mail in its website, in any case', async () => {
    const made = await room.create({ attributes: { email: 'find.me@example.com' } });
    expect(await room.customers.findByEmail(room.database, 1, 'FIND.ME@example.com')).to.deep.equal(made);
    expect(await room.customers.findByEmail(room.database, 0, 'find.me@example.com')).to.equal(undefined);
  });

  it('tells observers what was written, and not about what was not', async () => {
    heard.length = 0;
    const made = await room.create({ attributes: { prefix: 'Mx' }, address: { city: 'x', country_id: 'DE' } });
    await room.transaction((tx) => room.customers.update(tx, made, { prefix: 'Mx' }, later));
    await room.transaction((tx) => room.customers.update(tx, made, { prefix: 'Dr', lastname: 'King' }, later));
    expect(heard).to.deep.equal([
      {
        id: made.id,
        websiteId: 1,
        created: true,
        changed: ['email', 'firstname', 'lastname', 'prefix', 'addresses'],
        addresses: made.addresses.map(({ id }) => ({ id, act: 'created' })),
      },
      { id: made.id, websiteId: 1, created: false, changed: ['prefix', 'lastname'], addresses: [] },
    ]);
  });

  for (const [code, value] of [
    ['entity_id', 5],
    ['increment_id', '000000009'],
    ['created_at', noonText],
    ['website_id', 0],
    ['default_billing', 3],
    ['password_hash', 'x:y:1'],
    ['rp_token', 'x'],
    ['rp_token_created_at', noonText],
  ] as const) {
    it(`refuses ${code}, saying what to do instead`, async () => {
      const made = await room.create();
      const error = await room
        .transaction((tx) => room.customers.update(tx, made, { [code]: value }, later))
        .catch((e) => e);
      expect(error).to.deep.include({ code: 'CUSTOMER_ATTRIBUTE_GUARDED', attribute: code });
      expect(await room.read(made.id)).to.deep.equal(made);
    });
  }

  it('reads, under a lock, what the writer before it committed to the value tables', async () => {
    await room.transaction((tx) =>
      room.attributes.ensure(tx, [{ code: 'desk', backendType: 'varchar', label: 'Desk' }]),
    );
    await room.customers.selection(room.database);
    const made = await room.create({ attributes: { desk: 'old' } });
    const readLocked = AsyncResource.bind(() =>
      room.transaction((other) => room.customers.byId(other, made.id, { forUpdate: true })),
    );
    let second: Promise<unknown> = Promise.resolve();
    await room.transaction(async (tx) => {
      const held = await room.customers.byId(tx, made.id, { forUpdate: true });
      second = readLocked();
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (held !== undefined) await room.customers.update(tx, held, { desk: 'new' }, later);
    });
    expect(await second).to.have.nested.property('attributes.desk', 'new');
  });

  it('moves an e-mail aside, so that it is free', async () => {
    const made = await room.create({ attributes: { email: 'recycled@example.com' } });
    const placeholder = await room.transaction((tx) => room.customers.moveEmailAside(tx, made.id, later));
    expect(placeholder).to.match(new RegExp(`^moved-${made.id}-[0-9a-f]{12}@placeholder\\.invalid$`));
    expect((await room.read(made.id)).attributes.email).to.equal(placeholder);
    expect((await room.create({ attributes: { email: 'recycled@example.com' } })).id).to.not.equal(made.id);
  });
});
