import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { type SetupLinkMail, setupLinkTemplate } from '../../../modules/connection/setup/mail.tsx';
import { SetupLinks } from '../../../modules/connection/setup/setup-link.ts';
import { countStatements, createLogger, sql } from '../../../modules/framework/index.ts';
import { renderLetter } from '../../../modules/mail/index.ts';
import mail from '../../../modules/mail/module.ts';
import { type BrowserVisitor, visitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const invitations = '/admin/connections/default/invitations';
const copied = (text: string, id: string): string =>
  new RegExp(`<input[^>]*id="${id}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? '';

onBothEngines('A setup link', (engine) => {
  let host: AdministeredHost;
  let admin: BrowserVisitor;
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', json: true, write: (line) => void lines.push(line) });
  before(async () => {
    host = await openAdministeredHost(engine, [mail], { logger });
    admin = await host.enter();
  });
  after(() => host.close());

  /** Makes a link and answers its path, `/setup/…`. */
  async function invite(fields: Record<string, string> = {}): Promise<string> {
    const { text, status } = await admin.send(`${invitations}/new`, { name: 'Dana', days: '7', ...fields });
    expect(status).to.equal(200);
    return new URL(copied(text, 'setup-link')).pathname;
  }
  const work = (path: string, page = ''): string => `${path.slice(0, path.indexOf('-'))}${page}`;

  /** A browser that has opened the link and begun. */
  async function begun(path: string): Promise<BrowserVisitor> {
    const browser = visitor(host.url);
    expect((await browser.get(path)).location).to.equal(work(path));
    await browser.send(work(path), {});
    return browser;
  }
  const token = async (browser: BrowserVisitor, path: string) =>
    browser.send(work(path, '/guide'), {}, work(path, '/token'));
  const ask = (bearer: string) =>
    fetch(`${host.url}/scim/v2/Users?count=1`, { headers: { authorization: `Bearer ${bearer}` } });

  it('is shown once, and neither the database nor the log tells it', async () => {
    const path = await invite();
    const secret = path.slice(path.indexOf('-') + 1);
    expect(Buffer.from(secret, 'base64url')).to.have.length(32);
    const browser = await begun(path);
    await browser.get(`${path}x`);
    await browser.get(work(path, '/nothing'));
    await browser.get(`/setup/%E0%A4%A-${secret}`);
    const session = browser.cookies.get(`vestibule_setup_${path.slice(7, 15)}`) ?? '';
    const rows = JSON.stringify(await host.rows(sql`SELECT * FROM {vestibule_setup_link}`));
    const records = JSON.stringify(await host.records());
    for (const known of [secret, session])
      for (const place of [rows, records, lines.join('')]) expect(place).not.to.include(known);
    expect((await admin.get('/admin/connections/default/guide')).text).not.to.include(secret);
  });

  it('leaves the address before anything is shown, and is told to no other site or search engine', async () => {
    const path = await invite();
    const browser = visitor(host.url);
    const opened = await browser.get(path);
    expect(opened.status).to.equal(303);
    expect(opened.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(opened.headers.get('cache-control')).to.equal('no-store');
    expect(opened.headers.getSetCookie().join())
      .to.match(/HttpOnly/i)
      .and.match(/SameSite=Lax/i);
    const shown = await browser.get(opened.location ?? '');
    expect(shown.headers.get('x-robots-tag')).to.equal('noindex, nofollow');
    expect(shown.headers.get('content-security-policy')).to.include("default-src 'none'");
    expect(shown.text).not.to.include(path.slice(path.indexOf('-')));
    await browser.send(work(path), {});
    const other = await visitor(host.url).get(path);
    expect([other.status, other.headers.get('referrer-policy')]).to.deep.equal([410, 'no-referrer']);
  });

  it('is not used up by programs that only look at it, but by the first browser that begins', async () => {
    const path = await invite();
    const [first, second] = [visitor(host.url), visitor(host.url)];
    for (const browser of [first, second]) {
      await browser.get(path);
      expect((await browser.get(work(path))).text).to.include('Begin');
    }
    expect((await first.send(work(path), {})).location).to.equal(work(path, '/guide'));
    const late = await second.get(work(path));
    expect(late.status).to.equal(410);
    expect(late.text).to.include('This link was used already');
    expect((await second.get(work(path, '/guide'))).status).to.equal(410);
    expect((await visitor(host.url).get(path)).text).to.include('This link was used already');
    expect((await visitor(host.url).get(work(path, '/guide'))).status).to.equal(404);
    expect((await first.get(path)).location).to.equal(work(path, '/guide'));
  });

  it('is taken by one of many browsers that begin at once', async () => {
    const path = await invite();
    const browsers = Array.from({ length: 8 }, () => visitor(host.url));
    const forms = await Promise.all(
      browsers.map(async (browser) => {
        await browser.get(path);
        return /name="_token" value="([^"]+)"/.exec((await browser.get(work(path))).text)?.[1] ?? '';
      }),
    );
    const answers = await Promise.all(
      browsers.map((browser, at) => browser.post(work(path), { _token: forms[at] ?? '' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([303, ...Array(7).fill(410)]);
  });

  /** A mistyped token is nobody's: guests are told that one came, not where others come from. */
  async function saysMistyped(browser: BrowserVisitor, path: string, made: string): Promise<void> {
    await ask(`${made.slice(0, -1)}${made.endsWith('a') ? 'b' : 'a'}`);
    await host.records();
    const { text } = await browser.get(work(path, '/guide'));
    expect(text).to.include('A request came with a token that this store does not know');
    expect(text).not.to.include('It came from');
    expect(text).to.match(/hx-select-oob="#guide-tick-1,[^"]*#token-use"/);
    expect(text).to.include('id="token-use"').and.include('has not used it yet');
    expect((await browser.get(work(path, '/requests'))).text).not.to.include('It came from');
    expect((await admin.get('/admin/connections/default/requests')).text).to.include('It came from 127.0.0.1');
  }

  it('gives the guide and one token, which begins a rotation where one works already', async () => {
    const path = await invite();
    const browser = await begun(path);
    const guide = (await browser.get(work(path, '/guide'))).text;
    expect(guide).to.include('/scim/v2').and.include('Waiting for the first request');
    // What an administrator of the store is sent to does not exist for guests: they are told whom to ask.
    expect(guide).to.include('Whoever invited you changes the switch').and.not.include('SCIM Configuration');
    expect((await admin.get('/admin/connections/default/guide')).text).to.include('on SCIM Configuration');
    const made = copied((await token(browser, path)).text, 'token');
    await saysMistyped(browser, path, made);
    expect([(await ask(made)).status, (await ask(host.token)).status]).to.deep.equal([200, 200]);
    expect((await browser.post(work(path, '/token'), {})).status, 'without the form’s token').to.equal(403);
    const again = await browser.send(work(path, '/finish'), {}, work(path, '/token'));
    expect([again.status, again.text.includes('vsb_')]).to.deep.equal([303, false]);
    const [{ operation, actor } = { operation: '', actor: '' }] = (await host.records()).filter(
      (record) => record.operation === 'setup-link.token',
    );
    expect({ operation, actor }).to.deep.equal({ operation: 'setup-link.token', actor: 'setup link of Dana' });

    const third = await begun(await invite({ name: 'Third' }));
    const [thirdId] = [...third.cookies.keys()].filter((name) => name.startsWith('vestibule_setup_'));
    const refused = await third.send(`/setup/${thirdId?.slice(-8)}/guide`, {}, `/setup/${thirdId?.slice(-8)}/token`);
    expect(refused.status).to.equal(409);
    expect(refused.text).to.include('Two tokens of this connection work already').and.not.include('id="token"');
  });

  it('checks everything from what has come in, and makes no user for it', async () => {
    const path = await invite();
    const browser = await begun(path);
    const { count } = await host.row<{ count: number }>(sql`SELECT COUNT(*) AS count FROM {customer_entity}`);
    const before = await browser.get(work(path, '/check'));
    expect(before.text).to.include('No user has come yet').and.include('when the first whole user comes');
    expect(await host.row(sql`SELECT COUNT(*) AS count FROM {customer_entity}`)).to.deep.equal({ count });
    await host.scim.create({ userName: 'mia@example.com', name: { givenName: 'Mia' } });
    await host.scim.post({ userName: 'mia@example.com' });
    await host.records();
    const after = (await browser.get(work(path, '/check'))).text;
    expect(after).to.include('1 user came.').and.include('Last name (name.familyName) did not come');
    expect(after)
      .to.include('Tried to create the user mia@example.com: 409')
      .and.include('Something is to be looked at');
    await admin.send('/admin/connections/default', { create: '1', update: '1', newCustomers: '1' });
    expect((await browser.get(work(path, '/check'))).text).to.include('Enable SCIM Provisioning is off in the store');
    const all = ['create', 'update', 'deactivate', 'delete', 'scim', 'newCustomers'];
    await admin.send('/admin/connections/default', Object.fromEntries(all.map((name) => [name, '1'])));
  });

  it('costs ten statements a page at most', async () => {
    const path = await invite();
    const browser = await begun(path);
    const count = countStatements(host.database);
    const cost: Record<string, number> = {};
    for (const page of ['/guide', '/requests', '/check', '/finish', '/provider']) {
      await browser.get(work(path, page));
      count.reset();
      await browser.get(work(path, page));
      if (count.statements.length > 10) cost[page] = count.statements.length;
    }
    count.stop();
    expect(cost).to.deep.equal({});
  });

  it('ends with “I’m done”, which may end the token before, and shows the settings a last time', async () => {
    const { rows } = host;
    const [{ id = '' } = {}] = await rows<{ id: string }>(
      sql`SELECT public_id AS id FROM {vestibule_setup_link} WHERE token_public_id IS NOT NULL`,
    );
    const path = await invite({ name: 'Closer' });
    const browser = await begun(path);
    // The token of the test before was made with another link: this one may not end what stood before it.
    expect((await browser.get(work(path, '/finish'))).text).not.to.include('endOld');
    await host.database.run(
      sql`UPDATE {vestibule_setup_link} SET token_public_id = (SELECT token_public_id FROM (SELECT * FROM {vestibule_setup_link}) l WHERE l.public_id = ${id}) WHERE public_id = ${work(path).slice(7)}`,
    );
    host.advance(70);
    await host.database.run(sql`UPDATE {vestibule_connection_token} SET last_used_at = '2024-05-06 12:00:00'`);
    expect((await browser.get(work(path, '/finish'))).text).to.include('End the token before yours (first start)');
    const done = await browser.send(work(path, '/finish'), { endOld: '1' });
    expect(done.text).to.include('The token before yours has ended').and.include('Mass-deprovision guard');
    // What another room tells of the connection.
    expect(done.text).to.include('Attributes that are taken over').and.include('name.familyName');
    host.advance(6);
    expect((await ask(host.token)).status).to.equal(401);
    for (const page of ['', '/guide', '/check', '/finish', '/requests', '/provider'])
      expect((await browser.get(work(path, page))).status, page).to.equal(410);
    expect((await browser.get(path)).text).to.include('This set-up is finished');
  });

  it('lets the provider be chosen only where the administrator allowed it', async () => {
    const connections = host.host.resolve(Connections);
    const fixed = await invite();
    const bound = await begun(fixed);
    expect((await bound.get(work(fixed, '/provider'))).location).to.equal(work(fixed, '/guide'));
    const refused = await bound.send(work(fixed, '/guide'), { provider: 'okta' }, work(fixed, '/provider'));
    expect(refused.status).to.equal(403);
    expect((await connections.byCode(host.database, 'default')).profile).to.equal('generic');
    const open = await invite({ chooses: '1' });
    const free = await begun(open);
    await free.send(work(open, '/provider'), { provider: 'okta' });
    expect((await connections.byCode(host.database, 'default')).profile).to.equal('okta');
    expect((await free.get(work(open, '/guide'))).text).to.include('SCIM connector base URL');
    const [change] = (await host.records()).filter(({ operation }) => operation === 'connection.change');
    expect(change?.actor).to.equal('setup link of Dana');
  });

  it('opens nothing once it is revoked or has expired', async () => {
    const path = await invite();
    const browser = await begun(path);
    await admin.send(`${invitations}/${work(path).slice(7)}/revoke`, {});
    expect((await browser.get(work(path, '/guide'))).text).to.include('This link was taken back');
    const later = await invite({ days: '1' });
    const waiting = visitor(host.url);
    await waiting.get(later);
    host.advance(86_400);
    expect((await waiting.get(work(later))).text).to.include('This link has expired');
    expect((await waiting.get(later)).status).to.equal(410);
    expect((await waiting.get('/setup/abcdefgh')).status).to.equal(404);
    expect((await waiting.get(`${later}x`)).status).to.equal(404);
    admin = await host.enter();
  });

  it('is listed with its last use, and made by those only who may make tokens', async () => {
    const { text } = await admin.get('/admin/connections/default/guide');
    expect(text).to.include('Last used').and.include('Expired').and.include('Made by anna');
    const viewer = await host.enter(['connection::view']);
    expect((await viewer.get('/admin/connections/default/guide')).text).not.to.include('Invite');
    expect((await viewer.get(`${invitations}/new`)).status).to.equal(403);
    expect((await admin.send(`${invitations}/new`, { name: '', days: '99' })).status).to.equal(422);
    expect((await admin.get(`${invitations}/abcdefgh/revoke`)).status).to.equal(404);
  });

  it('asks for the password before it is made long after the login', async () => {
    await host.database.run(sql`UPDATE {vestibule_admin_session} SET confirmed_at = ${'2020-01-01 00:00:00'}`);
    expect((await admin.send(`${invitations}/new`, { name: 'Late', days: '7' })).text).to.include('Your Password');
    admin = await host.enter();
  });

  it('goes by mail to whoever it is for, and only the mail has it', async () => {
    const fields = { name: 'Mo', days: '7', mailTo: 'nobody' };
    expect((await admin.send(`${invitations}/new`, fields)).text).to.include('id="field-mailTo-error"');
    const sent = await admin.send(`${invitations}/new`, { ...fields, mailTo: 'mo@example.com' });
    expect(sent.location).to.equal('/admin/connections/default/guide');
    expect((await admin.get('/admin/connections/default/guide')).text).to.include('Mailed to mo@example.com');
    const { data, ...row } = await host.row<{ data: string }>(
      sql`SELECT template, to_address, topic, data FROM {vestibule_mail}`,
    );
    expect(JSON.stringify(row)).to.include('connection.setup-link').and.include('mo@example.com');
    expect(data).not.to.match(/[\w-]{43}/);
    const template = setupLinkTemplate(host.host.resolve(SetupLinks), 'http://vestibule.test');
    const store = { websiteId: 1, storeId: 1, name: 'Main', url: undefined };
    const write = () =>
      host.database.transaction((tx) => template.write(tx, JSON.parse(data) as SetupLinkMail, store, host.now()));
    const letter = await write();
    if ('withdrawn' in letter) throw new Error(letter.withdrawn);
    const [link = ''] = /\/setup\/[\w-]+/.exec(renderLetter(letter).html) ?? [];
    await begun(link);
    expect(await write()).to.have.property('withdrawn');
  });

  it('that goes by mail has its secret made when the mail is written, and anew until somebody begins', async () => {
    const links = host.host.resolve(SetupLinks);
    const connection = await host.host.resolve(Connections).byCode(host.database, 'default');
    const link = { name: 'Dana', expiresAt: new Date(host.now().getTime() + 1e6), mayChooseProvider: false };
    const renew = (id: string) => host.database.transaction((tx) => links.renew(tx, id, host.now()));
    const made = await host.database.transaction((tx) =>
      links.invite(tx, connection, { ...link, mailedTo: 'dana@example.com' }, 'anna', host.now()),
    );
    expect(made.text).to.equal(undefined);
    const [first, second] = [await renew(made.link.publicId), await renew(made.link.publicId)];
    expect((await visitor(host.url).get(`/setup/${first}`)).status).to.equal(404);
    await begun(`/setup/${second}`);
    expect(await renew(made.link.publicId)).to.equal(undefined);
  });
});
