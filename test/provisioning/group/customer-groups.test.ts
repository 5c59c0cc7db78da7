import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { CustomerGroups } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { GroupJobs } from '../../../modules/provisioning/group/jobs.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type GroupClient, groupClient } from './group-client.ts';

onBothEngines('The customer group of a user', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let made = 0;
  before(async () => {
    host = await openHost(engine);
    groups = groupClient(host.scim);
  });
  after(() => host.close());

  const user = () => host.scim.create({ userName: `u${++made}@example.com` });
  const ref = (value: string) => ({ value });
  const add = (...ids: string[]) => ({ op: 'add', path: 'members', value: ids.map(ref) });
  const drop = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` });
  /** Code of the customer's group, as the customer's row and the grid have it; with a star where Magento may not move it. */
  async function groupOf(id: string): Promise<string> {
    const row = await host.row<{ code: string; grid: string; fixed: number }>(
      sql`SELECT k.customer_group_code AS code, f.customer_group_code AS grid, c.disable_auto_group_change AS fixed FROM {customer_entity} c JOIN {customer_group} k ON k.customer_group_id = c.group_id JOIN {customer_grid_flat} x ON x.entity_id = c.entity_id JOIN {customer_group} f ON f.customer_group_id = x.group_id WHERE c.entity_id = ${Number(id.split('-')[0])}`,
    );
    expect(row.grid).to.equal(row.code);
    return row.fixed === 1 ? `${row.code}*` : row.code;
  }
  const setPriority = (id: string, priority: number) =>
    host.database.run(sql`UPDATE {vestibule_group} SET priority = ${priority} WHERE group_id = ${Number(id.slice(1))}`);
  const codes = async () => (await host.host.resolve(CustomerGroups).list(host.database)).map(({ code }) => code);
  const policy = (code: string, policy: 'create' | 'match' | 'none') =>
    host.database.transaction((tx) => host.host.resolve(Connections).change(tx, code, { groups: policy }));

  it('is made of the name of the group, followed on joining, and given up on leaving', async () => {
    const [a, b] = [await user(), await user()];
    const id = await groups.create({ displayName: 'Partners', members: [ref(a)] });
    expect(await codes()).to.include('Partners');
    expect([await groupOf(a), await groupOf(b)]).to.deep.equal(['Partners*', 'General']);
    await groups.patch(id, add(b));
    expect(await groupOf(b)).to.equal('Partners*');
    await groups.patch(id, drop(a));
    expect([await groupOf(a), await groupOf(b)]).to.deep.equal(['General', 'Partners*']);
    await groups.delete(id);
    expect(await groupOf(b)).to.equal('General');
  });

  it('is the one of the name where there is one, whatever its case', async () => {
    const a = await user();
    const before = await codes();
    await groups.create({ displayName: 'wholesale', members: [ref(a)] });
    expect(await groupOf(a)).to.equal('Wholesale*');
    expect(await codes()).to.deep.equal(before);
  });

  it('is never one that is not for customers', async () => {
    const a = await user();
    await groups.create({ displayName: 'NOT LOGGED IN', members: [ref(a)] });
    expect(await groupOf(a)).to.equal('General');
  });

  it('has a code of 32 characters, another one for each longer name', async () => {
    const name = 'A very long name of a group that goes on and on';
    const [a, b] = [await user(), await user()];
    await groups.create({ displayName: `${name}, one`, members: [ref(a)] });
    await groups.create({ displayName: `${name}, two`, members: [ref(b)] });
    const [one, two] = [await groupOf(a), await groupOf(b)];
    expect(one).to.match(/^A very long name of a gro.*~[0-9a-f]{6}\*$/);
    expect(one.length).to.be.at.most(33);
    expect(two).not.to.equal(one);
  });

  it('tells names apart that the store takes for one', async () => {
    const [a, b] = [await user(), await user()];
    await groups.create({ displayName: 'Café', members: [ref(a)] });
    await groups.create({ displayName: 'Cafe', members: [ref(b)] });
    expect(await groupOf(a)).not.to.equal(await groupOf(b));
  });

  it('is that of the group with the lowest number, then of the oldest', async () => {
    const a = await user();
    const one = await groups.create({ displayName: 'One', members: [ref(a)] });
    const two = await groups.create({ displayName: 'Two', members: [ref(a)] });
    expect(await groupOf(a)).to.equal('One*');
    await setPriority(two, 5);
    const three = await groups.create({ displayName: 'Three', members: [ref(a)] });
    expect(await groupOf(a)).to.equal('Two*');
    await groups.patch(two, drop(a));
    expect(await groupOf(a)).to.equal('One*');
    await groups.patch(one, drop(a));
    expect(await groupOf(a)).to.equal('Three*');
    await groups.patch(three, { op: 'remove', path: 'members' });
    expect(await groupOf(a)).to.equal('General');
  });

  it('follows from groups in groups', async () => {
    const a = await user();
    const inner = await groups.create({ displayName: 'In none', members: [ref(a)] });
    await host.database.run(
      sql`UPDATE {vestibule_group} SET customer_group_id = NULL WHERE group_id = ${Number(inner.slice(1))}`,
    );
    const top = await groups.create({ displayName: 'Top' });
    const middle = await groups.create({ displayName: 'Middle' });
    for (const id of [top, middle]) await setPriority(id, 1);
    await groups.patch(middle, add(inner));
    expect(await groupOf(a)).to.equal('Middle*');
    await groups.patch(top, add(middle));
    expect(await groupOf(a)).to.equal('Top*');
    await groups.patch(middle, drop(inner));
    expect(await groupOf(a)).to.equal('General');
    await groups.put(top, { displayName: 'Top', members: [ref(inner)] });
    expect(await groupOf(a)).to.equal('Top*');
    await groups.delete(inner);
    expect(await groupOf(a)).to.equal('General');
  });

  it('goes back to where it was, with what Magento may do, unless it is gone', async () => {
    const groupsOfStore = host.host.resolve(CustomerGroups);
    const vip = await host.database.transaction((tx) => groupsOfStore.create(tx, 'VIP'));
    const [a, b] = [await user(), await user()];
    for (const id of [a, b])
      await host.database.run(
        sql`UPDATE {customer_entity} SET group_id = ${id === a ? 3 : vip}, disable_auto_group_change = ${id === a ? 1 : 0} WHERE entity_id = ${Number(id)}`,
      );
    const id = await groups.create({ displayName: 'Back', members: [ref(a), ref(b)] });
    const other = await groups.create({ displayName: 'Back too', members: [ref(a)] });
    expect([await groupOf(a), await groupOf(b)]).to.deep.equal(['Back*', 'Back*']);
    await host.database.run(sql`DELETE FROM {customer_group} WHERE customer_group_id = ${vip}`);
    await groups.delete(id);
    expect([await groupOf(a), await groupOf(b)]).to.deep.equal(['Back too*', 'General']);
    await groups.delete(other);
    expect(await groupOf(a)).to.equal('Retailer*');
  });

  it('is the store’s own choice where no membership says anything, and ours where one does', async () => {
    const [a, b] = [await user(), await user()];
    const byHand = (id: string) =>
      host.database.run(sql`UPDATE {customer_entity} SET group_id = 3 WHERE entity_id = ${Number(id)}`);
    const inGrid = (id: string) =>
      host.database.run(sql`UPDATE {customer_grid_flat} SET group_id = 3 WHERE entity_id = ${Number(id)}`);
    const one = await groups.create({ displayName: 'Hand one', members: [ref(a), ref(b)] });
    const two = await groups.create({ displayName: 'Hand two', members: [ref(a)] });
    for (const id of [a, b]) await byHand(id);
    for (const id of [a, b]) await inGrid(id);
    await groups.delete(one);
    expect([await groupOf(a), await groupOf(b)]).to.deep.equal(['Hand two*', 'Retailer*']);
    await groups.delete(two);
    expect(await groupOf(a)).to.equal('General');
  });

  it('leaves no trace of a user that was deleted', async () => {
    const a = await user();
    const id = await groups.create({ displayName: 'Deleted', members: [ref(a)] });
    await host.scim.delete(a);
    expect(await groupOf(a)).to.equal('General');
    expect(await groups.members(id)).to.deep.equal([]);
    expect(
      await host.rows(sql`SELECT * FROM {vestibule_customer_group_assignment} WHERE customer_id = ${Number(a)}`),
    ).to.deep.equal([]);
  });

  it('follows the policy of the connection', async () => {
    const other = await host.connect('policies');
    const client = groupClient(other);
    const [a, b] = [
      await other.create({ userName: 'pa@example.com' }),
      await other.create({ userName: 'pb@example.com' }),
    ];
    await policy('policies', 'none');
    host.advance(6);
    await client.create({ displayName: 'Retailer', members: [ref(a)] });
    expect(await groupOf(a)).to.equal('General');
    await policy('policies', 'match');
    host.advance(6);
    const id = await client.create({ displayName: 'Nothing of that name', members: [ref(b)] });
    expect(await groupOf(b)).to.equal('General');
    expect(await codes()).not.to.include('Nothing of that name');
    await client.patch(id, { op: 'replace', path: 'displayName', value: 'Wholesale' });
    expect(await groupOf(b)).to.equal('Wholesale*');
    await client.patch(id, { op: 'replace', path: 'displayName', value: 'Renamed' });
    expect(await groupOf(b)).to.equal('Wholesale*');
  });

  it('is shared by connections that use the same name, made once by requests that come at once', async () => {
    const others = [await host.connect('twin1'), await host.connect('twin2'), await host.connect('twin3')];
    await host.warm();
    const answers = await Promise.all(others.map((other) => groupClient(other).post({ displayName: 'Twins' })));
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect((await codes()).filter((code) => code === 'Twins')).to.have.length(1);
    const mapped = await host.rows<{ customer_group_id: number }>(
      sql`SELECT DISTINCT customer_group_id FROM {vestibule_group} WHERE display_name = 'Twins'`,
    );
    expect(mapped).to.have.length(1);
  });

  it('is recorded in one sentence however many they are', async () => {
    const ids = await Promise.all([user(), user(), user()]);
    await groups.create({ displayName: 'Recorded', members: ids.map(ref) });
    const record = (await host.records()).find(({ subject }) => subject === 'Recorded');
    expect(record).to.include({ operation: 'group.create', status: 201 });
    expect(record?.notes).to.deep.equal(['3 customers were moved to another customer group.']);
  });

  it('follows a customer group that the store has deleted no more', async () => {
    const a = await user();
    const id = await groups.create({ displayName: 'Doomed' });
    await host.database.run(sql`DELETE FROM {customer_group} WHERE customer_group_code = 'Doomed'`);
    await groups.patch(id, add(a));
    expect(await groupOf(a)).to.equal('General');
    await host.host.resolve(GroupJobs).drain();
  });
});
