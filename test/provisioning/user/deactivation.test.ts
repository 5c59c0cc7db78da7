import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

const ourLock = '2038-01-01 00:00:00';
const active = (value: unknown) => ({ op: 'Replace', path: 'active', value });

onBothEngines('Deactivation', (engine) => {
  let host: ScimHost;
  let id: string;
  let users = 0;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  beforeEach(async () => {
    users++;
    id = await host.scim.create({ userName: `leaver${users}@example.com`, externalId: `leaver-${users}` });
    const n = Number(id);
    await host.database.run(sql`INSERT INTO {oauth_token} (customer_id, type, token, secret, callback_url, user_type)
      VALUES (${n}, 'access', ${`t${n}`}, 's', '', 3)`);
    await host.database.run(
      sql`INSERT INTO {persistent_session} (\`key\`, customer_id, website_id) VALUES (${`k${n}`}, ${n}, 1)`,
    );
    await host.database.run(sql`UPDATE {customer_entity} SET rp_token = 'reset', rp_token_created_at = '2024-05-06 11:00:00'
      WHERE entity_id = ${n}`);
  });

  const set = (columns: ReturnType<typeof sql>) =>
    host.database.run(sql`UPDATE {customer_entity} SET ${columns} WHERE entity_id = ${Number(id)}`);
  const state = () =>
    host.row(sql`SELECT is_active, lock_expires, session_cutoff, rp_token, rp_token_created_at, failures_num
      FROM {customer_entity} WHERE entity_id = ${Number(id)}`);
  const keys = async () => [
    (await host.rows(sql`SELECT entity_id FROM {oauth_token} WHERE customer_id = ${Number(id)}`)).length,
    (await host.rows(sql`SELECT persistent_id FROM {persistent_session} WHERE customer_id = ${Number(id)}`)).length,
    (await host.rows(sql`SELECT * FROM {jwt_auth_revoked} WHERE user_id = ${Number(id)}`)).length,
  ];

  it('ends every way in, and says so in the record and the grid', async () => {
    expect(await keys()).to.deep.equal([1, 1, 0]);
    const { status, json } = await host.scim.patch(id, active('False'));
    expect([status, json.active]).to.deep.equal([200, false]);
    expect(await state()).to.deep.equal({
      is_active: 0,
      lock_expires: ourLock,
      session_cutoff: '2024-05-06 12:00:00',
      rp_token: null,
      rp_token_created_at: null,
      failures_num: 0,
    });
    expect(await keys()).to.deep.equal([0, 0, 1]);
    expect(
      await host.row(
        sql`SELECT revoke_before FROM {jwt_auth_revoked} WHERE user_type_id = 3 AND user_id = ${Number(id)}`,
      ),
    ).to.deep.equal({ revoke_before: host.now().getTime() / 1000 });
    const [record] = (await host.records()).filter(({ customerId }) => customerId === Number(id));
    expect(record).to.include({ operation: 'user.deactivate', outcome: 'done' });
    expect(
      (await host.scim.find(`userName eq "leaver${users}@example.com" and active eq false`)).json.totalResults,
    ).to.equal(1);
  });

  it('happens as a whole or not at all', async () => {
    await host.scim.create({ userName: `in the way ${users}` });
    const { status } = await host.scim.patch(id, active(false), {
      op: 'replace',
      path: 'userName',
      value: `IN THE WAY ${users}`,
    });
    expect(status).to.equal(409);
    expect(await state()).to.include({ is_active: 1, lock_expires: null, rp_token: 'reset' });
    expect(await keys()).to.deep.equal([1, 1, 0]);
  });

  it('is the same by PUT, and twice is no more than once', async () => {
    const user = { userName: `leaver${users}@example.com`, externalId: `leaver-${users}`, active: false };
    expect((await host.scim.put(id, user)).json.active).to.equal(false);
    expect(await keys()).to.deep.equal([0, 0, 1]);
    const before = await host.customer(id);
    host.advance(60);
    expect((await host.scim.put(id, user)).status).to.equal(200);
    expect((await host.scim.patch(id, active(false))).status).to.equal(200);
    expect(await host.customer(id)).to.deep.equal(before);
    expect((await host.records())[0]).to.include({ operation: 'user.patch', outcome: 'unchanged' });
  });

  it('is undone by activation, which puts a lock back that was there before; what ended stays ended', async () => {
    await set(sql`lock_expires = '2030-01-01 00:00:00', failures_num = 10`);
    await host.scim.patch(id, active(false));
    expect(await state()).to.include({ lock_expires: ourLock });
    host.advance(60);
    expect((await host.scim.patch(id, active(true))).json.active).to.equal(true);
    expect(await state()).to.include({ is_active: 1, lock_expires: '2030-01-01 00:00:00', rp_token: null });
    expect(await keys()).to.deep.equal([0, 0, 1]);
    expect((await host.records())[0]).to.include({ operation: 'user.activate' });
    const clean = await host.scim.create({ userName: `clean${users}` });
    await host.scim.patch(clean, active(false));
    await host.scim.patch(clean, active(true));
    expect(await host.customer(clean)).to.include({ is_active: 1, lock_expires: null });
  });

  it('locks again when it is asked for again after an administrator has lifted the lock', async () => {
    await host.scim.patch(id, active(false));
    await set(sql`lock_expires = NULL, failures_num = 0`);
    host.advance(60);
    expect((await host.scim.patch(id, active(false))).status).to.equal(200);
    expect(await state()).to.include({ is_active: 0, lock_expires: ourLock });
  });

  it('locks out for real though the store has set is_active to 0 itself', async () => {
    await set(sql`is_active = 0`);
    expect((await host.scim.get(`/Users/${id}`)).json.active).to.equal(false);
    await host.scim.patch(id, active(false));
    expect(await state()).to.include({ is_active: 0, lock_expires: ourLock, rp_token: null });
    expect(await keys()).to.deep.equal([0, 0, 1]);
  });

  it('is lifted by activation though the store has set is_active to 1 itself, or locked for another time', async () => {
    await host.scim.patch(id, active(false));
    await set(sql`is_active = 1`);
    await host.scim.patch(id, active(true));
    expect(await state()).to.include({ is_active: 1, lock_expires: null });
    await host.scim.patch(id, active(false));
    await set(sql`lock_expires = '2031-01-01 00:00:00'`);
    await host.scim.patch(id, active(true));
    expect(await state()).to.include({ is_active: 1, lock_expires: '2031-01-01 00:00:00' });
  });

  it('ends with a POST of the same externalId: 201, the same id, the document as sent', async () => {
    await host.scim.patch(id, active(false));
    const user = { userName: `leaver${users}@example.com`, externalId: `leaver-${users}`, title: 'Back' };
    const { status, json } = await host.scim.post(user);
    expect([status, json.id, json.active, json.title]).to.deep.equal([201, id, true, 'Back']);
    expect(await state()).to.include({ is_active: 1, lock_expires: null });
    expect((await host.records()).find(({ customerId }) => customerId === Number(id))).to.include({
      operation: 'user.reactivate',
      status: 201,
    });
  });

  it('by the store is the store’s: a POST of the same externalId is 409, whatever was patched meanwhile', async () => {
    const user = { userName: `leaver${users}@example.com`, externalId: `leaver-${users}` };
    await set(sql`is_active = 0`);
    expect((await host.scim.post(user)).json.scimType).to.equal('uniqueness');
    const { json } = await host.scim.patch(id, { op: 'replace', path: 'title', value: 'Duchess' });
    expect([json.title, json.active]).to.deep.equal(['Duchess', false]);
    expect(await state()).to.include({ is_active: 0, lock_expires: null });
    const refused = await host.scim.post(user);
    expect([refused.status, refused.json.scimType]).to.deep.equal([409, 'uniqueness']);
    expect(String(refused.json.detail)).to.include('in the store');
    expect(await state()).to.include({ is_active: 0 });
    await set(sql`is_active = 1`);
    expect((await host.scim.get(`/Users/${id}`)).json.active).to.equal(true);
    await set(sql`is_active = 0`);
    await host.scim.patch(id, active(false));
    expect((await host.scim.post(user)).status).to.equal(201);
    expect(await state()).to.include({ is_active: 1, lock_expires: null });
  });

  it('by SCIM ends with that POST though an administrator has lifted the lock since', async () => {
    await host.scim.patch(id, active(false));
    await set(sql`lock_expires = NULL`);
    const { status, json } = await host.scim.post({
      userName: `leaver${users}@x.example`,
      externalId: `leaver-${users}`,
    });
    expect([status, json.id, json.active]).to.deep.equal([201, id, true]);
  });

  it('of a shopper by the store outlives its take-over by a PATCH that does not speak of it', async () => {
    const shopper = await host.shopper(`idle${users}@example.com`, { is_active: 0 });
    const { json } = await host.scim.patch(shopper, { op: 'add', path: 'externalId', value: `idle-${users}` });
    expect(json.active).to.equal(false);
    expect(await host.customer(shopper)).to.include({ is_active: 0, lock_expires: null });
    const refused = await host.scim.post({ userName: `idle${users}@example.com`, externalId: `idle-${users}` });
    expect(refused.status).to.equal(409);
    expect((await host.scim.patch(shopper, active(true))).json.active).to.equal(true);
    expect(await host.customer(shopper)).to.include({ is_active: 1 });
  });

  it('does not end with any other POST: 409', async () => {
    await host.scim.patch(id, active(false));
    for (const user of [
      { userName: `leaver${users}@example.com` },
      { userName: `leaver${users}@example.com`, externalId: 'somebody else' },
    ])
      expect((await host.scim.post(user)).json.scimType).to.equal('uniqueness');
    expect(await state()).to.include({ is_active: 0 });
    expect((await host.scim.post({ userName: 'x', externalId: `leaver-${users}`, active: true })).json.id).to.equal(id);
    expect((await host.scim.post({ userName: 'y', externalId: `leaver-${users}` })).status).to.equal(409);
    await host.scim.patch(id, { op: 'replace', path: 'userName', value: `done-${users}` });
  });
});
