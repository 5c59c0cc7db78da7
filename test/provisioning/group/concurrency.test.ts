import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type GroupClient, groupClient } from './group-client.ts';

onBothEngines('Requests about a group that come at once', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  const users: string[] = [];
  before(async () => {
    host = await openHost(engine);
    groups = groupClient(host.scim);
    for (let i = 0; i < 60; i++) users.push(await host.scim.create({ userName: `u${i}@example.com` }));
    await host.warm();
  });
  after(() => host.close());
  const ref = (value: string) => ({ value });

  it('leave the members that were acknowledged, and their customer groups', async () => {
    const id = await groups.create({ displayName: 'Busy', members: users.slice(25, 50).map(ref) });
    // Everybody of the first half comes and everybody of the second goes, by fives that overlap, in no particular order.
    const five = (from: number, size: number, i: number) =>
      Array.from({ length: 5 }, (_, k) => users[from + ((i * 7 + k * 3) % size)] as string);
    const wanted = new Set<string>();
    const requests = Array.from({ length: 50 }, (_, i) => {
      if (i % 2 === 0) {
        const come = five(0, 25, i);
        for (const value of come) wanted.add(value);
        return groups.patch(id, { op: 'add', path: 'members', value: come.map(ref) });
      }
      return groups.patch(id, { op: 'remove', path: 'members', value: five(25, 25, i).map(ref) });
    });
    const gone = new Set(Array.from({ length: 50 }, (_, i) => (i % 2 === 1 ? five(25, 25, i) : [])).flat());
    const stay = users.slice(25, 50).filter((value) => !gone.has(value));
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 200)).to.deep.equal([]);
    const members = await groups.members(id);
    expect(new Set(members)).to.deep.equal(new Set([...wanted, ...stay]));
    const moved = await host.rows<{ entity_id: number }>(
      sql`SELECT c.entity_id FROM {customer_entity} c JOIN {customer_group} k ON k.customer_group_id = c.group_id WHERE k.customer_group_code = 'Busy'`,
    );
    expect(new Set(moved.map(({ entity_id }) => String(entity_id)))).to.deep.equal(new Set(members));
    const { member_count } = await host.row<{ member_count: number }>(
      sql`SELECT member_count FROM {vestibule_group} WHERE group_id = ${Number(id.slice(1))}`,
    );
    expect(member_count).to.equal(members.length);
  });

  it('make one group of one name', async () => {
    const names = ['Same', ' same', 'SAME ', 'sAME', 'Same '];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => groups.post({ displayName: names[i % names.length] })),
    );
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    const others = answers.filter(({ status }) => status !== 201);
    for (const { json } of others) expect(json).to.include({ status: '409', scimType: 'uniqueness' });
  });

  it('under one If-Match have one winner', async () => {
    const id = await groups.create({ displayName: 'Raced' });
    const answers = await Promise.all(
      users
        .slice(0, 20)
        .map((value) => groups.patchIf('W/"1"', id, { op: 'add', path: 'members', value: [{ value }] })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).to.have.length(1);
    expect(answers.filter(({ status }) => status === 412)).to.have.length(19);
    expect(await groups.members(id)).to.have.length(1);
    expect((await groups.get(id)).json.meta?.version).to.equal('W/"2"');
  });

  it('make no circle together', async () => {
    const ids = await Promise.all(['C1', 'C2', 'C3', 'C4'].map((displayName) => groups.create({ displayName })));
    const pairs = ids.flatMap((group) => ids.map((member) => [group, member] as const)).filter(([a, b]) => a !== b);
    const answers = await Promise.all(
      pairs.map(([group, value]) => groups.patch(group, { op: 'add', path: 'members', value: [{ value }] })),
    );
    for (const { status } of answers) expect(status).to.be.oneOf([200, 400]);
    expect(answers.filter(({ status }) => status === 200)).to.have.length(6);
    const both = await host.rows(
      sql`SELECT a.ancestor_id FROM {vestibule_group_closure} a JOIN {vestibule_group_closure} b ON b.ancestor_id = a.descendant_id AND b.descendant_id = a.ancestor_id WHERE a.ancestor_id <> a.descendant_id`,
    );
    expect(both).to.deep.equal([]);
  });

  it('leave no group in another that was deleted meanwhile', async () => {
    for (let round = 0; round < 5; round++) {
      const outer = await groups.create({ displayName: `Outer ${round}` });
      const inner = await Promise.all([1, 2, 3, 4].map((i) => groups.create({ displayName: `Inner ${round} ${i}` })));
      const answers = await Promise.all([
        ...inner.map((value) => groups.patch(outer, { op: 'add', path: 'members', value: [{ value }] })),
        ...inner.map((id) => groups.delete(id)),
      ]);
      for (const { status } of answers) expect(status).to.be.oneOf([200, 204, 400]);
      expect((await groups.get(outer)).json).not.to.have.property('members');
      const left = await host.row<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM {vestibule_group_nesting} WHERE parent_id = ${Number(outer.slice(1))}`,
      );
      expect(left.n).to.equal(0);
    }
  });

  it('leave no member that was deleted meanwhile', async () => {
    const some = users.slice(50, 60);
    const ids = await Promise.all(['D1', 'D2', 'D3'].map((displayName) => groups.create({ displayName })));
    const answers = await Promise.all([
      ...some.map((value) => host.scim.delete(value)),
      ...some.flatMap((value) =>
        ids.map((id, i) =>
          i === 0
            ? groups.put(id, { displayName: 'D1', members: [ref(users[0] as string), { value }] })
            : groups.patch(id, { op: 'add', path: 'members', value: [{ value }, ref(users[0] as string)] }),
        ),
      ),
    ]);
    for (const { status } of answers) expect(status).to.be.oneOf([200, 204, 400]);
    expect(
      await host.rows(
        sql`SELECT m.customer_id FROM {vestibule_group_member} m JOIN {vestibule_user} u ON u.customer_id = m.customer_id WHERE u.is_deleted = 1`,
      ),
    ).to.deep.equal([]);
    for (const id of ids)
      expect(await groups.members(id)).to.satisfy((all: string[]) => all.every((one) => one === users[0]));
  });
});
