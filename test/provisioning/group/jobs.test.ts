import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { CustomerGroups } from '../../../modules/customer/index.ts';
import { Clock, defineModule, Events, observe, silentLogger, sql } from '../../../modules/framework/index.ts';
import { createGroupJobs, GroupJobs } from '../../../modules/provisioning/group/jobs.ts';
import { GroupLimits } from '../../../modules/provisioning/group/limits.ts';
import { GroupMembershipsChanged } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type GroupClient, groupClient } from './group-client.ts';

const limits: GroupLimits = { large: 3, batch: 2, selected: 5, shown: 100 };

onBothEngines('A large group', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let working: boolean;
  const told = new Set<number>();
  const users: string[] = [];
  before(async () => {
    // What would begin by itself is held back, so that a test sees the moment before.
    const held: GroupJobs = {
      kick: () => {
        working = true;
      },
      drain: async () => {},
      start: () => {},
      stop: async () => {},
    };
    const ears = defineModule({
      name: 'ears',
      version: '1.0.0',
      sequence: ['provisioning'],
      observers: [
        observe(GroupMembershipsChanged, {
          id: 'ears.memberships',
          when: 'transaction',
          handle: ({ customerIds }) => {
            for (const id of customerIds) told.add(id);
          },
        }),
      ],
    });
    host = await openHost(engine, {
      modules: [ears],
      override: [
        [GroupLimits, limits],
        [GroupJobs, held],
      ],
    });
    groups = groupClient(host.scim);
    for (let i = 0; i < 8; i++) users.push(await host.scim.create({ userName: `u${i}@example.com` }));
  });
  beforeEach(() => {
    working = false;
  });
  after(() => host.close());

  const refs = (values: readonly string[] = users) => values.map((value) => ({ value }));
  const jobs = () =>
    createGroupJobs({
      database: host.database,
      customerGroups: host.host.resolve(CustomerGroups),
      activities: host.host.resolve(Activities),
      clock: host.host.resolve(Clock),
      logger: silentLogger,
      events: host.host.resolve(Events),
      limits,
    });
  const rowsOf = async (id: string) =>
    (await host.rows(sql`SELECT customer_id FROM {vestibule_group_member} WHERE group_id = ${Number(id.slice(1))}`))
      .length;
  const jobRows = () => host.rows(sql`SELECT * FROM {vestibule_group_job}`);
  const customersIn = async (code: string) =>
    (
      await host.rows(
        sql`SELECT c.entity_id FROM {customer_entity} c JOIN {customer_group} k ON k.customer_group_id = c.group_id WHERE k.customer_group_code = ${code}`,
      )
    ).length;

  it('is emptied at once, and its customers go back by a job', async () => {
    const id = await groups.create({ displayName: 'Emptied', members: refs() });
    expect(await customersIn('Emptied')).to.equal(8);
    const { json } = await groups.patch(id, { op: 'remove', path: 'members' });
    expect(json.members).to.equal(undefined);
    expect(working).to.equal(true);
    expect((await host.scim.get(`/Users/${users[0]}`)).json.groups).to.equal(undefined);
    expect([await rowsOf(id), await customersIn('Emptied')]).to.deep.equal([8, 8]);
    told.clear();
    expect((await groups.find(`members.value eq "${users[0]}"`)).json.totalResults).to.equal(0);
    await groups.patch(id, { op: 'add', path: 'members', value: refs(users.slice(0, 2)) });
    await jobs().drain();
    expect(told, 'whoever acts on memberships hears of everybody').to.have.length(8);
    expect([await rowsOf(id), await customersIn('Emptied')]).to.deep.equal([2, 2]);
    expect(await groups.members(id)).to.deep.equal(users.slice(0, 2));
    expect(await jobRows()).to.deep.equal([]);
    const record = (await host.records()).find(({ operation }) => operation === 'group.finish');
    expect(record?.subject).to.equal('Emptied');
    expect(record?.notes).to.deep.equal([
      'The memberships that a request had ended were removed.',
      '6 customers were moved to another customer group.',
    ]);
    await groups.delete(id);
  });

  it('is left by who is deleted, which is told', async () => {
    const left = await host.scim.create({ userName: 'left@example.com' });
    const id = await groups.create({ displayName: 'Left', members: refs([left]) });
    told.clear();
    await host.scim.send('DELETE', `/Users/${left}`);
    expect([...told]).to.deep.equal([Number(left)]);
    await groups.delete(id);
  });

  it('is deleted at once, and its name is free before the job has ended', async () => {
    const id = await groups.create({ displayName: 'Deleted', members: refs() });
    expect((await groups.delete(id)).status).to.equal(204);
    expect((await groups.get(id)).status).to.equal(404);
    const again = await groups.create({ displayName: 'Deleted', members: refs(users.slice(0, 1)) });
    await jobs().drain();
    expect([await rowsOf(id), await customersIn('Deleted')]).to.deep.equal([0, 1]);
    expect(await groups.members(again)).to.deep.equal(users.slice(0, 1));
    await groups.delete(again);
  });

  it('is replaced at once by a PUT of others', async () => {
    const id = await groups.create({ displayName: 'Replaced', members: refs() });
    const { json } = await groups.put(id, { displayName: 'Replaced', members: refs(users.slice(6)) });
    expect(json.members).to.have.length(2);
    expect(working).to.equal(true);
    await jobs().drain();
    expect([await rowsOf(id), await customersIn('Replaced')]).to.deep.equal([2, 2]);
    await groups.delete(id);
  });

  it('keeps its members, without a job, where a PUT changes few of them', async () => {
    const id = await groups.create({ displayName: 'Kept', members: refs() });
    await groups.put(id, { displayName: 'Kept', members: refs(users.slice(2)) });
    expect(working).to.equal(false);
    expect([await rowsOf(id), await customersIn('Kept')]).to.deep.equal([6, 6]);
    await groups.delete(id);
    await jobs().drain();
  });

  it('that comes into another takes its customers along by a job', async () => {
    const inner = await groups.create({ displayName: 'Its inner', members: refs() });
    const outer = await groups.create({ displayName: 'Its outer' });
    await host.database.run(sql`UPDATE {vestibule_group} SET priority = 1 WHERE group_id = ${Number(outer.slice(1))}`);
    await groups.patch(outer, { op: 'add', path: 'members', value: refs([inner]) });
    expect(await customersIn('Its outer')).to.equal(0);
    const patched = (await host.records()).find(({ operation }) => operation === 'group.patch');
    expect(patched?.notes).to.deep.equal(['The group is large: a job finishes the rest.']);
    await jobs().drain();
    expect(await customersIn('Its outer')).to.equal(8);
    await groups.delete(outer);
    await jobs().drain();
    expect([await customersIn('Its outer'), await customersIn('Its inner')]).to.deep.equal([0, 8]);
    await groups.delete(inner);
    await jobs().drain();
  });

  it('goes on where a process has died, once its claim has ended, and not before', async () => {
    const id = await groups.create({ displayName: 'Died', members: refs() });
    await groups.delete(id);
    const soon = host.now().toISOString().replace('T', ' ').replace('12:00', '12:01').slice(0, 23);
    await host.database.run(
      sql`UPDATE {vestibule_group_job} SET claimed_by = 'another process', claimed_until = ${soon}, position = ${Number(users[1])}`,
    );
    await host.database.run(
      sql`DELETE FROM {vestibule_group_member} WHERE group_id = ${Number(id.slice(1))} AND customer_id <= ${Number(users[1])}`,
    );
    await jobs().drain();
    expect(await rowsOf(id)).to.equal(6);
    host.advance(3600);
    await jobs().drain();
    expect(await rowsOf(id)).to.equal(0);
    expect(await jobRows()).to.deep.equal([]);
  });

  it('is worked on by one process at a time', async () => {
    const id = await groups.create({ displayName: 'Claimed', members: refs() });
    await groups.delete(id);
    await Promise.all([jobs().drain(), jobs().drain(), jobs().drain()]);
    const finished = (await host.records()).filter(
      ({ operation, subject }) => operation === 'group.finish' && subject === 'Claimed',
    );
    expect(finished).to.have.length(1);
    expect(await rowsOf(id)).to.equal(0);
  });

  it('is not looked through for a filter that names nobody', async () => {
    const id = await groups.create({ displayName: 'Looked', members: refs() });
    const { json } = await groups.patch(id, { op: 'remove', path: 'members[type eq "User"]' });
    expect(json).to.include({ status: '400', scimType: 'tooMany' });
    expect(await groups.members(id)).to.have.length(8);
  });
});

onBothEngines('A job on a group', (engine) => {
  it('is done by the host itself', async () => {
    const host = await openHost(engine, { override: [[GroupLimits, limits]] });
    const groups = groupClient(host.scim);
    const values = await Promise.all(
      Array.from({ length: 8 }, (_, i) => host.scim.create({ userName: `h${i}@example.com` })),
    );
    const id = await groups.create({ displayName: 'By itself', members: values.map((value) => ({ value })) });
    await groups.delete(id);
    await host.host.resolve(GroupJobs).drain();
    expect(await host.rows(sql`SELECT customer_id FROM {vestibule_group_member}`)).to.deep.equal([]);
    expect((await host.customer(values[0] as string)).group_id).to.equal(1);
    await host.close();
  });
});
