import { expect } from 'chai';
import { Roles } from '../../../modules/admin/role/role.ts';
import { actorOf, defineModule, route } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Administration, openAdministration, password } from '../administration.ts';

const shop = defineModule({
  name: 'shop',
  version: '1.0.0',
  sequence: ['admin'],
  acl: { 'shop::read': 'See', 'shop::write': 'Change' },
  routes: [
    route('GET /admin/api/v1/shop', {
      area: 'admin',
      acl: 'shop::read',
      handle: (request, response) => void response.json({ by: actorOf(request)?.name }),
    }),
    route('POST /admin/api/v1/shop', {
      area: 'admin',
      acl: 'shop::write',
      reads: 'json',
      handle: (request, response) => void response.json(request.body),
    }),
    route('POST /admin/api/v1/shop/tokens', {
      area: 'admin',
      acl: 'shop::write',
      reads: 'json',
      fresh: true,
      handle: (_request, response) => void response.json({}),
    }),
    route('GET /admin/shop', { area: 'admin', acl: 'shop::read', handle: (_, response) => void response.json({}) }),
  ],
});

onBothEngines('Access', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine, { modules: [shop] });
    await store.database.transaction((tx) =>
      store.host.resolve(Roles).create(tx, { name: 'Reader', everything: false, resources: ['shop::read'] }),
    );
    await store.make('reader', 'Reader');
  });
  after(() => store.close());

  const ask = (path: string, init: RequestInit = {}) => fetch(store.url + path, { redirect: 'manual', ...init });
  const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  async function bearer(user: string): Promise<string> {
    const answer = await ask('/admin/api/v1/token', json({ user, password }));
    expect(answer.status).to.equal(201);
    const { token, expiresIn } = (await answer.json()) as { token: string; expiresIn: number };
    expect(expiresIn).to.equal(4 * 3600);
    return `Bearer ${token}`;
  }

  it('is refused with 401 to programs and with the login to people', async () => {
    expect((await ask('/admin/api/v1/shop')).status).to.equal(401);
    expect((await ask('/admin/shop', { headers: { accept: 'text/html' } })).status).to.equal(303);
  });

  it('follows the role: what it allows is granted, anything else is 403', async () => {
    const reader = await store.enter('reader');
    expect((await reader.get('/admin/shop')).status).to.equal(200);
    const refused = await reader.get('/admin/users');
    expect(refused.status).to.equal(403);
    expect(refused.text).to.include('You are not allowed to do this').and.not.include('Users &amp; Roles');
    expect((await (await store.enter()).get('/admin/users')).status).to.equal(200);
  });

  it('by a bearer is for the API alone, and names who it is', async () => {
    const authorization = await bearer('reader');
    const read = await ask('/admin/api/v1/shop', { headers: { authorization } });
    expect([read.status, await read.json()]).to.deep.equal([200, { by: 'reader' }]);
    expect((await ask('/admin/api/v1/shop', json({}, { authorization }))).status).to.equal(403);
    expect((await ask('/admin/shop', { headers: { authorization } })).status).to.equal(401);
    expect(
      (await ask('/admin/shop', { headers: { cookie: `vestibule_admin=${authorization.slice(7)}` } })).status,
    ).to.equal(401);
  });

  it('by a bearer needs no form token, because no browser sends it on its own; by a cookie it does', async () => {
    const authorization = await bearer('anna');
    expect((await ask('/admin/api/v1/shop', json({ a: 1 }, { authorization }))).status).to.equal(200);
    const anna = await store.enter();
    const cookie = [...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await ask('/admin/api/v1/shop', json({ a: 1 }, { cookie }))).status).to.equal(403);
    const { text } = await anna.get('/admin');
    const token = /name="_token" value="([^"]+)"/.exec(text)?.[1] ?? '';
    expect((await ask('/admin/api/v1/shop', json({ a: 1 }, { cookie, 'x-csrf-token': token }))).status).to.equal(200);
  });

  it('to dangerous acts needs a bearer made within five minutes', async () => {
    const authorization = await bearer('anna');
    const act = async () => {
      const answer = await ask('/admin/api/v1/shop/tokens', json({}, { authorization }));
      return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code];
    };
    expect(await act()).to.deep.equal([200, undefined]);
    store.wait(5 * 60 - 1);
    expect(await act()).to.deep.equal([200, undefined]);
    store.wait(1);
    expect(await act()).to.deep.equal([403, 'CONFIRMATION_NEEDED']);
  });

  it('to dangerous acts asks a browser for the password, and then does what was asked', async () => {
    const anna = await store.enter();
    store.wait(5 * 60);
    const fields = { name: 'Clerk', access: 'chosen', resource: ['shop::read', 'shop::write'] };
    const asked = await anna.send('/admin/roles/new', fields);
    expect(asked.status).to.equal(403);
    const carried = [
      ...(asked.text.split('<main')[1] ?? '').matchAll(/type="hidden" name="(?!_)([^"]+)" value="([^"]+)"/g),
    ].map((m) => [m[1], m[2]]);
    expect(carried).to.deep.equal([
      ['name', 'Clerk'],
      ['access', 'chosen'],
      ['resource', 'shop::read'],
      ['resource', 'shop::write'],
    ]);
    const wrong = await anna.send('/admin/roles/new', { ...fields, _password: 'wrong-1' });
    expect(wrong.text).to.include('The password is not right');
    const done = await anna.send('/admin/roles/new', { ...fields, _password: password });
    expect(done.status).to.equal(303);
    const roles = await store.host.resolve(Roles).list(store.database);
    expect(roles.map(({ name }) => name)).to.include('Clerk');
    expect((await anna.send('/admin/roles/new', { ...fields, name: 'Second' })).status).to.equal(303);
  });

  it('by a bearer ends when it is given back, and after four hours', async () => {
    const [one, two] = [await bearer('anna'), await bearer('anna')];
    const ended = await ask('/admin/api/v1/token', { method: 'DELETE', headers: { authorization: one } });
    expect(ended.status).to.equal(204);
    expect((await ask('/admin/api/v1/shop', { headers: { authorization: one } })).status).to.equal(401);
    store.wait(4 * 3600 - 1);
    expect((await ask('/admin/api/v1/shop', { headers: { authorization: two } })).status).to.equal(200);
    store.wait(1);
    expect((await ask('/admin/api/v1/shop', { headers: { authorization: two } })).status).to.equal(401);
  });

  it('of a program is refused with a wrong password', async () => {
    const answer = await ask('/admin/api/v1/token', json({ user: 'anna', password: 'wrong-1' }));
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).to.deep.equal([
      401,
      'LOGIN_REFUSED',
    ]);
  });
});
