import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from './connected.ts';

const ourLock = '2038-01-01 00:00:00';
const active = (value: boolean) => ({ op: 'replace', path: 'active', value });

onBothEngines('The deactivation policy', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let id: string;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    id = await shop.scim.create(shop.person('leaver'));
    const n = Number(id);
    await host.database.run(sql`INSERT INTO {oauth_token} (customer_id, type, token, secret, callback_url, user_type)
      VALUES (${n}, 'access', ${`d${n}`}, 's', '', 3)`);
    await host.database.run(
      sql`UPDATE {customer_entity} SET rp_token = 'reset', rp_token_created_at = '2024-05-06 11:00:00' WHERE entity_id = ${n}`,
    );
  });

  const state = () =>
    host.row(
      sql`SELECT is_active, lock_expires, session_cutoff, rp_token FROM {customer_entity} WHERE entity_id = ${Number(id)}`,
    );
  const tokens = async () =>
    (await host.rows(sql`SELECT entity_id FROM {oauth_token} WHERE customer_id = ${Number(id)}`)).length;
  const revoked = async () =>
    (await host.rows(sql`SELECT user_id FROM {jwt_auth_revoked} WHERE user_id = ${Number(id)}`)).length;

  it('flag sets is_active and nothing else, and is no change when it is said again', async () => {
    await shop.set({ deactivation: 'flag' });
    expect((await shop.scim.patch(id, active(false))).json.active).to.equal(false);
    expect(await state()).to.deep.equal({ is_active: 0, lock_expires: null, session_cutoff: null, rp_token: 'reset' });
    expect([await tokens(), await revoked()]).to.deep.equal([1, 0]);
    const [record] = (await host.records()).filter(({ customerId }) => customerId === Number(id));
    expect(record?.operation).to.equal('user.deactivate');
    const records = (await host.records()).filter(({ outcome }) => outcome === 'done').length;
    expect((await shop.scim.patch(id, active(false))).status).to.equal(200);
    expect((await host.records()).filter(({ outcome }) => outcome === 'done')).to.have.length(records);
    expect((await shop.scim.patch(id, active(true))).json.active).to.equal(true);
    expect(await state()).to.include({ is_active: 1, lock_expires: null });
  });

  it('lock ends the right to log in and the reset link, and leaves sessions and tokens', async () => {
    await shop.set({ deactivation: 'lock' });
    await shop.scim.patch(id, active(false));
    expect(await state()).to.deep.equal({ is_active: 0, lock_expires: ourLock, session_cutoff: null, rp_token: null });
    expect([await tokens(), await revoked()]).to.deep.equal([1, 0]);
    await shop.scim.patch(id, active(true));
    expect(await state()).to.include({ is_active: 1, lock_expires: null });
  });

  it('end-sessions, the policy of a new connection, ends them too', async () => {
    await shop.scim.patch(id, active(false));
    expect(await state()).to.include({ is_active: 0, lock_expires: ourLock, rp_token: null });
    expect((await state()).session_cutoff).to.be.a('string');
    expect([await tokens(), await revoked()]).to.deep.equal([0, 1]);
  });

  it('says again locks for real whom a weaker policy has only flagged', async () => {
    await shop.set({ deactivation: 'flag' });
    await shop.scim.patch(id, active(false));
    await shop.set({ deactivation: 'end-sessions' });
    await shop.scim.patch(id, active(false));
    expect(await state()).to.include({ is_active: 0, lock_expires: ourLock });
    expect(await tokens()).to.equal(0);
  });

  it('keeps a lock that was there before, and puts it back', async () => {
    const before = '2024-05-07 00:00:00';
    await shop.set({ deactivation: 'lock' });
    await host.database.run(sql`UPDATE {customer_entity} SET lock_expires = ${before} WHERE entity_id = ${Number(id)}`);
    await shop.scim.patch(id, active(false));
    await shop.scim.patch(id, active(true));
    expect(await state()).to.include({ is_active: 1, lock_expires: before });
  });

  it('is what a user made inactive and a deletion follow, too', async () => {
    await shop.set({ deactivation: 'flag' });
    const other = await shop.scim.create(shop.person('asleep', { active: false }));
    expect(await host.customer(other)).to.include({ is_active: 0, lock_expires: null });
    expect((await shop.scim.delete(id)).status).to.equal(204);
    expect(await state()).to.include({ is_active: 0, lock_expires: null });
    expect(await tokens()).to.equal(1);
  });
});
