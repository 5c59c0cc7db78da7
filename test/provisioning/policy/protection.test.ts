import { expect } from 'chai';
import { MappingVersions, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { CustomerGroups } from '../../../modules/customer/index.ts';
import { sql, sqlTimestamp, type Transaction } from '../../../modules/framework/index.ts';
import { createDepartures } from '../../../modules/provisioning/departure/departures.ts';
import { ConnectionDepartures, ProtectedCustomers } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { ScimAnswer } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';
import { departureRoom } from './departure-room.ts';

const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const title = { op: 'replace', path: 'title', value: 'x' };

onBothEngines('A protected customer', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let protection: ProtectedCustomers;
  let id: string;
  before(async () => {
    host = await openHost(engine);
    protection = host.host.resolve(ProtectedCustomers);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    id = await shop.scim.create(shop.person('owner'));
  });

  const within = <T>(work: (tx: Transaction) => Promise<T>) => host.database.transaction(work);
  const protect = (name = id) => within((tx) => protection.protect(tx, { name }, 'anna', host.now()));
  const unprotect = (name = id) => within((tx) => protection.unprotect(tx, { name }, 'anna', host.now()));
  const group = (code: string) => within((tx) => host.host.resolve(CustomerGroups).create(tx, code));
  function expectProtected({ status, json }: ScimAnswer): void {
    expect(status, JSON.stringify(json)).to.equal(403);
    expect(json.detail)
      .to.contain('is protected')
      .and.contain('Protected Customers in the administration (customer:unprotect');
  }

  it('is changed by no connection in any way, and is read as ever', async () => {
    const before = await host.customer(id);
    await protect();
    expectProtected(await shop.scim.patch(id, title));
    expectProtected(await shop.scim.patch(id, { op: 'replace', path: 'active', value: false }));
    expectProtected(await shop.scim.put(id, shop.person('owner', { title: 'x' })));
    expectProtected(await shop.scim.delete(id));
    expect(await host.customer(id)).to.deep.equal(before);
    expect((await shop.scim.get(`/Users/${id}`)).status).to.equal(200);
    expect((await shop.scim.put(id, shop.person('owner'))).status, 'no change').to.equal(200);
    await unprotect();
    expect((await shop.scim.patch(id, title)).status).to.equal(200);
  });

  it('does not come back and is not taken over', async () => {
    const shopper = await host.shopper(`shopper.${shop.code}@example.com`);
    await protect(String(shopper));
    expectProtected(await shop.scim.patch(shopper, title));
    await shop.scim.patch(id, { op: 'replace', path: 'active', value: false });
    const gone = await shop.scim.create(shop.person('gone'));
    await shop.scim.delete(gone);
    await protect(gone);
    await protect();
    expectProtected(await shop.scim.post(shop.person('owner')));
    expectProtected(await shop.scim.post(shop.person('gone')));
    expect(await host.customer(id)).to.include({ is_active: 0 });
  });

  it('is one by its customer group, too, and nobody is put into that', async () => {
    const code = `Keys ${shop.code}`;
    const keys = await group(code);
    await host.database.run(sql`UPDATE {customer_entity} SET group_id = ${keys} WHERE entity_id = ${Number(id)}`);
    const other = await shop.scim.create(shop.person('other'));
    await within((tx) => protection.protectGroup(tx, code, 'anna', host.now()));
    expectProtected(await shop.scim.patch(id, title));
    const made = await shop.scim.send('POST', '/Groups', {
      schemas: [groupSchema],
      displayName: code,
      members: [{ value: other }],
    });
    expect(made.status).to.equal(201);
    expect((await host.customer(other)).group_id).to.equal(1);
    expect((await shop.scim.patch(other, title)).status).to.equal(200);
    await within((tx) => protection.unprotectGroup(tx, code, 'anna', host.now()));
    expect((await shop.scim.patch(id, title)).status).to.equal(200);
  });

  it('is made by no mapping that leads into a protected customer group', async () => {
    const code = `Keys ${shop.code}`;
    await group(code);
    const preset = presetFor('generic');
    const row = { id: 'customer-group', type: 'direct', source: 'userType', target: 'group' } as const;
    const connection = await shop.connection();
    await within((tx) =>
      host.host
        .resolve(MappingVersions)
        .publish(tx, connection, { ...preset, rows: [...preset.rows, row] }, { author: 'anna' }, host.now()),
    );
    host.advance(6);
    await within((tx) => protection.protectGroup(tx, code, 'anna', host.now()));
    const shopper = await host.shopper(`shopper.${shop.code}@example.com`);
    const before = await shop.customers();
    const keyed = { op: 'add', path: 'userType', value: code };
    expectProtected(await shop.scim.post(shop.person('new', { userType: code })));
    expectProtected(await shop.scim.patch(id, keyed));
    expectProtected(await shop.scim.patch(shopper, keyed));
    expect(await shop.customers()).to.equal(before);
    expect([(await host.customer(id)).group_id, (await host.customer(shopper)).group_id]).to.deep.equal([1, 1]);
    await within((tx) => protection.unprotectGroup(tx, code, 'anna', host.now()));
    const answers = [await shop.scim.patch(id, keyed), await shop.scim.patch(shopper, keyed)];
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
  });

  it('that was deleted before keeps its e-mail address: nobody else gets it', async () => {
    await shop.scim.delete(id);
    await protect();
    const email = `owner.${shop.code}@example.com`;
    const again = await shop.scim.post(shop.person('owner', { externalId: 'another' }));
    expect([again.status, again.json.scimType]).to.deep.equal([409, 'uniqueness']);
    const other = await shop.scim.create(shop.person('other'));
    const moved = await shop.scim.patch(other, { op: 'replace', path: 'emails[type eq "work"].value', value: email });
    expect(moved.status).to.equal(409);
    expect((await host.customer(id)).email).to.equal(email);
  });

  it('is moved to no customer group by its memberships', async () => {
    await protect();
    const made = await shop.scim.send('POST', '/Groups', {
      schemas: [groupSchema],
      displayName: `Team ${shop.code}`,
      members: [{ value: id }],
    });
    expect([made.status, (await host.customer(id)).group_id]).to.deep.equal([201, 1]);
  });

  it('is moved to none either where only its customer group is protected, and nobody by name', async () => {
    const code = `Keys ${shop.code}`;
    const keys = await group(code);
    await host.database.run(sql`DELETE FROM {vestibule_protected_customer}`);
    await host.database.run(sql`UPDATE {customer_entity} SET group_id = ${keys} WHERE entity_id = ${Number(id)}`);
    const other = await shop.scim.create(shop.person('other'));
    await within((tx) => protection.protectGroup(tx, code, 'anna', host.now()));
    const made = await shop.scim.send('POST', '/Groups', {
      schemas: [groupSchema],
      displayName: `Crew ${shop.code}`,
      members: [{ value: id }, { value: other }],
    });
    const [mine, theirs] = [(await host.customer(id)).group_id, (await host.customer(other)).group_id];
    expect([made.status, mine]).to.deep.equal([201, keys]);
    expect([1, keys]).not.to.include(theirs);
    await within((tx) => protection.unprotectGroup(tx, code, 'anna', host.now()));
  });

  it('stays as it is when its connection is deleted and its customers are deactivated', async () => {
    const other = await shop.scim.create(shop.person('other'));
    await protect();
    const before = await host.customer(id);
    const departures = host.host.resolve(ConnectionDepartures);
    const told = await departures.delete({ code: shop.code, customers: { kind: 'deactivate' }, dryRun: true });
    expect(told).to.include({ users: 2, deactivated: 1, protected: 1 });
    const done = await createDepartures(departureRoom(host), async () => host.advance(5)).delete({
      code: shop.code,
      customers: { kind: 'deactivate' },
      dryRun: false,
    });
    expect(done).to.include({ deactivated: 1, protected: 1 });
    expect(await host.customer(id)).to.deep.equal(before);
    expect(await host.customer(other)).to.include({ is_active: 0 });
  });

  it('is named by id or e-mail address, and unprotected once', async () => {
    const email = `owner.${shop.code}@example.com`;
    expect(await protect(email)).to.equal(Number(id));
    expect(await protect(id)).to.equal(Number(id));
    const [shown] = (await protection.customers(host.database)).filter(({ customerId }) => customerId === Number(id));
    expect(shown).to.include({ email, protectedBy: 'anna', protectedAt: sqlTimestamp(host.now()) });
    expect(await unprotect(email)).to.deep.equal({ customerId: Number(id), was: true });
    expect(await unprotect()).to.deep.equal({ customerId: Number(id), was: false });
    const acts = (await host.records()).filter(
      ({ actor, customerId }) => actor === 'anna' && customerId === Number(id),
    );
    expect(acts.map(({ operation }) => operation)).to.deep.equal([
      'customer.unprotect',
      'customer.protect',
      'customer.protect',
    ]);
    const missing = await protect('nobody@example.com').then(
      () => undefined,
      (error: Error & { code?: string }) => error,
    );
    expect(missing?.code).to.equal('CUSTOMER_UNKNOWN');
    const nowhere = await within((tx) => protection.protectGroup(tx, 'No such group', 'anna', host.now())).then(
      () => undefined,
      (error: Error & { code?: string }) => error,
    );
    expect(nowhere?.code).to.equal('CUSTOMER_GROUP_INVALID');
  });
});
