import { expect } from 'chai';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type GroupClient, groupClient } from './group-client.ts';

type Operation = Readonly<Record<string, unknown>>;

onBothEngines('PATCH of a group', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let [a, b, c, inner] = ['', '', '', ''];
  let made = 0;
  before(async () => {
    host = await openHost(engine);
    groups = groupClient(host.scim);
    a = await host.scim.create({ userName: 'a@example.com', displayName: 'Anna' });
    b = await host.scim.create({ userName: 'b@example.com' });
    c = await host.scim.create({ userName: 'c@example.com' });
    inner = await groups.create({ displayName: 'Inner', members: [{ value: c }] });
  });
  after(() => host.close());

  /** A group with a and b in it; answers its id. */
  const fresh = (members: readonly string[] = [a, b]) =>
    groups.create({ displayName: `Group ${++made}`, members: members.map((value) => ({ value })) });

  /** Patches a fresh group and answers whom it has then. */
  async function after_(operations: readonly Operation[], members?: readonly string[]): Promise<string[]> {
    const id = await fresh(members);
    const { status, text } = await groups.patch(id, ...operations);
    expect(status, text).to.equal(200);
    return groups.members(id);
  }
  async function refused(operations: readonly Operation[]): Promise<unknown> {
    const id = await fresh();
    const before = await groups.get(id);
    const { json } = await groups.patch(id, ...operations);
    expect((await groups.get(id)).json).to.deep.equal(before.json);
    return [Number(json.status), json.scimType];
  }
  const ref = (value: string) => ({ value });

  it('renames as Okta does, without a path and with the id repeated', async () => {
    const id = await fresh();
    const { json } = await groups.patch(id, { op: 'replace', value: { id, displayName: 'Okta renamed' } });
    expect(json).to.include({ id, displayName: 'Okta renamed' });
    expect(json.members).to.have.length(2);
  });

  it('renames and changes members in one message, as authentik and Keycloak do', async () => {
    const id = await fresh();
    await groups.patch(id, {
      op: 'replace',
      value: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id, displayName: 'ak', externalId: 'ak-1' },
    });
    await groups.patch(
      id,
      { path: 'members', op: 'replace', value: [ref(c), ref(a)] },
      { op: 'replace', path: 'displayName', value: 'kc' },
      { op: 'replace', path: 'externalId', value: 'kc-1' },
    );
    const { json } = await groups.get(id);
    expect(json).to.include({ displayName: 'kc', externalId: 'kc-1' });
    expect(await groups.members(id)).to.deep.equal([a, c]);
  });

  it('adds members in every shape', async () => {
    expect(await after_([{ op: 'Add', path: 'members', value: [{ $ref: null, value: c }] }])).to.deep.equal([a, b, c]);
    expect(await after_([{ op: 'add', path: 'members', value: [{ value: c, display: null }] }])).to.have.length(3);
    expect(await after_([{ op: 'add', path: 'members', value: ref(c) }])).to.have.length(3);
    expect(await after_([{ op: 'add', path: 'MEMBERS', value: [ref(c), ref(c), ref(a)] }])).to.have.length(3);
    expect(await after_([{ op: 'add', value: { members: [ref(c)] } }])).to.have.length(3);
    expect(await after_([{ op: 'add', path: `members[value eq "${c}"]`, value: { display: 'C' } }])).to.have.length(3);
    expect(
      await after_([{ op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:Group:members', value: [ref(inner)] }]),
    ).to.deep.equal([a, b, inner]);
    expect(await after_([{ op: 'add', path: 'members', value: [] }])).to.have.length(2);
    expect(await after_([{ op: 'add', path: 'members', value: [{ value: c, type: 'Group' }] }])).to.have.length(3);
  });

  it('removes members in every shape', async () => {
    expect(await after_([{ op: 'remove', path: `members[value eq "${a}"]` }])).to.deep.equal([b]);
    expect(await after_([{ op: 'Remove', path: 'members', value: [{ $ref: null, value: a }] }])).to.deep.equal([b]);
    expect(await after_([{ op: 'remove', path: 'members', value: [ref(a)] }])).to.deep.equal([b]);
    expect(await after_([{ op: 'remove', path: 'members', value: ref(a) }])).to.deep.equal([b]);
    expect(await after_([{ op: 'remove', path: 'members', value: null }])).to.deep.equal([]);
    expect(await after_([{ op: 'remove', path: 'members' }])).to.deep.equal([]);
    expect(await after_([{ op: 'remove', path: `members[value eq "${a}" or value eq "${b}"]` }])).to.deep.equal([]);
    expect(await after_([{ op: 'remove', path: `members[value eq "${c}"]` }])).to.deep.equal([a, b]);
    expect(await after_([{ op: 'remove', path: 'members[value eq "nobody"]' }])).to.deep.equal([a, b]);
    expect(await after_([{ op: 'remove', path: 'members', value: [ref('nobody'), ref('99999')] }])).to.have.length(2);
    expect(await after_([{ op: 'remove', path: 'members', value: [] }])).to.deep.equal([a, b]);
  });

  it('replaces all members', async () => {
    expect(await after_([{ op: 'replace', path: 'members', value: [ref(b), ref(c)] }])).to.deep.equal([b, c]);
    expect(await after_([{ op: 'replace', value: { members: [ref(c)] } }])).to.deep.equal([c]);
    expect(await after_([{ op: 'replace', path: 'members', value: [] }])).to.deep.equal([]);
    expect(await after_([{ op: 'replace', path: 'members', value: null }])).to.deep.equal([]);
    expect(await after_([{ op: 'replace', path: 'members', value: [ref(inner)] }])).to.deep.equal([inner]);
    expect(await after_([{ op: 'replace', path: 'members', value: [ref(a)] }], [a, inner])).to.deep.equal([a]);
  });

  it('applies operations in their order', async () => {
    const add = (value: string) => ({ op: 'add', path: 'members', value: [ref(value)] });
    const drop = (value: string) => ({ op: 'remove', path: `members[value eq "${value}"]` });
    expect(await after_([drop(a), add(c)])).to.deep.equal([b, c]);
    expect(await after_([{ op: 'remove', path: 'members' }, add(c)])).to.deep.equal([c]);
    expect(await after_([add(c), drop(c)])).to.deep.equal([a, b]);
    expect(await after_([drop(a), add(a)])).to.deep.equal([a, b]);
    expect(await after_([add(c), { op: 'remove', path: 'members' }])).to.deep.equal([]);
    expect(await after_([{ op: 'replace', path: 'members', value: [ref(c)] }, drop(c), add(a)])).to.deep.equal([a]);
    expect(await after_([add(c), { op: 'remove', path: 'members[display co "example"]' }])).to.deep.equal([a]);
  });

  it('selects members by more than their ids', async () => {
    const all = [a, b, c, inner];
    const drop = (filter: string) => after_([{ op: 'remove', path: `members[${filter}]` }], all);
    expect(await drop('type eq "Group"')).to.deep.equal([a, b, c]);
    expect(await drop('type eq "user"')).to.deep.equal([inner]);
    expect(await drop('display eq "ANNA"')).to.deep.equal([b, c, inner]);
    expect(await drop(`not (value eq "${a}")`)).to.deep.equal([a]);
    expect(await drop(`value eq "${a}" and type eq "Group"`)).to.deep.equal(all);
    expect(await drop(`value eq "${a}" and display eq "Anna"`)).to.deep.equal([b, c, inner]);
    expect(await drop(`$ref ew "/Users/${b}"`)).to.deep.equal([a, c, inner]);
    expect(await drop('value pr')).to.deep.equal([]);
  });

  it('replaces a selected member by another, who must be there', async () => {
    const swap = (path: string, value: unknown) => [{ op: 'replace', path, value }];
    expect(await after_(swap(`members[value eq "${a}"]`, { value: c }))).to.deep.equal([b, c]);
    expect(await after_(swap(`members[value eq "${a}"]`, { value: a, display: 'x' }))).to.deep.equal([a, b]);
    expect(await refused(swap(`members[value eq "${c}"]`, { value: a }))).to.deep.equal([400, 'noTarget']);
  });

  it('refuses what would change a member in itself, and what names nobody', async () => {
    expect(await refused([{ op: 'replace', path: 'members.value', value: c }])).to.deep.equal([400, 'mutability']);
    expect(await refused([{ op: 'replace', path: `members[value eq "${a}"].display`, value: 'A' }])).to.deep.equal([
      400,
      'mutability',
    ]);
    expect(await refused([{ op: 'add', path: 'members', value: [ref(c), ref('nobody')] }])).to.deep.equal([
      400,
      'invalidValue',
    ]);
    expect(
      await refused([
        { op: 'add', path: 'members', value: [ref(c)] },
        { op: 'remove', path: 'displayName' },
      ]),
    ).to.deep.equal([400, 'mutability']);
    expect(await refused([{ op: 'replace', path: 'id', value: 'x' }])).to.deep.equal([400, 'mutability']);
    expect(await refused([{ op: 'replace', path: 'displayName', value: 'Inner' }])).to.deep.equal([409, 'uniqueness']);
  });

  it('answers 200 with the group up to 100 members, 204 above, and always where members are left out', async () => {
    const many = await Promise.all(
      Array.from({ length: 101 }, (_, i) => host.scim.create({ userName: `m${i}@example.com` })),
    );
    const id = await groups.create({ displayName: 'Many', members: many.slice(0, 99).map(ref) });
    const add = (value: string | undefined) => ({ op: 'add', path: 'members', value: [{ value }] });
    expect((await groups.patch(id, add(many[99]))).json.members).to.have.length(100);
    expect(await groups.patch(id, add(many[100]))).to.include({ status: 204, text: '' });
    expect((await groups.patch(id, add(many[100]))).status).to.equal(204);
    const answer = await host.scim.send('PATCH', `/Groups/${id}?excludedAttributes=members`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'remove', path: `members[value eq "${many[0]}"]` }],
    });
    expect(answer.status).to.equal(200);
    expect(answer.json).to.include({ displayName: 'Many' }).and.not.to.have.property('members');
    expect(await groups.members(id)).to.have.length(100);
  });

  it('makes another version of what changes, and none of what does not', async () => {
    const id = await fresh();
    const version = async () => (await groups.get(id)).json.meta?.version;
    const modified = async () => (await groups.get(id)).json.meta?.lastModified;
    const created = await modified();
    host.advance(5);
    for (const nothing of [
      { op: 'add', path: 'members', value: [ref(a)] },
      { op: 'remove', path: `members[value eq "${c}"]` },
      { op: 'replace', path: 'members', value: [ref(b), ref(a)] },
      { op: 'replace', path: 'displayName', value: `Group ${made}` },
    ]) {
      expect((await groups.patch(id, nothing)).json.meta?.version).to.equal('W/"1"');
      expect(await modified()).to.equal(created);
    }
    expect(
      (await groups.put(id, { displayName: `Group ${made}`, members: [ref(a), ref(b)] })).headers.get('etag'),
    ).to.equal('W/"1"');
    expect((await groups.patch(id, { op: 'add', path: 'members', value: [ref(c)] })).json.meta?.version).to.equal(
      'W/"2"',
    );
    expect(await version()).to.equal('W/"2"');
    expect(await modified()).not.to.equal(created);
    expect((await groups.patchIf('W/"1"', id, { op: 'remove', path: 'members' })).status).to.equal(412);
    expect((await groups.put(id, { displayName: 'x' }, { 'if-match': 'W/"1"' })).status).to.equal(412);
    expect((await groups.patchIf('W/"2"', id, { op: 'remove', path: 'members' })).json.meta?.version).to.equal('W/"3"');
    expect((await host.scim.send('GET', `/Groups/${id}`, undefined, { 'if-none-match': 'W/"3"' })).status).to.equal(
      304,
    );
    const remove = (version: string) => host.scim.send('DELETE', `/Groups/${id}`, undefined, { 'if-match': version });
    expect((await remove('W/"2"')).status).to.equal(412);
    expect((await remove('W/"3"')).status).to.equal(204);
  });
});
