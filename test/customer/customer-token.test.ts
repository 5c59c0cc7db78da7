import { expect } from 'chai';
import { CustomerTokens } from '../../modules/customer/index.ts';
import { Encryptor, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, noonText, openRoom } from './customer-room.ts';

onBothEngines('Tokens of customers', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine, { config: { 'oauth/access_token_lifetime/customer': 2.5 } });
  });
  after(() => room.close());
  const issue = (id: number, now = noon) =>
    room.transaction((tx) => room.host.resolve(CustomerTokens).issue(tx, id, now));

  it('are written as Magento writes them, and note the log-in, in two statements', async () => {
    const { id } = await room.create();
    await issue(id);
    room.statements.reset();
    const { token, expiresAt } = await issue(id);
    expect(room.statements.statements).to.have.length(2);
    expect(token).to.match(/^[A-Za-z0-9]{32}$/);
    expect(expiresAt.toISOString()).to.equal('2024-05-06T14:30:00.000Z');
    const row = await room.database.first<Record<string, string>>(
      sql`SELECT * FROM {oauth_token} WHERE token = ${token}`,
    );
    const { entity_id: _, secret, ...written } = row ?? {};
    expect(written).to.deep.equal({
      consumer_id: null,
      admin_id: null,
      customer_id: id,
      type: 'access',
      token,
      verifier: null,
      callback_url: '',
      revoked: 0,
      authorized: 0,
      user_type: 3,
      created_at: noonText,
    });
    expect(room.host.resolve(Encryptor).decrypt(secret ?? '')).to.match(/^[A-Za-z0-9]{32}$/);
    const log = await room.database.all(
      sql`SELECT last_login_at, last_logout_at FROM {customer_log} WHERE customer_id = ${id}`,
    );
    expect(log).to.deep.equal([{ last_login_at: noonText, last_logout_at: null }]);
  });

  it('end with everything else a customer is logged in with, the storefront’s sessions included', async () => {
    const [gone, stays] = [await room.create(), await room.create()];
    for (const { id } of [gone, stays]) await issue(id);
    const columns = sql`SELECT entity_id, session_cutoff, updated_at FROM {customer_entity} WHERE entity_id`;
    const [before] = await room.database.all<{ updated_at: string }>(sql`${columns} = ${gone.id}`);
    room.statements.reset();
    await room.transaction(async (tx) => room.sessions.cutOff(tx, gone.id, noon));
    expect(room.statements.statements).to.have.length(4);
    const left = sql`SELECT customer_id FROM {oauth_token} WHERE customer_id IN (${gone.id}, ${stays.id})`;
    expect(await room.database.all(left)).to.deep.equal([{ customer_id: stays.id }]);
    expect(await room.database.all(sql`${columns} IN (${gone.id}, ${stays.id}) ORDER BY entity_id`)).to.deep.equal([
      { entity_id: gone.id, session_cutoff: noonText, updated_at: before?.updated_at },
      { entity_id: stays.id, session_cutoff: null, updated_at: before?.updated_at },
    ]);
  });
});
