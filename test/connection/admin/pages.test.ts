import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { reached } from '../../../modules/connection/admin/guide/milestones.ts';
import { identityProviders } from '../../../modules/connection/admin/identity-provider.ts';
import { Connections, TokenVerifier } from '../../../modules/connection/index.ts';
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
  /** Of the connection that a test adds. */
  let code: string;
  let tests = 0;
  before(async () => {
    host = await openAdministeredHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    browser = await host.enter();
    code = `okta-${++tests}`;
  });

  const connections = () => host.host.resolve(Connections);
  const byCode = (code: string) => connections().byCode(host.database, code);
  const settled = () => host.host.resolve(Activities).flush();
  const add = (fields: Record<string, string>) =>
    browser.send('/admin/connections/new?provider=okta', fields, '/admin/connections/new');
  const addOkta = () => add({ provider: 'okta', name: 'Okta', code, website: 'base', ...on(all) });
  const ask = (token: string, path = '/Users?count=1', init: RequestInit = {}) =>
    fetch(`${host.url}/scim/v2${path}`, { ...init, headers: { authorization: token, ...init.headers } });

  it('add a connection in three steps, and tell its token in the last one alone', async () => {
    expect((await browser.get('/admin/connections/new')).text).to.include('/admin/connections/new?provider=entra');
    const made = await add({ provider: 'okta', name: 'Okta of Acme', code, website: 'base', ...on(['scim']) });
    expect(made.status).to.equal(200);
    const token = copied(made.text, 'token');
    expect(token).to.match(/^vsb_/);
    expect(copied(made.text, 'header')).to.equal(`Bearer ${token}`);
    expect(copied(made.text, 'base-url')).to.match(/\/scim\/v2$/);
    expect(made.headers.get('cache-control')).to.equal('no-store');
    const { policy, profile } = await byCode(code);
    expect({ profile, scim: policy.scim, create: policy.create }).to.deep.equal({
      profile: 'okta',
      scim: true,
      create: false,
    });
    for (const path of ['', '/guide', '/policies', '/requests']) {
      const { text, status } = await browser.get(`/admin/connections/${code}${path}`);
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

  it('lead from a directory to the provider that reads it, and to the way of its guide that begins there', async () => {
    expect((await browser.get('/admin/connections/new')).text).to.include(
      'href="/admin/connections/new?from=directory"',
    );
    const tiles = (await browser.get('/admin/connections/new?from=directory')).text;
    expect(tiles).to.include('/admin/connections/new?provider=okta&amp;from=directory');
    const form = (await browser.get('/admin/connections/new?provider=okta&from=directory')).text;
    expect(form).to.include('<input type="hidden" name="from" value="directory"');
    const asked = { name: 'Staff', website: 'base', from: 'directory', ...on(all) };
    const made = await add({ ...asked, provider: 'okta', code });
    expect(made.text).to.include(`href="/admin/connections/${code}/guide?way=from-directory"`);
    const guide = (await browser.get(`/admin/connections/${code}/guide?way=from-directory`)).text;
    expect(guide).to.include('Add LDAP Directory').and.include('Turn SCIM on').and.include('Disable somebody');
    const other = await add({ ...asked, provider: 'generic', code: `${code}-g` });
    expect(other.text).to.include(`href="/admin/connections/${code}-g/guide?way=directory"`);
  });

  it('take the scope of a new connection, and make nothing of one that can not be', async () => {
    const asked = { provider: 'okta', name: 'Staff', code, website: 'base', ...on(all) };
    const form = (await browser.get('/admin/connections/new?provider=okta')).text;
    expect(form).to.include('<option value="Wholesale"').and.not.include('<option value="NOT LOGGED IN"');
    for (const [field, text, said] of [
      ['scope', 'userType is Employee', 'is no filter over users'],
      ['defaultGroup', 'Nobody', 'There is no customer group'],
    ] as const) {
      const refused = await add({ ...asked, [field]: text });
      expect([refused.status, refused.text.includes('vsb_')]).to.deep.equal([422, false]);
      expect(refused.text).to.include(`id="field-${field}-error"`).and.include(said).and.include(`value="${text}"`);
    }
    expect((await connections().list(host.database)).map((made) => made.code)).not.to.include(code);
    await add({ ...asked, scope: 'userType eq "Employee"', defaultGroup: 'Wholesale' });
    expect((await byCode(code)).policy).to.include({
      scope: 'userType eq "Employee"',
      defaultGroup: 'Wholesale',
      scim: true,
    });
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
    expect((await browser.get(`/admin/connections/${code}/requests`)).text).to.include('Waiting for the first request');
    expect((await ask(token)).status).to.equal(200);
    await settled();
    const { text } = await browser.get(`/admin/connections/${code}`);
    expect(text).not.to.include('Waiting for the first request');
    expect(text)
      .to.include('Looked for users')
      .and.include('The token came without &quot;Bearer&quot;; it was accepted.');
  });

  it('say that a token came which nobody has, while one waits for its first use', async () => {
    const token = copied((await addOkta()).text, 'token');
    const panel = async () => (await browser.get(`/admin/connections/${code}/requests`)).text;
    const mistyped = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
    await ask(mistyped, '/Users', { headers: { 'user-agent': 'Okta <1>' } });
    await settled();
    expect(await panel())
      .to.include('Waiting for the first request')
      .and.include('A request came with a token that this store does not know')
      .and.include('Was it Okta?')
      .and.match(/It came from 127\.0\.0\.1, by Okta &lt;1/);
    await ask(token);
    await settled();
    await host.host.resolve(TokenVerifier).flush();
    expect(await panel()).not.to.include('does not know');
    await browser.send(`/admin/connections/${code}/tokens/rotate`, { name: 'second', overlap: 'step' });
    expect(await panel()).to.include('does not know');
    host.advance(16 * 60);
    // A session has ended by then.
    browser = await host.enter();
    expect(await panel())
      .to.include('Requests')
      .and.not.include('does not know');
  });

  it('stop looking by themselves after five minutes, so that no session is kept alive', async () => {
    await addOkta();
    expect((await browser.get(`/admin/connections/${code}/requests?look=74`)).text).to.include('look=75');
    expect((await browser.get(`/admin/connections/${code}/requests?look=75`)).text).not.to.include('hx-get');
  });

  it('switch an operation off, which the next request is told', async () => {
    const token = copied((await addOkta()).text, 'token');
    const left = all.filter((name) => name !== 'create');
    const saved = await browser.send(`/admin/connections/${code}`, on(left));
    expect(saved.location).to.equal(`/admin/connections/${code}`);
    const { policy } = await byCode(code);
    expect(all.filter((name) => policy[name as 'create'])).to.deep.equal(left);
    // Running servers remember a connection for five seconds.
    host.advance(6);
    for (const userName of ['mia', 'leo']) {
      const refused = await ask(`Bearer ${token}`, '/Users', {
        method: 'POST',
        headers: { 'content-type': 'application/scim+json' },
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
      });
      expect(refused.status).to.equal(403);
    }
    await settled();
    const { text } = await browser.get(`/admin/connections/${code}`);
    expect(text).to.include('Tried to create').and.include('For the same reason.');
    expect(text.match(/Create is off for the connection/g)).to.have.length(1);
    const list = (await browser.get('/admin/connections')).text;
    expect(list).to.include(`<a href="/admin/connections/${code}/activity?status=failure">2</a>`);
  });

  it('rotate a token in steps, cancel, complete, and revoke', async () => {
    const first = copied((await addOkta()).text, 'token');
    const rotate = async () =>
      copied(
        (await browser.send(`/admin/connections/${code}/tokens/rotate`, { name: 'second', overlap: 'step' })).text,
        'token',
      );
    const works = async (token: string) => {
      host.advance(6);
      return (await ask(`Bearer ${token}`)).status === 200;
    };
    const second = await rotate();
    expect([await works(first), await works(second)]).to.deep.equal([true, true]);
    await browser.send(`/admin/connections/${code}/tokens/rotation/cancel`, {});
    expect([await works(first), await works(second)]).to.deep.equal([true, false]);
    const third = await rotate();
    await browser.send(`/admin/connections/${code}/tokens/rotation/complete`, {});
    expect([await works(first), await works(third)]).to.deep.equal([false, true]);
    const { text } = await browser.get(`/admin/connections/${code}`);
    const path = /\/admin\/connections\/okta-\d+\/tokens\/\w+\/revoke/.exec(text)?.[0] ?? '';
    expect((await browser.get(path)).text).to.include('Revoke the token second?');
    await browser.send(path, {});
    expect(await works(third)).to.equal(false);
  });

  it('record what is done with tokens under the name of who did it', async () => {
    await addOkta();
    const at = `/admin/connections/${code}/tokens`;
    const fields = { name: 'second', expires: '', addresses: '', scope: ['users:read'] };
    const made = copied((await browser.send(`${at}/new`, fields)).text, 'token');
    await browser.send(`${at}/${made.split('_')[1]}/revoke`, {});
    for (const step of ['cancel', 'complete']) {
      await browser.send(`${at}/rotate`, { name: 'next', expires: '', overlap: 'step' });
      await browser.send(`${at}/rotation/${step}`, {});
    }
    const { id } = await byCode(code);
    const records = (await host.records()).filter(({ connectionId }) => connectionId === id).reverse();
    expect(new Set(records.map(({ actor }) => actor)).size).to.equal(1);
    expect(records[0]?.actor).to.match(/^anna\d+$/);
    expect(records.map(({ operation }) => operation)).to.deep.equal([
      ...['connection.create', 'token.create', 'token.create', 'token.revoke'],
      ...['token.rotation-start', 'token.rotation-cancel', 'token.rotation-start', 'token.rotation-complete'],
    ]);
  });

  it('make a token with scopes, addresses and an end, or say what is wrong with them', async () => {
    await addOkta();
    const path = `/admin/connections/${code}/tokens/new`;
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
    const { text } = await browser.get(`/admin/connections/${code}`);
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

  it('tick steps of the guide from what has come in, and those before them that nothing tells of', async () => {
    const token = copied((await addOkta()).text, 'token');
    const guide = `/admin/connections/${code}/guide`;
    const ticks = async () =>
      [...(await browser.get(guide)).text.matchAll(/<span class="tick is-ticked" id="guide-tick-(\d+)"/g)].map(
        ([, step]) => Number(step),
      );
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'mia@example.com' };
    const json = { 'content-type': 'application/scim+json' };
    expect(await ticks()).to.deep.equal([]);
    await ask(`Bearer ${token}`);
    await settled();
    expect(await ticks()).to.deep.equal([1, 2, 3, 4]);
    await ask(`Bearer ${token}`, '/Users', { method: 'POST', headers: json, body: JSON.stringify(user) });
    expect(await ticks()).to.deep.equal([1, 2, 3, 4, 5, 6, 8]);
  });

  it('renew the ticks of the guide with the panel, of the way that is shown', async () => {
    await addOkta();
    const { text } = await browser.get(`/admin/connections/${code}/guide?way=okta&look=3`);
    expect(text).to.include(`hx-get="/admin/connections/${code}/guide?way=okta&amp;look=4"`);
    expect(text).to.include('hx-select-oob="#guide-tick-1,#guide-tick-2');
  });

  it('show the way from a directory in every guide, and tick that somebody was disabled', async () => {
    for (const { profile } of identityProviders) {
      const made = `${code}-${profile}`;
      await add({ provider: profile, name: profile, code: made, website: 'base', ...on(all) });
      const way = profile === 'generic' ? 'directory' : 'from-directory';
      const { text } = await browser.get(`/admin/connections/${made}/guide?way=${way}`);
      expect(text, profile).to.match(
        new RegExp(`href="/admin/connections/${made}/guide\\?way=${way}" aria-current="page"`),
      );
      expect(text, profile).to.include('Disable somebody').and.not.include('**');
    }
    expect([...reached({ contacted: true, users: 1, operations: ['user.deactivate'] })]).to.include('deactivated');
    expect([...reached({ contacted: true, users: 1, operations: ['user.patch'] })]).not.to.include('deactivated');
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
