import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { Json, ScimAnswer } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const patchOf = (...Operations: Record<string, unknown>[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const title = (value: string) => patchOf({ op: 'replace', path: 'title', value });

onBothEngines('The version of a user', (engine) => {
  let host: ScimHost;
  let id: string;
  let users = 0;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  const sent = () => ({ userName: `v${users}`, externalId: `v-${users}`, title: 'Countess', nickName: 'Ada' });
  beforeEach(async () => {
    users++;
    id = await host.scim.create(sent());
  });

  const versionOf = (json: Json | undefined): string => String(json?.meta?.version);
  const version = async () => versionOf((await host.scim.get(`/Users/${id}`)).json);
  const send = (method: string, ifMatch: string, body?: Record<string, unknown>, target: string | number = id) =>
    host.scim.send(method, `/Users/${target}`, body, { 'if-match': ifMatch });
  const put = (ifMatch: string, user: Record<string, unknown>) =>
    send('PUT', ifMatch, { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], ...user });
  const isRefused = ({ status, json }: ScimAnswer) => expect([status, json.status]).to.deep.equal([412, '412']);

  it('is the same in every answer and in the header ETag: create, read, list, PUT, PATCH', async () => {
    const created = await host.scim.post({ userName: `same-${users}` });
    const path = `/Users/${created.json.id}`;
    const first = versionOf(created.json);
    expect(first).to.match(/^W\/"[\w-]+"$/);
    const read = await host.scim.get(path);
    const listed = await host.scim.find(`userName eq "same-${users}"`);
    expect([read.headers.get('etag'), versionOf(read.json)]).to.deep.equal([first, first]);
    expect(created.headers.get('etag')).to.equal(first);
    expect(versionOf(listed.json.Resources?.[0])).to.equal(first);
    for (const change of [
      () => host.scim.send('PATCH', path, title('x')),
      () => host.scim.put(String(created.json.id), { userName: `same-${users}`, title: 'y' }),
    ]) {
      const { json, headers } = await change();
      expect(versionOf(json)).to.not.equal(first);
      expect(headers.get('etag')).to.equal(versionOf(json));
      expect(versionOf((await host.scim.get(path)).json)).to.equal(versionOf(json));
      expect(versionOf((await host.scim.get(`${path}?attributes=userName,meta`)).json)).to.equal(versionOf(json));
    }
  });

  it('stays where a PUT or PATCH changes nothing, whatever the order of what is sent, and at another time', async () => {
    const before = await version();
    host.advance(60);
    const { nickName, ...rest } = sent();
    for (const answer of [
      await host.scim.put(id, { nickName, ...rest, active: true, groups: [], meta: { version: 'x' } }),
      await host.scim.send('PATCH', `/Users/${id}`, title('Countess')),
      await host.scim.patch(id, { op: 'replace', path: 'active', value: 'True' }),
    ])
      expect([answer.status, versionOf(answer.json)]).to.deep.equal([200, before]);
  });

  it('changes when the store changes what it shows, and comes back with it', async () => {
    const before = await version();
    const name = (lastname: string) =>
      host.database.run(sql`UPDATE {customer_entity} SET lastname = ${lastname} WHERE entity_id = ${Number(id)}`);
    await name('Byron');
    const changed = await version();
    expect(changed).to.not.equal(before);
    isRefused(await send('PATCH', before, title('Lady')));
    await name(`v${users}`);
    expect(await version()).to.equal(before);
    expect((await send('PATCH', before, title('Lady'))).status).to.equal(200);
  });

  it('asked for by If-None-Match is 304, another one is 200', async () => {
    const current = await version();
    const ask = (tag: string) => host.scim.send('GET', `/Users/${id}`, undefined, { 'if-none-match': tag });
    for (const tag of [current, `W/"other", ${current}`, '*', current.slice(2)])
      expect([tag, (await ask(tag)).status]).to.deep.equal([tag, 304]);
    expect((await ask('W/"other"')).status).to.equal(200);
  });

  it('that If-Match does not name is 412 for PUT, PATCH and DELETE, and nothing is written', async () => {
    const before = await host.scim.get(`/Users/${id}`);
    const stale = 'W/"stale"';
    isRefused(await put(stale, { userName: 'other' }));
    isRefused(await put(stale, sent()));
    isRefused(await send('PATCH', stale, title('Lady')));
    isRefused(await send('PATCH', stale, title('Countess')));
    isRefused(await send('DELETE', stale));
    expect((await host.scim.get(`/Users/${id}`)).text).to.equal(before.text);
    const { status, json } = await put(await version(), { ...sent(), title: 'Lady' });
    expect([status, json.title]).to.deep.equal([200, 'Lady']);
    expect((await send('PATCH', `W/"x", ${versionOf(json)}`, title('Dame'))).status).to.equal(200);
    isRefused(await send('DELETE', versionOf(json)));
    expect((await send('DELETE', '*')).status).to.equal(204);
    expect((await send('DELETE', '*')).status).to.equal(404);
  });

  it('of a shopper counts when it is taken over', async () => {
    const shopper = await host.shopper(`sam${users}@example.com`);
    const seen = versionOf((await host.scim.get(`/Users/${shopper}`)).json);
    const found = await host.scim.find(`userName eq "sam${users}@example.com"`);
    expect(versionOf(found.json.Resources?.[0])).to.equal(seen);
    isRefused(await send('PATCH', 'W/"stale"', title('x'), shopper));
    expect(await host.rows(sql`SELECT 1 FROM {vestibule_user} WHERE customer_id = ${shopper}`)).to.deep.equal([]);
    expect((await send('PATCH', seen, title('x'), shopper)).status).to.equal(200);
    isRefused(await send('PATCH', seen, title('y'), shopper));
  });

  it('lets one of fifty writers at once win, by PATCH, PUT and DELETE', async () => {
    await host.warm();
    const current = await version();
    const fifty = (one: (i: number) => Promise<ScimAnswer>) =>
      Promise.all(Array.from({ length: 50 }, (_, i) => one(i))).then((all) => all.map(({ status }) => status).sort());
    const losers = Array.from({ length: 49 }, () => 412);
    expect(await fifty((i) => send('PATCH', current, title(`t${i}`)))).to.deep.equal([200, ...losers]);
    const second = await version();
    expect(await fifty((i) => put(second, { ...sent(), title: `p${i}` }))).to.deep.equal([200, ...losers]);
    const third = await version();
    const mixed = await fifty((i) => (i % 2 ? send('DELETE', third) : send('PATCH', third, title(`m${i}`))));
    const won = mixed.filter((status) => status < 300);
    expect(won).to.have.length(1);
    expect(mixed.filter((status) => status === (won[0] === 204 ? 404 : 412))).to.have.length(49);
  });
});

/** As providers do: 503 says that nothing was written for want of a connection, and to come again. */
async function untilServed(send: () => Promise<ScimAnswer>): Promise<ScimAnswer> {
  let answer = await send();
  for (let again = 0; again < 5 && answer.status === 503; again++) answer = await send();
  return answer;
}

onBothEngines('Fifty PATCHes of one user at once, without If-Match', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
    await host.warm();
  });
  after(() => host.close());

  it('are all there: e-mails, phone numbers and roles that each one adds, in document, rows and search', async () => {
    const id = await host.scim.create({ userName: 'busy@example.com' });
    const values = Array.from({ length: 50 }, (_, i) => `busy-${String(i).padStart(2, '0')}@example.com`);
    const answers = await Promise.all(
      values.map((value, i) =>
        untilServed(() =>
          host.scim.patch(
            id,
            { op: 'add', path: 'emails', value: [{ value, type: 'other' }] },
            i % 2
              ? { op: 'Add', path: 'phoneNumbers', value: [{ value: `+${i}`, type: 'work' }] }
              : { op: 'add', value: { roles: [{ value: `r${i}` }] } },
          ),
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(values.map(() => 200));
    const user = (await host.scim.get(`/Users/${id}`)).json as unknown as Record<string, { value: string }[]>;
    expect(user.emails?.map(({ value }) => value).sort()).to.deep.equal(values);
    expect(user.phoneNumbers).to.have.length(25);
    expect(user.roles).to.have.length(25);
    const rows = await host.rows(sql`SELECT value_key FROM {vestibule_user_email} WHERE customer_id = ${Number(id)}`);
    expect(rows).to.have.length(50);
    expect((await host.scim.find(`emails.value eq "${values[49]}"`)).json.totalResults).to.equal(1);
  });

  it('of different attributes lose nothing of each other', async () => {
    const id = await host.scim.create({ userName: 'calm', title: 'a' });
    const paths = ['title', 'nickName', 'userType', 'locale', 'timezone', 'displayName', 'profileUrl'];
    const answers = await Promise.all(
      Array.from({ length: 49 }, (_, i) =>
        untilServed(() => host.scim.patch(id, { op: 'replace', path: paths[i % 7], value: `${i}-${paths[i % 7]}` })),
      ),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
    const user = (await host.scim.get(`/Users/${id}`)).json as unknown as Record<string, string>;
    for (const path of paths) expect(user[path]).to.match(new RegExp(`^\\d+-${path}$`));
  });
});
