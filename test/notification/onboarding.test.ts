import { expect } from 'chai';
import { Passwords, ResetTokens } from '../../modules/customer/index.ts';
import { Authorizer, countStatements, sql } from '../../modules/framework/index.ts';
import { Invitations, Onboarding, type OnboardingProgress } from '../../modules/notification/index.ts';
import { answer } from '../mail/smtp-server.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type NotificationRoom, openNotificationRoom } from './room.ts';

const hour = 3_600;

onBothEngines('The onboarding of a customer', (engine) => {
  let room: NotificationRoom;
  let id: number;
  before(async () => {
    room = await openNotificationRoom(engine, {
      override: [[Authorizer, { authorize: async () => 'granted' as const }]],
    });
  });
  beforeEach(async () => {
    await room.clear();
    id = await room.shopper('sam@home.example');
  });
  after(() => room.close());

  async function progress(): Promise<OnboardingProgress> {
    const found = (await room.host.resolve(Onboarding).of(room.database, [id], room.now())).get(id);
    if (!found) throw new Error('no such customer');
    return found;
  }
  const state = async () => (await progress()).state;
  const invite = (whom = id) =>
    room.database.transaction((tx) => room.host.resolve(Invitations).invite(tx, whom, { actor: 'anna' }));
  const refusal = (whom?: number) =>
    invite(whom).then(
      () => undefined,
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );

  it('goes from not invited by queued, mailed and opened to activated', async () => {
    expect(await progress()).to.deep.equal({ state: 'not-invited', at: null, note: null });
    expect(await invite()).to.deep.equal({ customerId: id, email: 'sam@home.example' });
    expect(await progress()).to.deep.equal({ state: 'queued', at: room.iso(0), note: null });
    room.advance(60);
    await room.look();
    expect(await progress()).to.deep.equal({ state: 'sent', at: room.iso(60), note: null });
    room.advance(600);
    // What the storefront does when the link is opened: the same token, its time anew.
    await room.database.run(
      sql`UPDATE {customer_entity} SET rp_token_created_at = ${room.moment(660)} WHERE entity_id = ${id}`,
    );
    expect(await progress()).to.deep.equal({ state: 'opened', at: room.iso(660), note: null });
    const passwords = room.host.resolve(Passwords);
    const hash = await passwords.hash('Correct-horse-7');
    await room.database.transaction((tx) => passwords.set(tx, id, hash, room.now()));
    expect(await state()).to.equal('done');
  });

  it('has expired when the link has', async () => {
    await invite();
    await room.look();
    room.advance(2 * hour - 1);
    expect(await state()).to.equal('sent');
    expect(await room.host.resolve(ResetTokens).current(room.database, id, room.now())).to.be.a('string');
    room.advance(1);
    expect(await progress()).to.deep.equal({ state: 'expired', at: room.iso(7200), note: null });
    expect(await room.host.resolve(ResetTokens).current(room.database, id, room.now())).to.equal(undefined);
    await invite();
    expect(await state()).to.equal('queued');
  });

  it('says why a mail did not get away', async () => {
    room.server.beforeRecipient = () => {
      throw answer(550, 'No such user');
    };
    await invite();
    await room.look();
    expect(await progress()).to.include({ state: 'undelivered' });
    expect((await progress()).note).to.contain('550 No such user');
    room.advance(60);
    await room.database.run(sql`UPDATE {customer_entity} SET rp_token_created_at = ${room.moment(60)}`);
    expect(await state()).to.equal('sent');
  });

  it('is over for whoever has logged in', async () => {
    await room.database.run(
      sql`INSERT INTO {customer_log} (customer_id, last_login_at) VALUES (${id}, '2024-05-05 10:00:00')`,
    );
    expect(await progress()).to.deep.equal({ state: 'done', at: '2024-05-05T10:00:00.000Z', note: null });
  });

  it('is told of a page of customers in two statements', async () => {
    const ids = [id];
    for (let n = 0; n < 40; n++) ids.push(await room.shopper(`s${n}@home.example`));
    await invite(ids[7]);
    await progress(); // settings are read anew after some seconds
    const counted = countStatements(room.database);
    const all = await room.host.resolve(Onboarding).of(room.database, [...ids, 999_999], room.now());
    counted.stop();
    expect(counted.statements).to.have.length(2);
    expect([...all.values()].filter(({ state }) => state === 'queued')).to.have.length(1);
    expect([...all.keys()].sort((a, b) => a - b)).to.deep.equal(ids);
  });

  it('cannot begin for somebody who is unknown, deactivated, without an address or invited a moment ago', async () => {
    expect(await refusal(4711)).to.equal('CUSTOMER_UNKNOWN: There is no customer 4711.');
    await invite();
    expect(await refusal())
      .to.contain('NOT_INVITED')
      .and.contain('mail waiting already');
    const quiet = await room.shopper('m-1@default.placeholder.invalid');
    expect(await refusal(quiet)).to.contain('has no e-mail address');
    await room.database.run(sql`UPDATE {customer_entity} SET is_active = 0 WHERE entity_id = ${quiet}`);
    expect(await refusal(quiet)).to.contain('is deactivated');
    expect(await room.mails()).to.have.length(1);
  });

  it('cannot begin before somebody has said where customers log in', async () => {
    await room.set('web/secure/base_url', '');
    await room.set('notification/customers/password_page', 'store');
    expect(await refusal()).to.contain('set web/secure/base_url');
  });

  it('is recorded with who asked for it', async () => {
    await invite();
    const [record] = await room.records();
    expect(record).to.include({ operation: 'customer.invite', actor: 'anna', customerId: id, status: 202 });
  });

  it('is shown and begun by the API of the administration', async () => {
    const call = async (method: string, path: string) => {
      const response = await fetch(`${room.url}/admin/api/v1/customers/${path}`, { method });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expect(await call('GET', `${id}/onboarding`)).to.deep.equal({
      status: 200,
      body: { state: 'not-invited', at: null, note: null },
    });
    expect(await call('POST', `${id}/invite`)).to.deep.equal({
      status: 202,
      body: { customerId: id, email: 'sam@home.example' },
    });
    expect((await call('GET', `${id}/onboarding`)).body).to.include({ state: 'queued' });
    expect(await call('POST', `${id}/invite`)).to.have.nested.property('body.error.code', 'NOT_INVITED');
    for (const path of ['4711/onboarding', 'x/onboarding']) expect((await call('GET', path)).status).to.equal(404);
    expect((await call('POST', '4711/invite')).status).to.equal(404);
  });
});
