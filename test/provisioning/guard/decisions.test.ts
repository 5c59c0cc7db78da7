import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { GuardError } from '../../../modules/provisioning/guard/error.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, companyHouse, inactive, refs } from './company.ts';

onBothEngines('A hold of the guard', (engine) => {
  const house = companyHouse(engine);
  let company: Company;
  let holdId: number;
  const anna = { actor: 'anna', comment: 'the season is over' };
  const user = (n: number) => company.users[n] as string;
  beforeEach(async () => {
    company = await house.open(30);
    await company.deactivateAll(company.users.slice(0, 10));
  });
  after(() => house.close());
  const hold = async (from: number, to: number) => {
    for (const id of company.users.slice(from, to)) expect((await company.deactivate(id)).status).to.equal(503);
    holdId = await company.openHold();
  };

  /** The host's time so many days on, as people read it. */
  const stamp = (days: number): string =>
    new Date(company.host.now().getTime() + days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');

  it('is carried out when it is approved, and what it changes is recorded with the administrator as the actor', async () => {
    await hold(10, 16);
    expect(await company.holds.approve(holdId, anna)).to.include({ decidedBy: 'anna', comment: 'the season is over' });
    await company.jobs.drain();
    expect(await company.active()).to.equal(14);
    expect(await company.holds.show(holdId)).to.include({ status: 'done', waiting: 0, done: 6, failed: 0 });
    const records = (await company.host.records()).filter(({ actor }) => actor === 'anna');
    expect(records.filter(({ operation }) => operation === 'user.deactivate')).to.have.length(6);
    expect(records.map(({ operation }) => operation))
      .to.include('guard.approve')
      .and.to.include('guard.finish');
    const [one] = records.filter(({ operation }) => operation === 'user.deactivate');
    expect(one?.notes?.[0]).to.match(
      /^The mass-deprovision guard had held this request \(hold \d+\); anna approved it\.$/,
    );
  });

  it('says of a password that came along that it is not set, to whoever approves and in the record', async () => {
    const password = { op: 'replace', path: 'password', value: 'S3cret-Hold!' };
    await company.host.scim.patch(user(10), inactive, password);
    await company.deactivate(user(11));
    holdId = await company.openHold();
    expect((await company.holds.show(holdId)).held.map(({ hadPassword }) => hadPassword)).to.deep.equal([true, false]);
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    const records = await company.host.records();
    const notes = (operation: string, customer?: string) =>
      records.find((one) => one.operation === operation && (!customer || one.customerId === Number(customer)))?.notes;
    expect(notes('guard.approve')).to.deep.equal([
      '2 requests were waiting.',
      'One of them came with a password, which is not kept: carried out, it is not set.',
      '"the season is over"',
    ]);
    expect(notes('user.deactivate', user(10))?.join()).to.include('It came with a password, which is not kept');
    expect(notes('user.deactivate', user(11))?.join()).not.to.include('password');
  });

  it('carries out everything that was in the requests', async () => {
    await company.host.scim.patch(user(10), inactive, { op: 'replace', path: 'name.familyName', value: 'Left' });
    await company.host.scim.put(user(11), {
      userName: 'u11@example.com',
      externalId: 'x11',
      title: 'Gone',
      active: false,
    });
    await company.host.scim.delete(user(12));
    await company.holds.approve(await company.openHold(), anna);
    await company.jobs.drain();
    expect((await company.host.scim.get(`/Users/${user(10)}`)).json).to.deep.include({ active: false });
    expect((await company.host.customer(user(10))).lastname).to.equal('Left');
    expect((await company.host.scim.get(`/Users/${user(11)}`)).json).to.include({ active: false, title: 'Gone' });
    expect((await company.host.scim.get(`/Users/${user(12)}`)).status).to.equal(404);
  });

  it('lets the provider try again while it is being carried out, and does nothing twice', async () => {
    await hold(10, 14);
    await company.host.database.transaction(async (tx) => {
      // Approved, and no job has come to it yet.
      await tx.run(
        sql`UPDATE {vestibule_guard_hold} SET status = 'approved', open_connection_id = NULL, decided_by = 'anna', decided_at = opened_at WHERE hold_id = ${holdId}`,
      );
    });
    expect(await company.deactivateAll(company.users.slice(10, 12))).to.deep.equal([200, 200]);
    expect((await company.host.scim.delete(user(12))).status).to.equal(204);
    await company.jobs.drain();
    expect(await company.active()).to.equal(16);
    expect(await company.holds.show(holdId)).to.include({ status: 'done', done: 4, failed: 0 });
    const deactivations = (await company.host.records()).filter(({ operation }) => operation === 'user.deactivate');
    expect(deactivations.filter(({ customerId }) => customerId === Number(user(10)))).to.have.length(1);
  });

  it('answers 200 to a provider that tries again after it was carried out', async () => {
    await hold(10, 14);
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    expect(await company.deactivateAll(company.users.slice(10, 14))).to.deep.equal([200, 200, 200, 200]);
    expect((await company.holds.list()).length).to.equal(1);
  });

  it('begins a new hour when it is approved', async () => {
    await hold(10, 14);
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    const statuses = await company.deactivateAll(company.users.slice(14, 25));
    expect(statuses).to.deep.equal([...Array(10).fill(200), 503]);
  });

  it('goes on after a process has died in the middle of it, once its claim has ended', async () => {
    await hold(10, 16);
    await company.jobs.stop();
    await company.holds.approve(holdId, anna);
    // As a process leaves it that was killed after the second of six.
    const soon = new Date(company.host.now().getTime() + 60_000).toISOString().replace('T', ' ').replace('Z', '');
    await company.host.database.run(
      sql`UPDATE {vestibule_guard_hold} SET claimed_by = 'another', claimed_until = ${soon} WHERE hold_id = ${holdId}`,
    );
    company.jobs.start();
    await company.jobs.drain();
    expect(await company.active()).to.equal(20);
    company.host.advance(61);
    await company.jobs.drain();
    expect(await company.active()).to.equal(14);
  });

  it('is carried out once by any number of processes', async () => {
    await hold(10, 20);
    await company.host.database.run(
      sql`UPDATE {vestibule_guard_hold} SET status = 'approved', open_connection_id = NULL, decided_by = 'anna', decided_at = opened_at WHERE hold_id = ${holdId}`,
    );
    await Promise.all([
      company.jobs.drain(),
      company.jobs.drain(),
      ...company.users.slice(10, 20).map(company.deactivate),
    ]);
    const records = (await company.host.records()).filter(({ operation }) => operation === 'user.deactivate');
    expect(records).to.have.length(20);
    expect(await company.holds.show(holdId)).to.include({ status: 'done', done: 10, failed: 0 });
  });

  it('says of what can not be carried out why', async () => {
    await hold(10, 12);
    await company.policy({ deactivate: false });
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    const shown = await company.holds.show(holdId);
    expect(shown).to.include({ status: 'done', done: 0, failed: 2 });
    expect(shown.held[0]?.outcome).to.match(/^Deactivate is off for the connection/);
    const [record] = (await company.host.records()).filter(
      ({ outcome, actor }) => outcome === 'failed' && actor === 'anna',
    );
    expect(record).to.include({ operation: 'user.patch', status: 403, customerId: Number(user(11)) });
  });

  it('does only what made it wait where the provider has changed the user since', async () => {
    await company.host.scim.put(user(10), {
      userName: 'u10@example.com',
      externalId: 'x10',
      title: 'Old',
      active: false,
    });
    company.host.advance(60);
    await company.host.scim.patch(user(10), { op: 'replace', path: 'title', value: 'New' });
    company.host.advance(60);
    await company.holds.approve(await company.openHold(), anna);
    await company.jobs.drain();
    expect((await company.host.scim.get(`/Users/${user(10)}`)).json).to.include({ active: false, title: 'New' });
  });

  it('does not touch whom the provider wants active after all', async () => {
    await hold(10, 13);
    await company.host.scim.patch(user(10), { ...inactive, value: true });
    await company.host.scim.put(user(11), { userName: 'u11@example.com', externalId: 'x11' });
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    expect(await company.active()).to.equal(19);
    expect(await company.holds.show(holdId)).to.include({ done: 1, withdrawn: 2 });
  });

  it('ends by itself once the provider has taken everything back', async () => {
    await hold(10, 13);
    for (const id of company.users.slice(10, 13)) await company.host.scim.patch(id, { ...inactive, value: true });
    expect((await company.holds.list())[0]).to.include({ status: 'withdrawn', waiting: 0, withdrawn: 3 });
    company.host.advance(3601);
    expect((await company.deactivate(user(10))).status).to.equal(200);
  });

  it('that is denied keeps its customers for seven days, whatever is tried, and names the decision', async () => {
    await hold(10, 14);
    const staff = await company.groups.create({ displayName: 'Staff', members: refs(company.users) });
    await company.holds.deny(holdId, anna);
    const [decided, ends] = [stamp(0), stamp(7)];
    company.host.advance(6 * 86_400);
    const answers = [
      await company.deactivate(user(10)),
      await company.host.scim.delete(user(11)),
      await company.groups.patch(staff, { op: 'remove', path: 'members', value: refs([user(12)]) }),
    ];
    for (const { status, json } of answers) {
      expect(status).to.equal(403);
      expect(json.detail).to.match(new RegExp(`^Denied: anna decided on ${decided} UTC about hold ${holdId} `));
      expect(json.detail).to.include(ends);
    }
    expect((await company.deactivate(user(20))).status).to.equal(200);
    company.host.advance(86_401);
    expect((await company.deactivate(user(10))).status).to.equal(200);
  });

  it('that was denied is judged anew once an administrator has lifted that, and can be denied again', async () => {
    await hold(10, 14);
    const lift = (id: number) => company.holds.lift(id, anna).catch((error: unknown) => error);
    expect(await lift(holdId)).to.include({ code: 'HOLD_NOT_DENIED' });
    await company.holds.deny(holdId, anna);
    const { denied, deniedUntil } = await company.holds.show(holdId);
    expect([denied, deniedUntil?.slice(0, 19)]).to.deep.equal([4, stamp(7)]);
    expect((await company.deactivate(user(10))).json.detail).to.include(
      `Held Changes in the administration tells more and ends it (guard:show ${holdId}, guard:lift ${holdId}).`,
    );
    expect(await lift(holdId)).to.include({ status: 'denied' });
    expect(await company.holds.show(holdId)).to.include({ denied: 0, deniedUntil: null });
    expect(await lift(holdId)).to.include({ code: 'HOLD_NOT_DENIED' });
    const [record] = (await company.host.records()).filter(({ operation }) => operation === 'guard.lift');
    expect(record).to.include({ actor: 'anna', subject: `hold ${holdId}` });
    expect(record?.notes).to.deep.equal(['4 customers were denied.', '"the season is over"']);
    // Ten have gone within the hour: it is too much still, and held anew; an hour later it passes.
    expect((await company.deactivate(user(10))).status).to.equal(503);
    await company.holds.deny(await company.openHold(), anna);
    expect((await company.deactivate(user(10))).status).to.equal(403);
    company.host.advance(3601);
    expect((await company.deactivate(user(11))).status).to.equal(200);
  });

  it('that was denied denies nothing more after seven days, and says so', async () => {
    await hold(10, 12);
    await company.holds.deny(holdId, anna);
    company.host.advance(7 * 86_400);
    expect(await company.holds.show(holdId)).to.include({ denied: 0, deniedUntil: null });
    const error = await company.holds.lift(holdId, anna).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'HOLD_NOT_DENIED' });
  });

  it('is decided once', async () => {
    await hold(10, 12);
    await company.holds.deny(holdId, anna);
    for (const again of [() => company.holds.approve(holdId, anna), () => company.holds.deny(holdId, anna)]) {
      const error = await again().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(GuardError).and.to.include({ code: 'HOLD_DECIDED' });
      expect((error as Error).message).to.equal(
        `Hold ${holdId} was denied by anna on ${stamp(0)} UTC; there is nothing to decide.`,
      );
    }
    const unknown = await company.holds.show(999).catch((thrown: unknown) => thrown);
    expect(unknown).to.include({ code: 'HOLD_UNKNOWN' });
  });

  it('keeps nothing of the requests once they are done or denied', async () => {
    await hold(10, 12);
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    expect(
      await company.host.rows(sql`SELECT held_id FROM {vestibule_guard_held} WHERE request IS NOT NULL`),
    ).to.deep.equal([]);
  });

  it('shows what had passed before it', async () => {
    await hold(10, 12);
    const shown = await company.holds.show(holdId);
    expect(shown.losses.map(({ kind, email }) => `${kind} ${email}`)).to.deep.equal(
      Array.from({ length: 10 }, (_, i) => `deactivate u${i}@example.com`),
    );
    expect(shown).to.include({ passed: 10, restored: 0, wouldBe: 11, limit: 10, active: 30 });
    expect(shown.held.map(({ operation, subject }) => `${operation} ${subject}`)).to.deep.equal([
      'user.patch u10@example.com',
      'user.patch u11@example.com',
    ]);
  });
});
