import { expect } from 'chai';
import { storeHash } from '../../../modules/connection/index.ts';
import { CustomerAttributes, Customers } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import type { HookEvent, PayloadForm } from '../../../modules/webhook/index.ts';
import { Payloads } from '../../../modules/webhook/payload/payloads.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { happened, openWebhookRoom, type WebhookRoom } from '../room.ts';

onBothEngines('Payloads of webhooks', (engine) => {
  let room: WebhookRoom;
  let id: number;
  let addressId: number;
  before(async () => {
    room = await openWebhookRoom(engine);
    const [customers, attributes] = [room.host.resolve(Customers), room.host.resolve(CustomerAttributes)];
    await room.database.transaction(async (tx) => {
      await attributes.ensure(tx, [{ code: 'employee_number', backendType: 'varchar', label: 'Employee' }]);
      await attributes.ensure(tx, [
        { code: 'tier', backendType: 'int', label: 'Tier', input: 'select', options: ['Silver', 'Gold'] },
      ]);
    });
    await attributes.all(room.database);
    const gold = (await attributes.optionId(room.database, 'tier', 'Gold')) ?? 0;
    id = await room.database.transaction((tx) =>
      customers.create(
        tx,
        {
          websiteId: 1,
          attributes: {
            email: 'ada@shop.example',
            firstname: 'Ada',
            lastname: 'Byron',
            employee_number: 'E-7',
            tier: gold,
          },
          address: {
            street: '12 St James Square\nFlat 2',
            city: 'London',
            postcode: 'SW1Y 4JH',
            country_id: 'GB',
            telephone: '+44 20 7946 0000',
            company: 'Analytical Engines',
          },
        },
        room.now(),
      ),
    );
    await room.database.run(
      sql`UPDATE {customer_entity} SET password_hash = 'hash-s3cret', rp_token = 'token-s3cret', confirmation = 'code-s3cret', updated_at = updated_at WHERE entity_id = ${id}`,
    );
    addressId = Number(
      (await room.database.first(sql`SELECT entity_id AS id FROM {customer_address_entity} WHERE parent_id = ${id}`))
        ?.id,
    );
  });
  after(() => room.close());

  const textOf = (payload: PayloadForm, event: HookEvent, connectionId: number | null = null): Promise<string> =>
    room.host
      .resolve(Payloads)
      .of(room.database, { connectionId, websiteId: null, payload }, { ...event, hash: 'abc' });
  const full = async (event: HookEvent) => JSON.parse(await textOf('full', event)).data;

  it('are in the light form exactly what BigCommerce sends', async () => {
    expect(
      await textOf('light', happened('store/customer/created', { customerId: id, data: { type: 'customer', id } }), 3),
    ).to.equal(
      `{"scope":"store/customer/created","store_id":"1","data":{"type":"customer","id":${id}},"hash":"abc","created_at":1700000000,"producer":"stores/${storeHash(3)}"}`,
    );
  });

  it('hold in the full form the customer as it is when it is sent, in the shape of V3', async () => {
    const event = happened('store/customer/updated', { customerId: id, data: { type: 'customer', id } });
    const data = await full(event);
    const address = {
      id: addressId,
      customer_id: id,
      first_name: 'Ada',
      last_name: 'Byron',
      company: 'Analytical Engines',
      address1: '12 St James Square',
      address2: 'Flat 2',
      city: 'London',
      state_or_province: '',
      postal_code: 'SW1Y 4JH',
      country: 'United Kingdom',
      country_code: 'GB',
      phone: '+44 20 7946 0000',
      address_type: 'commercial',
    };
    const { attributes, form_fields: fields, ...rest } = data;
    expect(rest).to.deep.equal({
      type: 'customer',
      id,
      email: 'ada@shop.example',
      first_name: 'Ada',
      last_name: 'Byron',
      company: 'Analytical Engines',
      phone: '+44 20 7946 0000',
      notes: '',
      tax_exempt_category: '',
      customer_group_id: 1,
      registration_ip_address: '',
      date_created: '2026-03-04T05:06:07Z',
      date_modified: '2026-03-04T05:06:07Z',
      address_count: 1,
      attribute_count: 2,
      authentication: { force_password_reset: false },
      addresses: [address],
      store_credit_amounts: [{ amount: 0 }],
      accepts_product_review_abandoned_cart_emails: false,
      origin_channel_id: 1,
      channel_ids: [1],
      is_active: true,
    });
    expect(fields).to.deep.equal([
      { name: 'employee_number', value: 'E-7', customer_id: id },
      { name: 'tier', value: 'Gold', customer_id: id },
    ]);
    expect(attributes.map((one: { attribute_value: string }) => one.attribute_value)).to.deep.equal(['E-7', 'Gold']);
    await room.database.run(sql`UPDATE {customer_entity} SET firstname = 'Augusta' WHERE entity_id = ${id}`);
    expect((await full(event)).first_name).to.equal('Augusta');
  });

  it('hold of an address event the address and whose it is, and say when it is gone', async () => {
    const event = (address: number) =>
      happened('store/customer/address/updated', {
        customerId: id,
        data: { type: 'customer', id: address, address: { customer_id: id } },
      });
    const there = await full(event(addressId));
    expect(there).to.deep.include({ type: 'customer', id: addressId });
    expect(there.address).to.include({ id: addressId, customer_id: id, city: 'London' });
    expect(there.customer).to.include({ id, email: 'ada@shop.example' });
    const gone = await full(event(addressId + 1_000));
    expect(gone).to.include({ id: addressId + 1_000, deleted: true });
    expect(gone.address).to.deep.equal({ customer_id: id });
  });

  it('say of a deleted customer that it is', async () => {
    const deleted = happened('store/customer/deleted', { customerId: id, data: { type: 'customer', id } });
    expect(await full(deleted)).to.deep.equal({ type: 'customer', id, deleted: true });
    const late = happened('store/customer/updated', { customerId: 99_999, data: { type: 'customer', id: 99_999 } });
    expect(await full(late)).to.deep.equal({ type: 'customer', id: 99_999, deleted: true });
  });

  it('put the customer beside what other rooms tell, and leave alone what is about nobody', async () => {
    const adopted = happened('store/provisioning/user/adopted', {
      customerId: id,
      data: { type: 'match', id: 5, connection: 'acme' },
    });
    expect(await full(adopted)).to.deep.include({ type: 'match', id: 5, connection: 'acme' });
    expect((await full(adopted)).customer.email).to.equal('ada@shop.example');
    const held = happened('store/provisioning/held', { customerId: null, data: { type: 'hold', id: 4, count: 9 } });
    expect(await full(held)).to.deep.equal({ type: 'hold', id: 4, count: 9 });
  });

  it('never hold what logs somebody in', async () => {
    for (const scope of ['store/customer/updated', 'store/customer/password', 'store/customer/created'])
      expect(await textOf('full', happened(scope, { customerId: id, data: { type: 'customer', id } })))
        .to.include('ada@shop.example')
        .and.not.include('s3cret');
  });
});
