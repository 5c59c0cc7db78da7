import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type GroupClient, groupClient } from './group-client.ts';

onBothEngines('A group', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let [ada, bob, cy] = ['', '', ''];
  before(async () => {
    host = await openHost(engine);
    groups = groupClient(host.scim);
    ada = await host.scim.create({ userName: 'ada@example.com', displayName: 'Ada L.' });
    bob = await host.scim.create({ userName: 'bob@example.com' });
    cy = await host.scim.create({ userName: 'cy@example.com' });
  });
  after(() => host.close());

  it('is created with members, answered whole, and found under its location', async () => {
    const { status, json, headers } = await groups.post({
      displayName: 'Engineering',
      externalId: 'x-1',
      members: [{ value: ada }, { value: bob, display: null }],
    });
    expect(status).to.equal(201);
    const location = `${host.url}/scim/v2/Groups/${json.id}`;
    expect(String(json.id)).to.match(/^g\d+$/);
    expect(headers.get('location')).to.equal(json.meta?.location);
    expect(headers.get('etag')).to.equal('W/"1"');
    expect(json).to.deep.equal({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: json.id,
      displayName: 'Engineering',
      externalId: 'x-1',
      members: [
        { value: ada, $ref: json.members?.[0]?.$ref, display: 'Ada L.', type: 'User' },
        { value: bob, $ref: json.members?.[1]?.$ref, display: 'bob@example.com', type: 'User' },
      ],
      meta: {
        resourceType: 'Group',
        created: '2024-05-06T12:00:00.000Z',
        lastModified: '2024-05-06T12:00:00.000Z',
        location: json.meta?.location,
        version: 'W/"1"',
      },
    });
    expect(String(json.members?.[0]?.$ref)).to.match(new RegExp(`/scim/v2/Users/${ada}$`));
    expect(location).to.contain(String(json.id));
    expect((await groups.get(String(json.id))).json).to.deep.equal(json);
  });

  it('shows on its users, direct and through other groups, once each', async () => {
    const inner = await groups.create({ displayName: 'Inner', members: [{ value: cy }] });
    const outer = await groups.create({ displayName: 'Outer', members: [{ value: inner }, { value: cy }] });
    const top = await groups.create({ displayName: 'Top', members: [{ value: outer }, { value: inner }] });
    const { json } = await host.scim.get(`/Users/${cy}`);
    expect(
      (json.groups as unknown as Record<string, string>[]).map(({ value, display, type }) => [value, display, type]),
    ).to.deep.equal([
      [inner, 'Inner', 'direct'],
      [outer, 'Outer', 'direct'],
      [top, 'Top', 'indirect'],
    ]);
    expect(String(json.groups?.[2]?.$ref)).to.match(new RegExp(`/Groups/${top}$`));
    expect((await host.scim.get('/Users?count=100')).json.Resources).to.satisfy((all: Record<string, unknown>[]) =>
      all.some(({ id, groups: of }) => id === cy && (of as unknown[]).length === 3),
    );
    const patched = await host.scim.patch(cy, { op: 'replace', path: 'title', value: 'Dr' });
    expect(patched.json.groups).to.deep.equal(json.groups);
    expect((await groups.get(top)).json.members).to.have.length(2);
    expect((await groups.get(top)).json.members?.[0]).to.include({ value: inner, type: 'Group', display: 'Inner' });
    await groups.delete(outer);
    const after = await host.scim.get(`/Users/${cy}`);
    expect(
      (after.json.groups as unknown as Record<string, string>[]).map(({ value, type }) => [value, type]),
    ).to.deep.equal([
      [inner, 'direct'],
      [top, 'indirect'],
    ]);
    expect((await groups.get(top)).json.members).to.have.length(1);
  });

  it('takes what was indirect through it along when it is deleted', async () => {
    const user = await host.scim.create({ userName: 'chain@example.com' });
    const low = await groups.create({ displayName: 'Low', members: [{ value: user }] });
    const middle = await groups.create({ displayName: 'Mid', members: [{ value: low }] });
    const high = await groups.create({ displayName: 'High', members: [{ value: middle }] });
    expect((await host.scim.get(`/Users/${user}`)).json.groups).to.have.length(3);
    await groups.delete(middle);
    expect((await host.scim.get(`/Users/${user}`)).json.groups).to.have.length(1);
    const { json } = await groups.get(high);
    expect(json).not.to.have.property('members');
    expect(json.meta?.version).to.equal('W/"2"');
    expect(
      await host.rows(sql`SELECT * FROM {vestibule_group_nesting} WHERE parent_id = ${Number(high.slice(1))}`),
    ).to.deep.equal([]);
    // A name for the members of "Mid" can't come back by the number of a group that is gone.
    expect((await groups.patch(high, { op: 'add', path: 'members', value: [{ value: middle }] })).status).to.equal(400);
  });

  it('needs a displayName, of 255 characters at most, that no other group of the connection has', async () => {
    for (const displayName of [undefined, '', '  ', 'x'.repeat(256)])
      expect((await groups.post({ displayName })).json).to.include({ status: '400', scimType: 'invalidValue' });
    for (const displayName of ['ENGINEERING', ' engineering '])
      expect((await groups.post({ displayName })).json).to.include({ status: '409', scimType: 'uniqueness' });
    expect((await groups.post({ displayName: 'Other', externalId: 'x-1' })).json.detail).to.contain('externalId');
    const other = await host.connect('other');
    expect((await groupClient(other).post({ displayName: 'Engineering', externalId: 'x-1' })).status).to.equal(201);
  });

  it('refuses members that are nobody of the connection, and names them', async () => {
    const gone = await host.scim.create({ userName: 'gone@example.com' });
    await host.scim.delete(gone);
    const other = await host.connect('third');
    const foreign = await other.create({ userName: 'foreign@example.com' });
    const theirs = await groupClient(other).create({ displayName: 'Theirs' });
    const shopper = await host.shopper('shopper@example.com');
    for (const value of [gone, foreign, theirs, String(shopper), '999999', 'g999999', 'nonsense', `${ada}-1`]) {
      const { status, json } = await groups.post({ displayName: 'None', members: [{ value: ada }, { value }] });
      expect([status, json.scimType], value).to.deep.equal([400, 'invalidValue']);
      expect(String(json.detail)).to.contain(`"${value}"`);
    }
    expect((await groups.post({ displayName: 'None', members: [{ display: 'Ada' }] })).json.scimType).to.equal(
      'invalidValue',
    );
    expect((await groups.find('displayName eq "None"')).json.totalResults).to.equal(0);
  });

  it('can be neither in itself nor in a circle', async () => {
    const [a, b, c] = [
      await groups.create({ displayName: 'A' }),
      await groups.create({ displayName: 'B' }),
      await groups.create({ displayName: 'C' }),
    ];
    const put = (group: string, member: string) =>
      groups.patch(group, { op: 'add', path: 'members', value: [{ value: member }] });
    expect((await put(a, b)).status).to.equal(200);
    expect((await put(b, c)).status).to.equal(200);
    for (const [group, member] of [
      [a, a],
      [b, a],
      [c, a],
      [c, b],
    ] as const)
      expect((await put(group, member)).json, `${member} in ${group}`).to.include({
        status: '400',
        scimType: 'invalidValue',
      });
    expect((await groups.patch(a, { op: 'remove', path: `members[value eq "${b}"]` })).json.members).to.equal(
      undefined,
    );
    expect((await put(c, a)).status).to.equal(200);
  });

  it('is gone when it is deleted, and its names are free', async () => {
    const id = await groups.create({ displayName: 'Gone', externalId: 'x-gone', members: [{ value: ada }] });
    expect((await groups.delete(id)).status).to.equal(204);
    expect((await groups.get(id)).status).to.equal(404);
    for (const answer of [
      await groups.delete(id),
      await groups.put(id, { displayName: 'Gone' }),
      await groups.patch(id, { op: 'replace', path: 'displayName', value: 'x' }),
    ])
      expect(answer.status).to.equal(404);
    expect((await groups.find('displayName eq "gone"')).json.totalResults).to.equal(0);
    const again = await groups.create({ displayName: 'Gone', externalId: 'x-gone' });
    expect(again).not.to.equal(id);
    expect((await groups.get(again)).json.members).to.equal(undefined);
    for (const bad of ['g0', 'g01', 'x', ada, 'g99999999999']) expect((await groups.get(bad)).status).to.equal(404);
  });

  it('keeps deactivated users and loses deleted ones, with another version', async () => {
    const user = await host.scim.create({ userName: 'dee@example.com', externalId: 'x-dee' });
    const id = await groups.create({ displayName: 'Keeps', members: [{ value: ada }, { value: user }] });
    await host.scim.patch(user, { op: 'replace', path: 'active', value: false });
    expect((await groups.get(id)).json.members).to.have.length(2);
    expect((await groups.get(id)).json.meta?.version).to.equal('W/"1"');
    await host.scim.delete(user);
    const { json } = await groups.get(id);
    expect(json.members).to.have.length(1);
    expect(json.meta?.version).to.equal('W/"2"');
    const back = await host.scim.create({ userName: 'dee@example.com', externalId: 'x-dee' });
    expect(back).to.equal(`${user}-1`);
    expect((await host.scim.get(`/Users/${back}`)).json.groups).to.equal(undefined);
    expect((await groups.patch(id, { op: 'add', path: 'members', value: [{ value: user }] })).status).to.equal(400);
    expect(
      (await groups.patch(id, { op: 'add', path: 'members', value: [{ value: back }] })).json.members?.[1]?.value,
    ).to.equal(back);
    expect((await groups.find(`members.value eq "${back}"`)).json.totalResults).to.equal(1);
    expect((await groups.find(`members eq "${user}"`)).json.totalResults).to.equal(0);
  });

  it('is not seen by another connection', async () => {
    const other = groupClient(await host.connect('stranger'));
    const id = await groups.create({ displayName: 'Secret', members: [{ value: ada }] });
    expect((await other.get(id)).status).to.equal(404);
    expect((await other.patch(id, { op: 'remove', path: 'members' })).status).to.equal(404);
    expect((await other.delete(id)).status).to.equal(404);
    expect((await other.find('displayName eq "Secret"')).json.totalResults).to.equal(0);
    expect((await groups.get(id)).json.members).to.have.length(1);
  });
});
