import { expect } from 'chai';
import { isLockedOut, lockOutColumns, ourLock, restoreColumns } from '../../modules/customer/index.ts';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CustomerRoom, noon, noonText, openRoom } from './customer-room.ts';

const later = new Date('2024-05-07T08:09:10Z');

onBothEngines('Locking a customer out', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());

  it('is one update of the row, with the grid following the lock', async () => {
    const made = await room.create();
    await room.transaction((tx) => room.resetTokens.issue(tx, made.id, noon));
    const current = await room.read(made.id);
    room.statements.reset();
    await room.transaction((tx) =>
      room.customers.update(tx, current, { ...lockOutColumns(later), lastname: 'Gone' }, later),
    );
    expect(room.statements.statements).to.have.length(2);
    expect(
      await room.database.first(sql`SELECT is_active, lock_expires, session_cutoff, rp_token, rp_token_created_at, lastname
        FROM {customer_entity} WHERE entity_id = ${made.id}`),
    ).to.deep.equal({
      is_active: 0,
      lock_expires: '2038-01-01 00:00:00',
      session_cutoff: '2024-05-07 08:09:10',
      rp_token: null,
      rp_token_created_at: null,
      lastname: 'Gone',
    });
    expect(isLockedOut(await room.read(made.id))).to.equal(true);
  });

  it('ends tokens, "remember me" and JWTs of this customer and of no other, in three statements', async () => {
    const [gone, stays] = [await room.create(), await room.create()];
    for (const { id } of [gone, stays]) {
      await room.database.run(sql`INSERT INTO {oauth_token}
        (customer_id, type, token, secret, callback_url, user_type) VALUES (${id}, 'access', ${`t${id}`}, 's', '', 3)`);
      await room.database.run(sql`INSERT INTO {persistent_session} (\`key\`, customer_id, website_id)
        VALUES (${`k${id}`}, ${id}, 1)`);
    }
    room.statements.reset();
    await room.transaction(async (tx) => room.sessions.end(tx, gone.id, noon));
    expect(room.statements.statements).to.have.length(3);
    await room.transaction(async (tx) => room.sessions.end(tx, gone.id, later));
    expect(await room.database.all(sql`SELECT customer_id FROM {oauth_token}`)).to.deep.equal([
      { customer_id: stays.id },
    ]);
    expect(await room.database.all(sql`SELECT customer_id FROM {persistent_session}`)).to.deep.equal([
      { customer_id: stays.id },
    ]);
    expect(await room.database.all(sql`SELECT * FROM {jwt_auth_revoked}`)).to.deep.equal([
      { user_type_id: 3, user_id: gone.id, revoke_before: 1_715_069_350 },
    ]);
  });

  it('is undone only where the lock is ours, and the lock before it is put back', async () => {
    const made = await room.create({ attributes: { ...lockOutColumns(noon) } });
    const restored = await room.transaction((tx) =>
      room.customers.update(
        tx,
        made,
        restoreColumns({ lockBefore: '2030-01-01 00:00:00', lockExpires: ourLock }),
        later,
      ),
    );
    expect(await room.read(made.id)).to.deep.equal(restored);
    expect(restored.attributes).to.include({
      is_active: 1,
      failures_num: 0,
      first_failure: null,
      lock_expires: '2030-01-01 00:00:00',
      session_cutoff: noonText,
    });
    expect(restoreColumns({})).to.include({ lock_expires: null });
    expect(restoreColumns({ lockBefore: null, lockExpires: null })).to.deep.equal({ is_active: 1 });
    expect(restoreColumns({ lockExpires: '2031-01-01 00:00:00' })).to.deep.equal({ is_active: 1 });
  });
});
