import { expect } from 'chai';
import { enterpriseUserSchema, userSchema } from '../../modules/scim/index.ts';
import type { Json } from '../provisioning/client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type GroupClient, groupClient, listed, values } from './group-client.ts';

const enterprise = enterpriseUserSchema.id;

onBothEngines('Complaints 1–11, the shape of what Entra, Okta and OneLogin send', (engine) => {
  let host: ScimHost;
  let groups: GroupClient;
  let n = 0;
  let name: string;
  before(async () => {
    host = await openHost(engine);
    groups = groupClient(host.scim);
  });
  after(() => host.close());
  beforeEach(() => {
    name = `shape${++n}`;
  });

  const mail = () => `${name}@example.com`;
  const user = (more: Record<string, unknown> = {}) => ({
    userName: mail(),
    emails: [{ value: mail(), type: 'work', primary: true }],
    ...more,
  });
  const read = async (id: string): Promise<Json> => (await host.scim.get(`/Users/${id}`)).json;
  const pick = (elements: Json | undefined, type: string): Json | undefined =>
    listed(elements).find((one) => (one.type as unknown) === type);

  it('#1 Entra sends active:"False" with op:"Replace"', async () => {
    const id = await host.scim.create(user({ active: 'True' }));
    expect((await read(id)).active).to.equal(true);
    for (const operation of [
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Replace', value: { active: 'False' } },
      { op: 'REPLACE', path: 'Active', value: 'false' },
      { op: 'Add', path: 'active', value: 'False' },
    ]) {
      const { status, json } = await host.scim.patch(id, operation);
      expect([status, json.active], JSON.stringify(operation)).to.deep.equal([200, false]);
      expect(await host.customer(id)).to.include({ is_active: 0 });
      expect((await host.scim.patch(id, { op: 'Replace', path: 'active', value: 'True' })).json.active).to.equal(true);
      expect(await host.customer(id)).to.include({ is_active: 1 });
    }
    expect((await host.scim.put(id, user({ active: 'False' }))).json.active).to.equal(false);
    expect((await host.scim.patch(id, { op: 'Replace', path: 'active', value: 'perhaps' })).status).to.equal(400);
  });

  it('#2 a value path on an absent element creates it', async () => {
    const id = await host.scim.create(user({ emails: [] }));
    const { status } = await host.scim.patch(
      id,
      { op: 'Add', path: 'emails[type eq "work"].value', value: mail() },
      { op: 'Add', path: 'emails[type eq "work"].primary', value: true },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1-555-0100' },
      { op: 'Add', path: 'addresses[type eq "work"].streetAddress', value: '1 Main Street' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Austin' },
      { op: 'Replace', path: 'phoneNumbers[type eq "fax"].value', value: '+1-555-0199' },
    );
    expect(status).to.equal(200);
    const after = await read(id);
    expect(listed(after.emails)).to.deep.equal([{ type: 'work', value: mail(), primary: true }]);
    expect(pick(after.phoneNumbers, 'mobile')).to.include({ value: '+1-555-0100' });
    expect(pick(after.phoneNumbers, 'fax')).to.include({ value: '+1-555-0199' });
    expect(listed(after.addresses)).to.have.length(1);
    expect(pick(after.addresses, 'work')).to.include({ streetAddress: '1 Main Street', locality: 'Austin' });
    await host.scim.patch(id, { op: 'Add', path: 'emails[type eq "home"].value', value: `home.${mail()}` });
    expect(pick((await read(id)).emails, 'work')).to.include({ value: mail(), primary: true });
  });

  it('#3 the enterprise manager as a bare string, with and without URN', async () => {
    const boss = await host.scim.create(user({ userName: `boss.${mail()}`, emails: [] }));
    const id = await host.scim.create(user({ schemas: [userSchema.id, enterprise], [enterprise]: { manager: boss } }));
    const manager = async () => (await read(id))[enterprise]?.manager;
    expect(await manager(), 'POST').to.deep.include({ value: boss });
    for (const operation of [
      { op: 'Add', path: `${enterprise}:manager`, value: boss },
      { op: 'Replace', path: 'manager', value: boss },
      { op: 'Add', path: `${enterprise}:manager`, value: { value: boss } },
      { op: 'Add', path: `${enterprise}:manager`, value: [{ value: boss, $ref: `../Users/${boss}` }] },
      { op: 'Add', path: `${enterprise}:manager.value`, value: boss },
      { op: 'Add', value: { [`${enterprise}:manager`]: boss } },
      { op: 'Add', value: { [enterprise]: { manager: boss } } },
    ]) {
      await host.scim.patch(id, { op: 'Remove', path: `${enterprise}:manager` });
      expect(await manager(), 'removed').to.equal(undefined);
      const { status, json } = await host.scim.patch(id, operation);
      expect(status, JSON.stringify(operation)).to.equal(200);
      expect(json[enterprise]?.manager, JSON.stringify(operation)).to.be.an('object').that.includes({ value: boss });
      expect(await manager(), JSON.stringify(operation))
        .to.be.an('object')
        .that.includes({ value: boss });
    }
  });

  it('#4 URN.attr and URN:attr are the same path', async () => {
    const id = await host.scim.create(user());
    const department = async () => (await read(id))[enterprise]?.department;
    for (const [index, operation] of [
      { op: 'add', path: `${enterprise}:department` },
      { op: 'replace', path: `${enterprise}.department` },
    ].entries()) {
      expect((await host.scim.patch(id, { ...operation, value: `d${index}` })).status).to.equal(200);
      expect(await department(), operation.path).to.equal(`d${index}`);
    }
    for (const [index, separator] of [':', '.'].entries()) {
      await host.scim.patch(id, { op: 'replace', value: { [`${enterprise}${separator}department`]: `k${index}` } });
      expect(await department(), `key with ${separator}`).to.equal(`k${index}`);
    }
    await host.scim.patch(id, { op: 'replace', path: `${userSchema.id}:name.familyName`, value: 'Byron' });
    expect((await read(id)).name).to.deep.include({ familyName: 'Byron' });
    for (const separator of [':', '.']) {
      const { json } = await host.scim.find(`userName eq "${mail()}" and ${enterprise}${separator}department eq "k1"`);
      expect(json.totalResults, separator).to.equal(1);
    }
    expect(Object.keys(await read(id)).filter((key) => key.startsWith('urn:'))).to.deep.equal([enterprise]);
  });

  it('#5 Entra removes group members with a value list: these go, the others stay', async () => {
    const ids: string[] = [];
    for (const who of ['a', 'b', 'c', 'd']) ids.push(await host.scim.create({ userName: `${who}.${mail()}` }));
    const [a = '', b = '', c = '', d = ''] = ids;
    const id = await groups.create(name, ids);
    const remove = (more: object) => groups.patch(id, { op: 'Remove', path: 'members', ...more });
    expect((await remove({ value: [{ $ref: null, value: a }] })).status).to.be.oneOf([200, 204]);
    expect(await groups.members(id)).to.deep.equal([b, c, d].sort());
    expect((await remove({ value: [] })).status).to.be.oneOf([200, 204]);
    expect(await groups.members(id), 'an empty list').to.deep.equal([b, c, d].sort());
    expect((await remove({ path: `members[value eq "${b}"]` })).status).to.be.oneOf([200, 204]);
    expect(await groups.members(id), 'flag mode').to.deep.equal([c, d].sort());
    expect((await remove({ value: [{ value: a }] })).status, 'who is gone already').to.be.oneOf([200, 204]);
    expect(await groups.members(id)).to.deep.equal([c, d].sort());
    expect((await remove({})).status).to.be.oneOf([200, 204]);
    expect(await groups.members(id), 'no value at all').to.deep.equal([]);
  });

  it('#6 Okta patches a new group without a path, with its id in the value', async () => {
    const member = await host.scim.create(user());
    const id = await groups.create(name, [member]);
    const replace = { op: 'replace', value: { id, displayName: `${name} renamed` } };
    expect((await groups.patch(id, replace)).status).to.be.oneOf([200, 204]);
    expect((await groups.patch(id, replace)).status, 'again').to.be.oneOf([200, 204]);
    expect((await host.scim.get(`/Groups/${id}`)).json.displayName).to.equal(`${name} renamed`);
    expect(await groups.members(id)).to.deep.equal([member]);
    const both = await groups.patch(id, replace, { op: 'remove', path: `members[value eq "${member}"]` });
    expect(both.status).to.be.oneOf([200, 204]);
    expect(await groups.members(id)).to.deep.equal([]);
  });

  it('#7 Okta custom applications use PUT for everything, deactivation included', async () => {
    const id = await host.scim.create(user({ nickName: 'Ace', groups: [], password: '1mz050nq' }));
    const before = (await read(id)) as unknown as Record<string, unknown>;
    const off = await host.scim.put(id, { ...before, active: false });
    expect([off.status, off.json.id, off.json.active]).to.deep.equal([200, id, false]);
    expect(await host.customer(id)).to.include({ is_active: 0 });
    const { nickName: _, ...without } = (await read(id)) as unknown as Record<string, unknown>;
    const on = await host.scim.put(id, { ...without, active: true });
    expect([on.status, on.json.active]).to.deep.equal([200, true]);
    expect(on.json.nickName, 'a PUT replaces and does not merge').to.equal(undefined);
    expect((await read(id)).emails).to.deep.equal(before.emails);
  });

  it('#8 itemsPerPage is the number of resources in the answer', async () => {
    for (const who of ['a', 'b', 'c']) await host.scim.create({ userName: `${name}.${who}` });
    const filter = encodeURIComponent(`userName sw "${name}."`);
    for (const [query, wanted] of [
      ['startIndex=1&count=100', 3],
      ['startIndex=1&count=2', 2],
      ['startIndex=3&count=2', 1],
      ['startIndex=4&count=2', 0],
      ['count=0', 0],
    ] as const) {
      const { json } = await host.scim.get(`/Users?filter=${filter}&${query}`);
      expect([json.totalResults, json.itemsPerPage, listed(json.Resources).length], query).to.deep.equal([
        3,
        wanted,
        wanted,
      ]);
    }
    const { json } = await host.scim.find('userName eq "nobody"', '&startIndex=1&count=100');
    expect(json).to.include({ totalResults: 0, itemsPerPage: 0, startIndex: 1 });
  });

  it('#9 Okta provisions again with a fresh POST after active:false', async () => {
    const person = user({ externalId: `00u${name}`, active: true });
    const id = await host.scim.create(person);
    expect((await host.scim.post(person)).status, 'while it is active').to.equal(409);
    await host.scim.patch(id, { op: 'replace', value: { active: false } });
    const again = await host.scim.post({ ...person, name: { givenName: 'Back' } });
    expect([again.status, again.json.id, again.json.active]).to.deep.equal([201, id, true]);
    expect(again.headers.get('location')).to.match(new RegExp(`/Users/${id}$`));
    await host.scim.patch(id, { op: 'replace', value: { active: false } });
    const stranger = await host.scim.post({ ...person, externalId: `00x${name}` });
    expect([stranger.status, stranger.json.scimType], 'another externalId').to.deep.equal([409, 'uniqueness']);
  });

  it('#10 the media type is application/scim+json, and both are accepted', async () => {
    const type = ({ headers }: { headers: Headers }) => headers.get('content-type');
    const id = await host.scim.create(user());
    const errors = [await host.scim.get('/Users/0'), await host.scim.send('POST', '/Users', '{')];
    const answers = [await host.scim.get(`/Users/${id}`), await host.scim.get('/Schemas'), ...errors];
    expect(answers.map(type)).to.deep.equal(answers.map(() => 'application/scim+json'));
    for (const accept of ['application/scim+json', '*/*', 'application/scim+json, application/json'])
      expect(type(await host.scim.send('GET', '/Users', undefined, { accept })), accept).to.equal(
        'application/scim+json',
      );
    const plain = await host.scim.send('GET', '/Users', undefined, { accept: 'application/json' });
    expect(type(plain)).to.match(/^application\/json\b/);
    for (const sent of ['application/json', 'application/scim+json; charset=utf-8', 'application/json;charset=UTF-8']) {
      const body = { schemas: [userSchema.id], userName: `${name} ${sent}` };
      expect((await host.scim.send('POST', '/Users', body, { 'content-type': sent })).status, sent).to.equal(201);
    }
  });

  it('#11 OneLogin adds group members by PATCH, and a path-less PATCH may name several attributes', async () => {
    const member = await host.scim.create(user());
    const id = await groups.create(name);
    const add = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: values([member]) }],
    };
    expect((await host.scim.send('PATCH', `/Groups/${id}?`, add)).status).to.be.oneOf([200, 204]);
    expect(await groups.members(id)).to.deep.equal([member]);
    const several = {
      op: 'replace',
      value: { displayName: 'D', nickName: 'N', name: { familyName: 'F' }, active: true },
    };
    const { status, json } = await host.scim.patch(member, several);
    expect(status).to.equal(200);
    expect([json.displayName, json.nickName, json.name?.familyName]).to.deep.equal(['D', 'N', 'F']);
    const renamed = { op: 'replace', value: { displayName: `${name} renamed`, externalId: `x-${name}` } };
    expect((await groups.patch(id, renamed)).status).to.be.oneOf([200, 204]);
    expect((await host.scim.get(`/Groups/${id}`)).json).to.include({
      displayName: `${name} renamed`,
      externalId: `x-${name}`,
    });
  });
});
