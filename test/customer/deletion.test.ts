import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, openRoom } from './customer-room.ts';

onBothEngines('Deleting a customer', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
    await room.transaction((tx) =>
      room.attributes.ensure(tx, [{ code: 'desk', backendType: 'varchar', label: 'Desk' }]),
    );
  });
  after(() => room.close());

  it('takes everything along that Magento takes along, and nothing of others', async () => {
    const draft = { attributes: { desk: 'x' }, address: { city: 'y', country_id: 'DE' } };
    const [gone, stays] = [await room.create(draft), await room.create(draft)];
    for (const customer of [gone, stays]) {
      await room.transaction((tx) => room.newsletter.subscribe(tx, customer, noon));
      await room.database.run(sql`INSERT INTO {customer_log} (customer_id) VALUES (${customer.id})`);
      await room.database.run(sql`INSERT INTO {newsletter_subscriber} (store_id, customer_id, subscriber_email)
        VALUES (1, 0, ${customer.attributes.email})`);
    }
    await room.transaction((tx) => room.customers.delete(tx, gone, noon));
    const left = async (query: ReturnType<typeof sql>) =>
      (await room.database.all<{ id: number }>(query)).map(({ id }) => id);
    for (const query of [
      sql`SELECT entity_id AS id FROM {customer_entity}`,
      sql`SELECT entity_id AS id FROM {customer_entity_varchar}`,
      sql`SELECT parent_id AS id FROM {customer_address_entity}`,
      sql`SELECT entity_id AS id FROM {customer_grid_flat}`,
      sql`SELECT customer_id AS id FROM {customer_log}`,
      sql`SELECT customer_id AS id FROM {newsletter_subscriber} WHERE customer_id <> 0`,
    ]) {
      expect(await left(query), query.text).to.deep.equal([stays.id]);
    }
    expect(await left(sql`SELECT customer_id AS id FROM {newsletter_subscriber} WHERE customer_id = 0`)).to.have.length(
      1,
    );
    expect(await left(sql`SELECT user_id AS id FROM {jwt_auth_revoked}`)).to.deep.equal([gone.id]);
    expect(await room.customers.byId(room.database, gone.id)).to.equal(undefined);
  });
});
