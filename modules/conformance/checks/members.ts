import type { Check } from '../suite/check.ts';
import type { Client } from '../suite/client.ts';
import { type Body, type Json, listOf, textOf } from '../suite/json.ts';
import type { Feature } from '../suite/provider.ts';

interface Team {
  readonly path: string;
  readonly group: Json;
  readonly users: readonly Json[];
}

const ids = (users: readonly Json[]): readonly string[] => users.map(({ id }) => textOf(id));
const values = (users: readonly Json[]): readonly Body[] => users.map(({ id }) => ({ value: id }));

/** A group with the first `inside` of `all` users as its members. */
async function team(client: Client, all: number, inside = all): Promise<Team> {
  const users: Json[] = [];
  for (let n = 0; n < all; n++) users.push(await client.user());
  const group = await client.group({ members: values(users.slice(0, inside)) });
  return { path: `/Groups/${group.id}`, group, users };
}

const membersOf = async (client: Client, path: string): Promise<readonly string[]> =>
  listOf((await client.read(path)).members).map(({ value }) => textOf(value));

/** A group of `all` users of whom `inside` are members; after the operations these are left. */
const change = (
  id: string,
  level: Check['level'],
  says: string,
  [all, inside]: readonly [number, number],
  operations: (team: Team) => readonly Body[],
  left: readonly number[],
  needs: readonly Feature[] = [],
): Check => ({
  id,
  level,
  says,
  needs: ['patch', ...needs],
  async run(client, expect) {
    const made = await team(client, all, inside);
    expect.status(await client.patch(made.path, ...operations(made)), 200, 204);
    const wanted = ids(made.users).filter((_, n) => left.includes(n));
    expect.sameElements(await membersOf(client, made.path), wanted, 'members');
  },
});

/** Who is in a group. */
export const memberChecks: readonly Check[] = [
  {
    id: 'RFC7643-4.2-10',
    level: 'MUST',
    says: 'Members are kept by POST and by PUT, which replaces them.',
    async run(client, expect) {
      const { path, group, users } = await team(client, 3, 2);
      expect.sameElements(await membersOf(client, path), ids(users.slice(0, 2)), 'members after POST');
      expect.status(await client.put(path, { ...group, members: values(users.slice(1)) }), 200);
      expect.sameElements(await membersOf(client, path), ids(users.slice(1)), 'members after PUT');
    },
  },
  {
    id: 'RFC7643-4.2-11',
    level: 'SHOULD',
    says: 'A member has a $ref or a type that tells what it is.',
    async run(client, expect) {
      const { path, users } = await team(client, 1);
      const [member] = listOf((await client.read(path)).members);
      expect.ok(member?.$ref !== undefined || member?.type !== undefined, 'neither is there');
      if (member?.type !== undefined) expect.equal(member.type, 'User', 'type');
      if (member?.$ref !== undefined)
        expect.ok(textOf(member.$ref).endsWith(`Users/${users[0]?.id}`), `$ref is ${member.$ref}`);
    },
  },
  change(
    'RFC7644-3.5.2-60',
    'MUST',
    'add adds members to those that are there.',
    [3, 1],
    ({ users }) => [{ op: 'add', path: 'members', value: values(users.slice(1)) }],
    [0, 1, 2],
  ),
  change(
    'RFC7644-3.5.2-61',
    'MUST',
    'A member that is added again is a member once.',
    [2, 2],
    ({ users }) => [{ op: 'add', path: 'members', value: values(users.slice(0, 1)) }],
    [0, 1],
  ),
  change(
    'RFC7644-3.5.2-62',
    'MUST',
    'remove with a value filter removes one member.',
    [3, 3],
    ({ users }) => [{ op: 'remove', path: `members[value eq "${users[1]?.id}"]` }],
    [0, 2],
  ),
  change(
    'RFC7644-3.5.2-63',
    'MUST',
    'remove of members removes all of them.',
    [2, 2],
    () => [{ op: 'remove', path: 'members' }],
    [],
  ),
  change(
    'RFC7644-3.5.2-64',
    'MUST',
    'replace of members replaces all of them.',
    [3, 2],
    ({ users }) => [{ op: 'replace', path: 'members', value: values(users.slice(2)) }],
    [2],
  ),
  change(
    'RFC7644-3.5.2-65',
    'SHOULD',
    'remove of members with values removes these and no others.',
    [3, 3],
    ({ users }) => [{ op: 'remove', path: 'members', value: values(users.slice(0, 1)) }],
    [1, 2],
    ['lenient-patch'],
  ),
  change(
    'RFC7644-3.5.2-66',
    'MUST',
    'Adding and removing in one PATCH does both.',
    [3, 2],
    ({ users }) => [
      { op: 'remove', path: `members[value eq "${users[0]?.id}"]` },
      { op: 'add', path: 'members', value: values(users.slice(2)) },
    ],
    [1, 2],
  ),
  {
    id: 'RFC7643-4.1.2-02',
    level: 'MUST',
    says: 'The groups of a user name the groups it is a member of.',
    needs: ['user:groups'],
    async run(client, expect) {
      const { group, users } = await team(client, 1);
      const read = async () => listOf((await client.read(`/Users/${users[0]?.id}`)).groups).map(({ value }) => value);
      expect.equal(await read(), [group.id], 'values of groups');
      await client.delete(`/Groups/${group.id}`);
      expect.equal(await read(), [], 'values of groups once the group is deleted');
    },
  },
  {
    id: 'RFC7643-4.1.2-03',
    level: 'MUST',
    says: 'The groups of a user are readOnly: PATCH refuses to set them.',
    needs: ['patch', 'user:groups'],
    async run(client, expect) {
      const group = await client.group();
      const user = await client.user();
      const add = { op: 'add', path: 'groups', value: [{ value: group.id }] };
      expect.error(await client.patch(`/Users/${user.id}`, add), 400, 'mutability');
      expect.absent((await client.read(`/Groups/${group.id}`)).members, 'members');
    },
  },
  {
    id: 'RFC7644-3.4.2.5-01',
    level: 'MUST',
    says: 'excludedAttributes=members leaves the members out, alone and in a list.',
    needs: ['filter'],
    async run(client, expect) {
      const { path, group } = await team(client, 1);
      const alone = await client.get(`${path}?excludedAttributes=members`);
      expect.ok(!('members' in alone.json), 'members must be left out');
      expect.equal(alone.json.displayName, group.displayName, 'displayName');
      const list = await client.find('/Groups', `id eq "${group.id}"`, '&excludedAttributes=members');
      expect.ok(list.resources[0] !== undefined && !('members' in list.resources[0]), 'members must be left out');
    },
  },
  {
    id: 'RFC7644-3.4.2.2-50',
    level: 'SHOULD',
    says: 'The groups of a member are found by members.value.',
    needs: ['filter'],
    async run(client, expect) {
      const { group, users } = await team(client, 2, 1);
      expect.equal(
        (await client.find('/Groups', `members.value eq "${users[0]?.id}"`)).ids,
        [group.id],
        'groups found',
      );
      expect.equal((await client.find('/Groups', `members[value eq "${users[1]?.id}"]`)).ids, [], 'groups found');
    },
  },
  {
    id: 'RFC7643-4.2-12',
    level: 'SHOULD',
    says: 'A member that is nobody is refused with 400.',
    needs: ['patch'],
    async run(client, expect) {
      const { path } = await team(client, 1);
      const add = { op: 'add', path: 'members', value: [{ value: client.name('nobody') }] };
      expect.error(await client.patch(path, add), 400);
    },
  },
  {
    id: 'RFC7644-3.6-07',
    level: 'MUST',
    says: 'A deleted user is a member of nothing.',
    async run(client, expect) {
      const { path, users } = await team(client, 2);
      await client.delete(`/Users/${users[0]?.id}`);
      expect.equal(await membersOf(client, path), [users[1]?.id], 'members');
    },
  },
  {
    id: 'RFC7643-4.2-13',
    level: 'MAY',
    says: 'A group can be a member of a group.',
    async run(client, expect) {
      const inner = await client.group();
      const outer = await client.post('/Groups', client.newGroup({ members: [{ value: inner.id, type: 'Group' }] }));
      expect.status(outer, 201);
      expect.equal(await membersOf(client, `/Groups/${outer.json.id}`), [inner.id], 'members');
    },
  },
  {
    id: 'RFC7644-3.5.2-67',
    level: 'MUST',
    says: 'Members that are added at the same time are all members afterwards.',
    needs: ['patch'],
    async run(client, expect) {
      const { path, users } = await team(client, 8, 0);
      const answers = await Promise.all(
        users.map((user) => client.patch(path, { op: 'add', path: 'members', value: values([user]) })),
      );
      const acknowledged = users.filter((_, n) => (answers[n]?.status ?? 500) < 300);
      expect.sameElements(await membersOf(client, path), ids(acknowledged), 'members');
      expect.ok(acknowledged.length > 0, 'none of them was accepted');
    },
  },
];
