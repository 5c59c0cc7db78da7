import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { Clock, DatabaseError, Environment, Logger, sql } from '../../../modules/framework/index.ts';
import { Withdrawals } from '../../../modules/provisioning/guard/hold/withdraw.ts';
import { createGuardJobs } from '../../../modules/provisioning/guard/job/create-jobs.ts';
import { GroupProvisioner, UserProvisioner } from '../../../modules/provisioning/index.ts';
import { Room } from '../../../modules/provisioning/room.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, companyHouse } from './company.ts';

onBothEngines('What an approved hold does', (engine) => {
  const house = companyHouse(engine);
  let company: Company;
  let holdId: number;
  const anna = { actor: 'anna' };
  const user = (n: number) => company.users[n] as string;
  beforeEach(async () => {
    company = await house.open(30);
    await company.deactivateAll(company.users.slice(0, 13));
    holdId = await company.openHold();
  });
  after(() => house.close());

  /** Jobs whose use case fails for one user. */
  function jobsFailing(at: string, error: () => Error | undefined) {
    const { resolve } = company.host.host;
    const users = resolve(UserProvisioner);
    const patch: UserProvisioner['patch'] = async (context, id, ...more) => {
      const thrown = id === at ? error() : undefined;
      if (thrown) throw thrown;
      return users.patch(context, id, ...more);
    };
    return createGuardJobs({
      room: resolve(Room),
      users: { ...users, patch },
      groups: resolve(GroupProvisioner),
      connections: resolve(Connections),
      withdrawals: resolve(Withdrawals),
      environment: resolve(Environment),
      clock: resolve(Clock),
      logger: resolve(Logger),
    });
  }
  /** Decides without a job that begins at once. */
  const approved = () =>
    company.host.database.run(
      sql`UPDATE {vestibule_guard_hold} SET status = 'approved', open_connection_id = NULL, decided_by = 'anna', decided_at = opened_at WHERE hold_id = ${holdId}`,
    );

  it('is marked and remembered with the change itself, also where the guard has been switched off meanwhile', async () => {
    await company.policy({ guard: false });
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    const shown = await company.holds.show(holdId);
    expect(shown).to.include({ status: 'done', done: 3, failed: 0, passed: 13 });
    expect(shown.held.map(({ outcome }) => outcome)).to.deep.equal([null, null, null]);
    await company.holds.restore(holdId, anna);
    await company.jobs.drain();
    expect(await company.active()).to.equal(30);
  });

  it('takes back of a group, with the guard switched off, can be restored as well', async () => {
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    const staff = await company.groups.create({
      displayName: 'Staff',
      members: company.users.slice(13).map((value) => ({ value })),
    });
    expect((await company.groups.put(staff, { displayName: 'Staff', members: [] })).status).to.equal(503);
    holdId = await company.openHold();
    await company.policy({ guard: false });
    await company.holds.approve(holdId, anna);
    await company.jobs.drain();
    expect(await company.groups.members(staff)).to.deep.equal([]);
    const { held } = await company.holds.show(holdId);
    expect(held.map(({ status, outcome }) => `${status} ${outcome}`)).to.deep.equal(['done null']);
    await company.holds.restore(holdId, anna);
    await company.jobs.drain();
    expect(await company.groups.members(staff)).to.have.length(17);
  });

  it('goes on with the others where the store will never take one of them, and says so', async () => {
    await approved();
    await jobsFailing(user(10), () => new DatabaseError('DB_VALUE', 'Data too long for column lastname')).drain();
    const shown = await company.holds.show(holdId);
    expect(shown).to.include({ status: 'done', done: 2, failed: 1 });
    expect(shown.held.find(({ resource }) => resource === user(10))?.outcome).to.equal(
      'A value does not fit the column of the store that it is mapped to.',
    );
  });

  it('waits for a store that takes no changes at the moment, and loses nothing', async () => {
    await approved();
    let away = true;
    const jobs = jobsFailing(user(11), () => (away ? new DatabaseError('DB_UNAVAILABLE', 'away') : undefined));
    const failure = await jobs.drain().catch((error: unknown) => error);
    expect(failure).to.include({ code: 'DB_UNAVAILABLE' });
    expect(await company.holds.show(holdId)).to.include({ status: 'approved', done: 1, waiting: 2, failed: 0 });
    away = false;
    await jobs.drain();
    expect(await company.holds.show(holdId)).to.include({ status: 'done', done: 3, failed: 0 });
  });

  it('spares whom the provider wants active after all, also where another process holds, once this one has looked', async () => {
    const withdrawals = company.host.host.resolve(Withdrawals);
    // As in a process that has heard of no hold yet.
    withdrawals.know([]);
    const active = (id: string) => company.host.scim.patch(id, { op: 'replace', path: 'active', value: true } as const);
    await active(user(10));
    expect(await company.holds.show(holdId)).to.include({ waiting: 3, withdrawn: 0 });
    company.jobs.start();
    await new Promise(setImmediate);
    await company.jobs.stop();
    await active(user(10));
    expect(await company.holds.show(holdId)).to.include({ waiting: 2, withdrawn: 1 });
    company.jobs.start();
  });
});
