import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { ScimClient } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('A shopper that no connection manages', (engine) => {
  let host: ScimHost;
  let strict: ScimClient;
  let shoppers = 0;
  let id: number;
  let email: string;
  before(async () => {
    host = await openHost(engine);
    strict = await host.connect('strict', { match: 'refuse' });
  });
  after(() => host.close());

  beforeEach(async () => {
    email = `Shopper${++shoppers}@Example.com`;
    id = await host.shopper(email, { middlename: 'Canary', job_title: 'Canary' });
  });

  const managers = () => host.rows(sql`SELECT connection_id FROM {vestibule_user} WHERE customer_id = ${id}`);
  const lower = () => email.toLowerCase();

  it('is never listed or counted', async () => {
    for (const query of ['/Users', '/Users?count=0', '/Users?startIndex=1&count=1000'])
      expect((await host.scim.get(query)).text).to.not.match(/Shopper\d|"totalResults":[1-9]/);
    for (const filter of [
      'userName sw "shopper"',
      'userName pr',
      'emails co "shopper"',
      'active eq true',
      `userName eq "${lower()}" and active eq true`,
      `userName eq "${lower()}" or userName eq "x"`,
      `not (userName eq "x")`,
      `userName ne "x"`,
      `emails[type eq "home" and value eq "${lower()}"]`,
    ])
      expect((await host.scim.find(filter)).json.totalResults, filter).to.equal(0);
  });

  it('is shown to an exact question for an identifier, with its identifiers and nothing else', async () => {
    const shown = {
      schemas: [userSchema.id],
      id: String(id),
      userName: email,
      emails: [{ value: email, type: 'work', primary: true }],
    };
    for (const filter of [
      `id eq "${id}"`,
      `userName eq "${lower()}"`,
      `userName eq " ${email.toUpperCase()} "`,
      `emails eq "${lower()}"`,
      `emails.value eq "${lower()}"`,
      `email eq "${lower()}"`,
      `emails[value eq "${lower()}"]`,
      `emails[type eq "work"].value eq "${lower()}"`,
      `emails[type eq "work" and value eq "${lower()}"]`,
      `emails[primary eq true and value eq "${lower()}"]`,
    ]) {
      const { json } = await host.scim.find(filter);
      expect([json.totalResults, json.itemsPerPage], filter).to.deep.equal([1, 1]);
      const { meta, ...rest } = (json.Resources?.[0] ?? {}) as Record<string, unknown>;
      expect(rest, filter).to.deep.equal(shown);
      expect(meta).to.include({ resourceType: 'User' });
    }
    const { meta: _, ...rest } = (await host.scim.get(`/Users/${id}`)).json as unknown as Record<string, unknown>;
    expect(rest).to.deep.equal(shown);
    expect((await strict.get(`/Users/${id}`)).status).to.equal(200);
    expect((await host.scim.get(`/Users/${id}-1`)).status).to.equal(404);
  });

  it('answers a POST with 409 and the id, as the look-up says', async () => {
    for (const user of [{ userName: lower() }, { userName: 'another', emails: [{ value: lower() }] }]) {
      const { status, json } = await host.scim.post(user);
      expect([status, json.scimType]).to.deep.equal([409, 'uniqueness']);
      expect(String(json.detail)).to.include(`id ${id}`);
    }
    expect(await managers()).to.deep.equal([]);
  });

  it('is taken over by the first PUT, and keeps what the provider does not say', async () => {
    const user = { userName: email, externalId: `e${id}`, name: { givenName: 'Samantha' }, title: 'Buyer' };
    const { status, json } = await host.scim.put(id, user);
    expect([status, json.id, json.title], String(json.detail)).to.deep.equal([200, String(id), 'Buyer']);
    expect(await host.customer(id)).to.include({
      firstname: 'Samantha',
      lastname: 'Shopper',
      middlename: 'Canary',
      email,
    });
    expect((await host.scim.get(`/Users/${id}`)).json).to.deep.equal(json);
    expect(json.name).to.deep.equal({ givenName: 'Samantha', familyName: 'Shopper', middleName: 'Canary' });
    expect((await host.scim.find(`externalId eq "e${id}"`)).json.totalResults).to.equal(1);
    const operations = (await host.records())
      .filter(({ customerId }) => customerId === id)
      .map(({ operation }) => operation);
    expect(operations).to.include('user.adopt');
    await host.scim.delete(id);
  });

  it('is taken over by the first PATCH, which says only what it says', async () => {
    const { status, json } = await host.scim.patch(id, { op: 'add', path: 'externalId', value: `p${id}` });
    expect([status, json.externalId, json.userName, json.active]).to.deep.equal([200, `p${id}`, email, true]);
    expect(await host.customer(id)).to.include({ firstname: 'Sam', lastname: 'Shopper', is_active: 1 });
    expect(await host.eav(id)).to.deep.equal({ job_title: 'Canary' });
    await host.scim.delete(id);
  });

  it('can be deactivated by that first request, for real', async () => {
    expect((await host.scim.patch(id, { op: 'replace', value: { active: false } })).json.active).to.equal(false);
    expect(await host.customer(id)).to.include({ is_active: 0, lock_expires: '2038-01-01 00:00:00', firstname: 'Sam' });
    expect(await host.rows(sql`SELECT user_id FROM {jwt_auth_revoked} WHERE user_id = ${id}`)).to.have.length(1);
    await host.scim.delete(id);
  });

  it('keeps its e-mail address at first contact: another one is 400 mutability, and nothing is taken over', async () => {
    for (const answer of [
      await host.scim.put(id, { userName: 'attacker@example.com' }),
      await host.scim.put(id, { userName: email, emails: [{ value: 'attacker@example.com', type: 'work' }] }),
      await host.scim.put(id, { userName: 'bare-name' }),
      await host.scim.patch(id, { op: 'replace', path: 'emails[type eq "work"].value', value: 'attacker@example.com' }),
      await host.scim.patch(id, {
        op: 'add',
        value: { title: 'x', emails: [{ value: 'a@example.com', primary: true }] },
      }),
    ])
      expect([answer.status, answer.json.scimType], answer.text).to.deep.equal([400, 'mutability']);
    expect(await managers()).to.deep.equal([]);
    expect(await host.customer(id)).to.include({ email, firstname: 'Sam' });
  });

  it('keeps its userName at first contact, too, unless an administrator decides; afterwards it can change', async () => {
    const as = (userName: string) => ({ userName, emails: [{ value: email, type: 'work' }] });
    for (const answer of [
      await host.scim.put(id, as('sam')),
      await host.scim.put(id, as('attacker@example.com')),
      await host.scim.patch(id, { op: 'replace', path: 'userName', value: 'sam' }),
      await host.scim.patch(id, { op: 'replace', value: { userName: 'sam', title: 'x' } }),
    ]) {
      expect([answer.status, answer.json.scimType], answer.text).to.deep.equal([400, 'mutability']);
      expect(answer.json.detail).to.include(`send "${email}"`).and.include('--match ask');
    }
    expect(await managers()).to.deep.equal([]);
    expect((await host.scim.put(id, as(` ${lower()} `))).status).to.equal(200);
    expect((await host.scim.put(id, as('sam'))).json.userName).to.equal('sam');
    expect(await host.customer(id)).to.include({ email });
    await host.scim.delete(id);
  });

  it('is refused with 403 where the connection’s policy says so, and DELETE of it is 404', async () => {
    expect((await strict.put(id, { userName: email })).status).to.equal(403);
    expect((await strict.patch(id, { op: 'add', path: 'title', value: 'x' })).status).to.equal(403);
    expect((await strict.delete(id)).status).to.equal(404);
    expect((await host.scim.delete(id)).status).to.equal(404);
    expect(await managers()).to.deep.equal([]);
  });

  it('of two connections that take it over at once, one gets it', async () => {
    const rival = await host.connect(`rival-${shoppers}`);
    const title = (value: string) => ({ op: 'add', path: 'title', value });
    await host.warm();
    const both = await Promise.all([host.scim.patch(id, title('a')), rival.patch(id, title('b'))]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 404]);
    expect(await managers()).to.have.length(1);
    const [winner, loser] = both[0]?.status === 200 ? [host.scim, rival] : [rival, host.scim];
    expect((await loser.get(`/Users/${id}`)).status).to.equal(404);
    expect((await loser.find(`userName eq "${lower()}"`)).json.totalResults).to.equal(0);
    await winner.delete(id);
  });

  it('of ten requests of one connection that take it over at once, none is lost', async () => {
    await host.warm();
    const values = Array.from({ length: 10 }, (_, i) => ({ value: `r${i}` }));
    const all = await Promise.all(
      values.map((role) => host.scim.patch(id, { op: 'add', path: 'roles', value: [role] })),
    );
    expect(all.map(({ status }) => status)).to.deep.equal(values.map(() => 200));
    const { roles } = (await host.scim.get(`/Users/${id}`)).json as unknown as { roles: { value: string }[] };
    expect(roles.map(({ value }) => value).sort()).to.deep.equal(values.map(({ value }) => value));
    await host.scim.delete(id);
  });
});
