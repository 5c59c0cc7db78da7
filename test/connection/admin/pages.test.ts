import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const all = ['create', 'update', 'deactivate', 'delete', 'scim', 'newCustomers'];
const on = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1']));

/** The value of a field that is to be copied. */
const copied = (text: string, id: string): string =>
  new RegExp(`<input[^>]*id="${id}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? '';

onBothEngines('Pages of connections', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  beforeEach(async () => {
    host = await openAdministeredHost(engine);
    browser = await host.enter();
  });
  afterEach(() => host.close());

  const connections = () => host.host.resolve(Connections);
  const byCode = (code: string) => connections().byCode(host.database, code);
  const settled = () => host.host.resolve(Activities).flush();
  const add = (fields: Record<string, string>) =>
    browser.send('/admin/connections/new?provider=okta', fields, '/admin/connections/new');
  const addOkta = () => add({ provider: 'okta', name: 'Okta', code: 'okta', website: 'base', ...on(all) });
  const ask = (token: string, path = '/Users?count=1', init: RequestInit = {}) =>
    fetch(`${host.url}/scim/v2${path}`, { ...init, headers: { authorization: token, ...init.headers } });

  it('add a connection in three steps, and tell its token in the last one alone', async () => {
    expect((await browser.get('/admin/connections/new')).text).to.include('/admin/connections/new?provider=entra');
    const made = await add({ provider: 'okta', name: 'Okta of Acme', code: 'okta', website: 'base', ...on(['scim']) });
    expect(made.status).to.equal(200);
    const token = copied(made.text, 'token');
    expect(token).to.match(/^vsb_/);
    expect(copied(made.text, 'header')).to.equal(`Bearer ${token}`);
    expect(copied(made.text, 'base-url')).to.match(/\/scim\/v2$/);
    expect(made.headers.get('cache-control')).to.equal('no-store');
    const { policy, profile } = await byCode('okta');
    expect({ profile, scim: policy.scim, create: policy.create }).to.deep.equal({
      profile: 'okta',
      scim: true,
      create: false,
    });
    for (const path of ['', '/guide', '/policies', '/requests']) {
      const { text, status } = await browser.get(`/admin/connections/okta${path}`);
      expect(status).to.equal(200);
      expect(text).not.to.include(token);
    }
  });

  it('say at its field what is wrong with a new connection, and keep what was typed', async () => {
    const { status, text } = await add({ provider: 'okta', name: 'Kept <b>', code: 'Not good', website: 'base' });
    expect(status).to.equal(422);
    expect(text).to.include('href="#field-code"').and.include('value="Kept &lt;b>"');
    expect((await add({ provider: 'okta', name: 'Taken', code: 'default', website: 'base' })).text).to.include(
      'exists already',
    );
    expect((await add({ provider: 'okta', name: 'Page', code: 'new', website: 'base' })).text).to.include('reserved');
  });

  it('name the values as the identity provider does', async () => {
    for (const [provider, words] of [
      ['entra', 'Secret Token'],
      ['miniorange', 'Bearer Token'],
      ['jumpcloud', 'Token Key'],
    ] as const) {
      const { text } = await add({ provider, name: provider, code: provider, website: 'base', ...on(all) });
      expect(text).to.include('SCIM Base URL').and.include('SCIM Bearer Token').and.include('Authorization Header');
      expect(text).to.include(`<strong>${words}</strong>`);
    }
  });

  it('wait for the first request, then say what came in plain words', async () => {
    const token = copied((await addOkta()).text, 'token');
    expect((await browser.get('/admin/connections/okta/requests')).text).to.include('Waiting for the first request');
    expect((await ask(token)).status).to.equal(200);
    await settled();
    const { text } = await browser.get('/admin/connections/okta');
    expect(text).not.to.include('Waiting for the first request');
    expect(text)
      .to.include('Looked for users')
      .and.include('The token came without &quot;Bearer&quot;; it was accepted.');
  });

  it('stop looking by themselves after five minutes, so that no session is kept alive', async () => {
    await addOkta();
    expect((await browser.get('/admin/connections/okta/requests?look=74')).text).to.include('look=75');
    expect((await browser.get('/admin/connections/okta/requests?look=75')).text).not.to.include('hx-get');
  });

  it('switch an operation off, which the next request is told', async () => {
    const token = copied((await addOkta()).text, 'token');
    const left = all.filter((name) => name !== 'create');
    const saved = await browser.send('/admin/connections/okta', on(left));
    expect(saved.location).to.equal('/admin/connections/okta');
    const { policy } = await byCode('okta');
    expect(all.filter((name) => policy[name as 'create'])).to.deep.equal(left);
    // Running servers remember a connection for five seconds.
    host.advance(6);
    const refused = await ask(`Bearer ${token}`, '/Users', {
      method: 'POST',
      headers: { 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'mia' }),
    });
    expect(refused.status).to.equal(403);
    await settled();
    expect((await browser.get('/admin/connections/okta')).text)
      .to.include('Tried to create')
      .and.include('Create is off for the connection');
  });

  it('rotate a token in steps, cancel, complete, and revoke', async () => {
    const first = copied((await addOkta()).text, 'token');
    const rotate = async () =>
      copied(
        (await browser.send('/admin/connections/okta/tokens/rotate', { name: 'second', overlap: 'step' })).text,
        'token',
      );
    const works = async (token: string) => {
      host.advance(6);
      return (await ask(`Bearer ${token}`)).status === 200;
    };
    const second = await rotate();
    expect([await works(first), await works(second)]).to.deep.equal([true, true]);
    await browser.send('/admin/connections/okta/tokens/rotation/cancel', {});
    expect([await works(first), await works(second)]).to.deep.equal([true, false]);
    const third = await rotate();
    await browser.send('/admin/connections/okta/tokens/rotation/complete', {});
    expect([await works(first), await works(third)]).to.deep.equal([false, true]);
    const { text } = await browser.get('/admin/connections/okta');
    const path = /\/admin\/connections\/okta\/tokens\/\w+\/revoke/.exec(text)?.[0] ?? '';
    expect((await browser.get(path)).text).to.include('Revoke the token second?');
    await browser.send(path, {});
    expect(await works(third)).to.equal(false);
  });

  it('make a token with scopes, addresses and an end, or say what is wrong with them', async () => {
    await addOkta();
    const path = '/admin/connections/okta/tokens/new';
    const wrong = await browser.send(path, { name: 'narrow', expires: '30d', addresses: 'here' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).not.to.include('vsb_');
    const made = await browser.send(path, {
      name: 'narrow',
      expires: '30d',
      addresses: '192.0.2.0/24',
      scope: ['users:read'],
    });
    expect(copied(made.text, 'token')).to.match(/^vsb_/);
    const { text } = await browser.get('/admin/connections/okta');
    expect(text).to.include('users:read').and.include('from 192.0.2.0/24');
  });

  it('save policies, and say at its field what no policy can be', async () => {
    const page = '/admin/connections/default/policies';
    const fields = {
      name: 'Default',
      profile: 'okta',
      match: 'ask',
      groups: 'match',
      visibility: 'website',
      deactivation: 'lock',
      deletion: 'anonymise',
      missingEmail: 'refuse',
      welcomeMail: 'none',
      verifiedDomains: 'Example.com, @example.org',
      scope: 'userType eq "Employee"',
      defaultGroup: 'Wholesale',
      guardPercent: '5',
      guardAtLeast: '3',
      guardMost: '50',
      addresses: '192.0.2.1',
      requestsPerSecond: '20',
      passwords: '1',
    };
    expect((await browser.send(page, fields)).location).to.equal(page);
    const { match, profile, policy } = await byCode('default');
    expect({ match, profile }).to.deep.equal({ match: 'ask', profile: 'okta' });
    expect(policy).to.include({
      scope: 'userType eq "Employee"',
      guard: false,
      passwords: true,
      guardMost: 50,
      defaultGroup: 'Wholesale',
      requestsPerSecond: 20,
    });
    expect(policy.verifiedDomains).to.deep.equal(['example.com', 'example.org']);
    for (const [field, text] of [
      ['scope', 'no filter'],
      ['defaultGroup', 'Nobody'],
      ['guardPercent', '200'],
      ['addresses', 'here'],
      ['name', ''],
      ['verifiedDomains', 'not a domain!'],
    ] as const) {
      const answer = await browser.send(page, { ...fields, [field]: text });
      expect(answer.status, field).to.equal(422);
      expect(answer.text).to.include(`id="field-${field}-error"`);
    }
  });

  it('pause and resume', async () => {
    await browser.send('/admin/connections/default/pause', {});
    expect((await byCode('default')).active).to.equal(false);
    expect((await browser.get('/admin/connections')).text).to.include('Paused');
    await browser.send('/admin/connections/default/policies', {}, '/admin/connections/default/resume');
    expect((await byCode('default')).active).to.equal(true);
  });

  it('tick steps of the guide from what has come in', async () => {
    const token = copied((await addOkta()).text, 'token');
    const ticks = async () =>
      ((await browser.get('/admin/connections/okta/guide')).text.match(/\(done\)/g) ?? []).length;
    expect(await ticks()).to.equal(0);
    await ask(`Bearer ${token}`);
    await settled();
    expect(await ticks()).to.equal(2);
    await ask(`Bearer ${token}`, '/Users', {
      method: 'POST',
      headers: { 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'mia@example.com' }),
    });
    expect(await ticks()).to.equal(4);
  });

  it('have a guide for every identity provider and every way of miniOrange', async () => {
    for (const provider of [
      'miniorange',
      'entra',
      'onelogin',
      'pingone',
      'jumpcloud',
      'google',
      'centrify',
      'generic',
    ]) {
      await add({ provider, name: provider, code: `${provider}-1`, website: 'base', ...on(all) });
      const { text, status } = await browser.get(`/admin/connections/${provider}-1/guide`);
      expect(status).to.equal(200);
      expect(text).to.include('/scim/v2').and.not.include('{baseUrl}').and.not.include('**');
      expect(/What [\w ]+ does</.test(text), provider).to.equal(provider !== 'generic');
    }
    const { text } = await browser.get('/admin/connections/miniorange-1/guide?way=bigcommerce');
    expect(text).to.include('state_or_province');
  });

  it('show what a name says as text, whatever it says', async () => {
    await host.database.transaction((tx) =>
      connections().change(tx, 'default', { name: '<img src=x onerror=alert(1)>' }),
    );
    for (const path of ['', '/default', '/default/policies', '/default/guide', '/default/requests', '/default/pause'])
      expect((await browser.get(`/admin/connections${path}`)).text).not.to.include('<img');
  });

  it('answer 404 for a connection that is not there', async () => {
    for (const path of ['', '/policies', '/guide', '/requests', '/pause', '/tokens/new', '/tokens/abc/revoke'])
      expect((await browser.get(`/admin/connections/none${path}`)).status, path).to.equal(404);
  });

  it('are for those whose role allows it', async () => {
    const viewer = await host.enter(['connection::view']);
    const { text, status } = await viewer.get('/admin/connections/default');
    expect(status).to.equal(200);
    expect(text).not.to.include('Rotate Token').and.not.include('Save Config');
    for (const path of ['/new', '/default/pause', '/default/tokens/new'])
      expect((await viewer.get(`/admin/connections${path}`)).status, path).to.equal(403);
    const clerk = await host.enter(['admin::users']);
    expect((await clerk.get('/admin/connections')).status).to.equal(403);
  });

  it('change nothing without the token of the form', async () => {
    expect((await browser.post('/admin/connections/default', {})).status).to.equal(403);
    expect((await byCode('default')).policy.scim).to.equal(true);
  });

  it('ask for the password before a token is made long after the login', async () => {
    await host.database.run(sql`UPDATE {vestibule_admin_session} SET confirmed_at = ${'2020-01-01 00:00:00'}`);
    const { text } = await browser.send('/admin/connections/default/tokens/new', { name: 'late', scope: 'users:read' });
    expect(text).to.include('Your Password').and.not.include('vsb_');
  });

  it('keep to ten statements, however many connections there are', async () => {
    for (let at = 0; at < 12; at++) await host.connect(`more-${at}`);
    const count = countStatements(host.database);
    const cost: Record<string, number> = {};
    for (const path of ['', '/default', '/default/policies', '/default/guide', '/default/requests', '/new']) {
      await browser.get(`/admin/connections${path}`);
      count.reset();
      await browser.get(`/admin/connections${path}`);
      if (count.statements.length > 10) cost[path] = count.statements.length;
    }
    count.stop();
    expect(cost).to.deep.equal({});
  });
});
