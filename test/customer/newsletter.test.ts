import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, noonText, openRoom } from './customer-room.ts';

onBothEngines('The newsletter', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  const rows = (id: number) => room.database.all(sql`SELECT * FROM {newsletter_subscriber} WHERE customer_id = ${id}`);

  it('gets one row per customer, as Magento writes it', async () => {
    const customer = await room.create();
    expect(await room.newsletter.status(room.database, customer)).to.equal(undefined);
    expect(await room.transaction((tx) => room.newsletter.subscribe(tx, customer, noon))).to.equal(1);
    await room.transaction((tx) => room.newsletter.subscribe(tx, customer, noon));
    const [row, ...more] = await rows(customer.id);
    expect(more).to.deep.equal([]);
    expect(row).to.include({
      store_id: 1,
      change_status_at: noonText,
      customer_id: customer.id,
      subscriber_email: customer.attributes.email,
      subscriber_status: 1,
    });
    expect(row?.subscriber_confirm_code).to.match(/^[a-zA-Z0-9]{32}$/);
  });

  it('is left and joined again on the same row', async () => {
    const customer = await room.create();
    await room.transaction((tx) => room.newsletter.unsubscribe(tx, customer, noon));
    expect(await rows(customer.id)).to.deep.equal([]);
    await room.transaction((tx) => room.newsletter.subscribe(tx, customer, noon));
    await room.transaction((tx) => room.newsletter.unsubscribe(tx, customer, noon));
    expect(await room.newsletter.status(room.database, customer)).to.equal(3);
    await room.transaction((tx) => room.newsletter.subscribe(tx, customer, noon));
    expect(await rows(customer.id)).to.have.length(1);
    expect(await room.newsletter.status(room.database, customer)).to.equal(1);
  });

  it('takes over the row of the guest with the same e-mail', async () => {
    const customer = await room.create({ attributes: { email: 'guest@example.com' } });
    await room.database.run(sql`INSERT INTO {newsletter_subscriber}
      (store_id, customer_id, subscriber_email, subscriber_status) VALUES (1, 0, 'Guest@example.com', 3)`);
    expect(await room.newsletter.status(room.database, customer)).to.equal(3);
    await room.transaction((tx) => room.newsletter.subscribe(tx, customer, noon));
    expect(await rows(customer.id)).to.have.length(1);
  });
});

onBothEngines('The newsletter of a store that asks to confirm', (engine) => {
  it('waits for the subscriber, and for the account first', async () => {
    const room = await openRoom(engine, {
      config: { 'newsletter/subscription/confirm': true, 'customer/create_account/confirm': true },
    });
    try {
      const confirmed = await room.create();
      const waiting = await room.create({ attributes: { confirmation: 'a'.repeat(32) } });
      expect(await room.transaction((tx) => room.newsletter.subscribe(tx, confirmed, noon))).to.equal(2);
      expect(await room.transaction((tx) => room.newsletter.subscribe(tx, waiting, noon))).to.equal(4);
    } finally {
      await room.close();
    }
  });
});
