import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { groupSchema, userSchema } from '../../modules/scim/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type GroupClient, groupClient, listed, values } from './group-client.ts';

const searchSchema = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

onBothEngines('Complaints 12–18, correctness', (engine) => {
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
    name = `right${++n}`;
  });

  const user = (who: string, more: Record<string, unknown> = {}) => ({
    userName: `${who}.${name}@example.com`,
    emails: [{ value: `${who}.${name}@example.com`, type: 'work', primary: true }],
    ...more,
  });
  const several = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) ids.push(await host.scim.create({ userName: `${i}.${name}@example.com` }));
    return ids;
  };
  const refusal = ({ status, json }: { status: number; json: { scimType?: unknown } }) => [status, json.scimType];

  it('#12 a taken userName is 409 uniqueness, whatever its case, and it is the userName that is unique', async () => {
    await host.scim.create(user('ann'));
    const second = await host.scim.create(user('bob'));
    const taken = user('ann').userName;
    const other = [{ value: `other.${name}@example.com`, type: 'work', primary: true }];
    for (const userName of [taken, taken.toUpperCase(), ` ${taken} `]) {
      const answer = await host.scim.post({ userName, emails: other });
      expect(refusal(answer), userName).to.deep.equal([409, 'uniqueness']);
      expect(answer.json.detail).to.match(/userName/);
    }
    expect(refusal(await host.scim.put(second, { ...user('bob'), userName: taken }))).to.deep.equal([
      409,
      'uniqueness',
    ]);
    const patch = await host.scim.patch(second, { op: 'replace', path: 'userName', value: taken.toUpperCase() });
    expect(refusal(patch)).to.deep.equal([409, 'uniqueness']);
    const shared = { value: `shared.${name}@example.com`, type: 'home' };
    for (const who of ['cyd', 'dan']) {
      const person = user(who);
      const { status } = await host.scim.post({ ...person, emails: [...person.emails, shared] });
      expect(status, 'a second e-mail may be shared').to.equal(201);
    }
    await groups.create(name);
    const group = await host.scim.send('POST', '/Groups', {
      schemas: [groupSchema.id],
      displayName: name.toUpperCase(),
    });
    expect(refusal(group)).to.deep.equal([409, 'uniqueness']);
  });

  it('#13 where POST says 409, the look-up before it finds somebody', async () => {
    const email = `Shopper.${name}@example.com`;
    await host.shopper(email);
    const shopper = { userName: email.toLowerCase(), emails: [{ value: email, type: 'work', primary: true }] };
    expect((await host.scim.post(shopper)).status).to.equal(409);
    for (const filter of [
      `userName eq "${email}"`,
      `emails.value eq "${email}"`,
      `emails[type eq "work"].value eq "${email}"`,
    ])
      expect((await host.scim.find(filter)).json.totalResults, filter).to.equal(1);
    const id = await host.scim.create(user('gone', { externalId: `x-${name}` }));
    await host.scim.delete(id);
    expect((await host.scim.find(`userName eq "${user('gone').userName}"`)).json.totalResults).to.equal(0);
    expect((await host.scim.find(`externalId eq "x-${name}"`)).json.totalResults).to.equal(0);
    expect((await host.scim.post(user('gone'))).status).to.equal(201);
  });

  it('#14 names are compared the same everywhere, whatever their case', async () => {
    const id = await host.scim.create(user('Zoé', { externalId: `X-${name}`, active: true }));
    const userName = user('Zoé').userName;
    const upper = userName.toUpperCase();
    const found = async (filter: string) => (await host.scim.find(filter)).json.totalResults as unknown;
    for (const filter of [
      `userName eq "${upper}"`,
      `USERNAME EQ "${upper}"`,
      `userName eq "${upper}" and active eq true`,
      `userName eq "${upper}" AND active eq TRUE`,
      `active eq true and (userName eq "${upper}")`,
      `not (userName ne "${upper}")`,
      `userName eq "nobody" OR userName eq "${upper}"`,
      `emails[value eq "${upper}"]`,
      `emails.value eq "${upper}"`,
      `${userSchema.id}:userName eq "${upper}"`,
      `externalid eq "X-${name}"`,
    ])
      expect(await found(filter), filter).to.equal(1);
    for (const filter of [
      `userName eq "${upper}" AND active eq false`,
      `userName eq "${upper}" and userName ne "${userName}"`,
      `externalId eq "x-${name}"`,
    ])
      expect(await found(filter), filter).to.equal(0);
    const search = { schemas: [searchSchema], filter: `userName eq "${upper}" AND externalId PR` };
    const { json } = await host.scim.send('POST', '/Users/.search', search);
    expect(listed(json.Resources).map((one) => one.id as unknown)).to.deep.equal([id]);
  });

  it('#15 PATCH replace of members removes those who are not named', async () => {
    const ids = await several(4);
    const [a = '', b = '', c = '', d = ''] = ids;
    const id = await groups.create(name, [a, b, c]);
    const replace = async (value: unknown, path: object = { path: 'members' }) => {
      expect((await groups.patch(id, { op: 'replace', ...path, value })).status).to.be.oneOf([200, 204]);
      return groups.members(id);
    };
    expect(await replace(values([c, d]))).to.deep.equal([c, d].sort());
    expect(await replace({ members: values([a]) }, {})).to.deep.equal([a]);
    expect(await replace(values([a, b]))).to.deep.equal([a, b].sort());
    const groupsOf = async (who: string) => listed((await host.scim.get(`/Users/${who}`)).json.groups);
    expect(await groupsOf(c)).to.deep.equal([]);
    expect((await groupsOf(a)).map(({ value }) => value as unknown)).to.deep.equal([id]);
    expect(await replace([])).to.deep.equal([]);
  });

  it('#16 concurrent PATCHes of a group lose no member', async function () {
    this.timeout(120_000);
    const ids = await several(50);
    const id = await groups.create(name);
    await host.warm();
    const all = (op: string, who: readonly string[]) =>
      Promise.all(who.map((one) => groups.patch(id, { op, path: 'members', value: values([one]) })));
    const added = await all('add', ids);
    expect(added.map(({ status }) => status).filter((status) => status >= 300)).to.deep.equal([]);
    expect(await groups.members(id)).to.deep.equal([...ids].sort());
    const [leaving, staying] = [ids.slice(0, 25), ids.slice(25)];
    const newcomers = await (async () => {
      name = `${name}-new`;
      return several(25);
    })();
    const mixed = await Promise.all([all('remove', leaving), all('add', newcomers)]);
    expect(
      mixed
        .flat()
        .map(({ status }) => status)
        .filter((status) => status >= 300),
    ).to.deep.equal([]);
    expect(await groups.members(id)).to.deep.equal([...staying, ...newcomers].sort());
  });

  it('#17 a group that is refused leaves nothing behind, so that a retry does not meet itself', async () => {
    const [member = ''] = await several(1);
    const body = (members: readonly string[]) => ({
      schemas: [groupSchema.id],
      displayName: name,
      externalId: `x-${name}`,
      members: values(members),
    });
    const before = await host.rows(sql`SELECT customer_group_id FROM {customer_group}`);
    for (let attempt = 0; attempt < 2; attempt++) {
      const refused = await host.scim.send('POST', '/Groups', body([member, '999999']));
      expect(refusal(refused)).to.deep.equal([400, 'invalidValue']);
      expect(refused.json.detail).to.contain('999999');
    }
    expect(
      (await host.scim.get(`/Groups?filter=${encodeURIComponent(`displayName eq "${name}"`)}`)).json.totalResults,
    ).to.equal(0);
    expect(await host.rows(sql`SELECT customer_group_id FROM {customer_group}`)).to.deep.equal(before);
    expect(listed((await host.scim.get(`/Users/${member}`)).json.groups)).to.deep.equal([]);
    expect((await host.scim.send('POST', '/Groups', body([member]))).status).to.equal(201);
    for (const wrong of [
      { displayName: { a: 1 } },
      { members: 'all' },
      { members: [{ value: { a: 1 } }] },
      { displayName: '' },
    ]) {
      const answer = await host.scim.send('POST', '/Groups', {
        schemas: [groupSchema.id],
        displayName: `${name} 2`,
        ...wrong,
      });
      expect(answer.status, JSON.stringify(wrong)).to.be.within(400, 499);
    }
  });

  it('#18 a group in itself is refused, and deep nesting is no trouble', async function () {
    this.timeout(60_000);
    const [member = ''] = await several(1);
    const id = await groups.create(name, [member]);
    const add = (group: string, who: string) =>
      groups.patch(group, { op: 'add', path: 'members', value: [{ value: who, type: 'Group' }] });
    expect(refusal(await add(id, id))).to.deep.equal([400, 'invalidValue']);
    const put = { schemas: [groupSchema.id], displayName: name, members: [{ value: id, type: 'Group' }] };
    expect(refusal(await host.scim.send('PUT', `/Groups/${id}`, put))).to.deep.equal([400, 'invalidValue']);
    expect(await groups.members(id)).to.deep.equal([member]);
    const chain = [id];
    for (let depth = 1; depth <= 20; depth++) {
      const outer = await groups.create(`${name} ${depth}`);
      expect((await add(outer, chain.at(-1) ?? '')).status).to.be.oneOf([200, 204]);
      chain.push(outer);
    }
    expect(refusal(await add(id, chain.at(-1) ?? '')), 'a circle').to.deep.equal([400, 'invalidValue']);
    const memberships = listed((await host.scim.get(`/Users/${member}`)).json.groups);
    expect(memberships.map(({ value }) => String(value))).to.have.members(chain);
    expect(
      memberships.filter(({ type }) => (type as unknown) === 'direct').map(({ value }) => String(value)),
    ).to.deep.equal([id]);
    expect((await host.scim.send('DELETE', `/Groups/${chain[10]}`)).status).to.equal(204);
    expect(listed((await host.scim.get(`/Users/${member}`)).json.groups)).to.have.length(10);
  });
});
