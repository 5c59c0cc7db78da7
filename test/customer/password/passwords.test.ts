import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type CustomerRoom, noon, noonText, openRoom } from '../customer-room.ts';

const hoursLater = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

onBothEngines('Passwords and reset links', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  const secrets = (id: number) =>
    room.database.first<Record<string, string | null>>(
      sql`SELECT password_hash, rp_token, rp_token_created_at, session_cutoff FROM {customer_entity} WHERE entity_id = ${id}`,
    );

  it('a new password voids reset links and ends sessions', async () => {
    const { id } = await room.create();
    expect(await room.passwords.verify(room.database, id, '')).to.equal(false);
    const hash = await room.passwords.hash('Tandem-Kettle-42');
    await room.transaction(async (tx) => {
      await room.resetTokens.issue(tx, id, noon);
      await room.passwords.set(tx, id, hash, noon);
    });
    expect(await secrets(id)).to.deep.equal({
      password_hash: hash,
      rp_token: null,
      rp_token_created_at: null,
      session_cutoff: noonText,
    });
    expect(await room.passwords.verify(room.database, id, 'Tandem-Kettle-42')).to.equal(true);
    expect(await room.passwords.verify(room.database, id, 'tandem-kettle-42')).to.equal(false);
    expect(await room.passwords.verify(room.database, id + 999, 'Tandem-Kettle-42')).to.equal(false);
  });

  it('the policy follows the configuration', async () => {
    await room.passwords.check('Abcdefg1', null);
    const error = await room.passwords.check('abc', null).catch((e) => e);
    expect(error.code).to.equal('CUSTOMER_PASSWORD_WEAK');
    expect(error.message).to.contain('at least 8 characters');
  });

  it('a reset token is stored encrypted and read back while it is valid', async () => {
    const { id } = await room.create();
    const token = await room.transaction((tx) => room.resetTokens.issue(tx, id, noon));
    expect(token).to.match(/^[a-zA-Z0-9]{32}$/);
    const stored = (await secrets(id))?.rp_token ?? '';
    expect(stored).to.match(/^0:3:/).and.not.contain(token);
    expect(stored.length).to.be.at.most(128);
    expect(await room.resetTokens.current(room.database, id, hoursLater(1.99))).to.equal(token);
    expect(await room.resetTokens.current(room.database, id, hoursLater(2))).to.equal(undefined);
    expect(await room.resetTokens.current(room.database, id, hoursLater(-1))).to.equal(undefined);
    await room.transaction((tx) => room.resetTokens.clear(tx, id, noon));
    expect(await room.resetTokens.current(room.database, id, noon)).to.equal(undefined);
  });

  it('a token that no key opens is none', async () => {
    const { id } = await room.create();
    await room.database.run(sql`UPDATE {customer_entity} SET rp_token = '7:3:AAAA', rp_token_created_at = ${noonText}
      WHERE entity_id = ${id}`);
    expect(await room.resetTokens.current(room.database, id, hoursLater(1))).to.equal(undefined);
  });
});
