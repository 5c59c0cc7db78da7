import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Administration, openAdministration, password } from '../administration.ts';
import type { BrowserVisitor } from '../visitor.ts';

onBothEngines('A second factor', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine);
  });
  after(() => store.close());

  /** The six digits that an app with this secret shows now. */
  const shown = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({
      timestamp: store.clock.at.getTime(),
    });
  const secretIn = (text: string): string => /id="secret"[^>]*value="([A-Z2-7]+)"/.exec(text)?.[1] ?? '';
  const path = '/admin/account/second-factor';

  /** Sets it up for a new administrator. */
  async function enrolled(
    user: string,
  ): Promise<{ browser: BrowserVisitor; secret: string; codes: readonly string[] }> {
    await store.make(user);
    const browser = await store.enter(user);
    const secret = secretIn((await browser.get(path)).text);
    const { text } = await browser.send(path, { code: shown(secret) });
    store.wait(30);
    return { browser, secret, codes: text.match(/\b[a-z2-9]{5}-[a-z2-9]{5}\b/g) ?? [] };
  }
  /** Gives the password, and answers the browser that stands before the second question. */
  async function half(user: string): Promise<BrowserVisitor> {
    const browser = store.visit();
    expect((await browser.logIn(user, password)).location).to.equal('/admin/second-factor?back=%2Fadmin');
    return browser;
  }
  const give = (browser: BrowserVisitor, code: string) => browser.send('/admin/second-factor', { code });

  it('is set up with the secret of the QR code and a first code, and gives ten recovery codes', async () => {
    const { browser, codes } = await enrolled('setup');
    expect(new Set(codes)).to.have.property('size', 10);
    expect((await browser.get(path)).location).to.equal('/admin/account');
  });

  it('is not on before a right code has come, and its secret is encrypted', async () => {
    await store.make('early');
    const browser = await store.enter('early');
    const { text } = await browser.get(path);
    expect((await browser.send(path, { code: '000000' })).status).to.equal(422);
    expect((await browser.get(path)).text).to.include(secretIn(text));
    expect((await store.visit().logIn('early', password)).location).to.equal('/admin');
    const rows = await store.database.all(sql`SELECT * FROM {vestibule_admin_authenticator}`);
    expect(JSON.stringify(rows)).not.to.include(secretIn(text));
  });

  it('lets nobody in without it, by no page', async () => {
    await enrolled('strict');
    const browser = await half('strict');
    for (const page of ['/admin', '/admin/users', '/admin/account', path])
      expect((await browser.get(page)).location, page).to.equal('/admin/second-factor');
  });

  it("lets in with the app's code, under a new secret of the session", async () => {
    const { secret } = await enrolled('right');
    const browser = await half('right');
    const before = browser.cookies.get('vestibule_admin');
    expect(await give(browser, shown(secret))).to.include({ status: 303, location: '/admin' });
    expect(browser.cookies.get('vestibule_admin')).not.to.equal(before);
    expect((await browser.get('/admin')).status).to.equal(200);
  });

  it('takes each code once, also when it comes twice at the same moment', async () => {
    const { secret } = await enrolled('replay');
    const browsers = [await half('replay'), await half('replay'), await half('replay')];
    const code = shown(secret);
    const answers = await Promise.all(browsers.map((browser) => give(browser, code)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 422, 422]);
  });

  it('takes a code of the step before, for clocks that are slow, and none that is older', async () => {
    const { secret } = await enrolled('drift');
    const code = shown(secret);
    store.wait(60);
    expect((await give(await half('drift'), code)).status).to.equal(422);
    const next = shown(secret);
    store.wait(30);
    expect((await give(await half('drift'), next)).status).to.equal(303);
  });

  it('gives way to a recovery code, once', async () => {
    const { codes } = await enrolled('lost');
    const [code = ''] = codes;
    const browser = await half('lost');
    expect((await give(browser, ` ${code.toUpperCase().replace('-', ' ')} `)).status).to.equal(303);
    expect((await browser.get('/admin')).text).to.include('with a recovery code; 9 codes are left');
    expect((await give(await half('lost'), code)).status).to.equal(422);
    const rows = await store.database.all(sql`SELECT digest FROM {vestibule_admin_recovery_code}`);
    expect(JSON.stringify(rows)).not.to.include(code);
  });

  it('locks the account after six wrong codes, and the password alone buys no new guesses', async () => {
    const { secret } = await enrolled('guessed');
    for (let i = 0; i < 3; i++) expect((await give(await half('guessed'), '000000')).status).to.equal(422);
    const browser = await half('guessed');
    for (let i = 0; i < 3; i++) await give(browser, '000000');
    const locked = await give(browser, shown(secret));
    expect(locked).to.include({ status: 303, location: '/admin/login?said=locked' });
    expect((await store.visit().logIn('guessed', password)).status).to.equal(422);
  });

  it('ends the sessions that began without it', async () => {
    await store.make('both');
    const [one, other] = [await store.enter('both'), await store.enter('both')];
    const secret = secretIn((await one.get(path)).text);
    await one.send(path, { code: shown(secret) });
    expect([(await one.get('/admin')).status, (await other.get('/admin')).status]).to.deep.equal([200, 303]);
  });

  it('is asked for again, with the password, before a dangerous act that comes five minutes after the login', async () => {
    const { browser, secret, codes } = await enrolled('careful');
    const make = (name: string, more: Record<string, string> = {}) =>
      browser.send('/admin/roles/new', { name, access: 'chosen', ...more });
    expect((await make('At once')).status).to.equal(303);
    store.wait(5 * 60);
    const asked = await make('Later');
    expect(asked.text).to.include("<h1>Confirm that it's you</h1>").and.include('name="_code"');
    const alone = await make('Later', { _password: password });
    expect([alone.status, alone.text.includes('The code is not right')]).to.deep.equal([403, true]);
    expect((await make('Later', { _password: 'wrong-1', _code: shown(secret) })).text).to.include(
      'The password is not right',
    );
    expect((await make('Later', { _password: password, _code: shown(secret) })).status).to.equal(303);
    expect((await make('Meanwhile')).status).to.equal(303);
    store.wait(5 * 60);
    expect((await make('Lost', { _password: password, _code: codes[0] ?? '' })).status).to.equal(303);
    store.wait(5 * 60);
    expect((await make('Again', { _password: password, _code: codes[0] ?? '' })).status).to.equal(403);
  });

  it('cannot be guessed in an open session: that locks the account and ends the session', async () => {
    const { browser } = await enrolled('open');
    store.wait(5 * 60);
    for (let i = 0; i < 5; i++)
      expect((await browser.send('/admin/roles/new', { _password: password, _code: '000000' })).status).to.equal(403);
    const last = await browser.send('/admin/roles/new', { _password: password, _code: '000000' });
    expect(last.text).to.include('The account is locked for a while, and you are logged out');
    expect((await browser.get('/admin')).location).to.equal('/admin/login?back=%2Fadmin');
    expect((await store.visit().logIn('open', password)).status).to.equal(422);
  });

  it('can be reset by another administrator, which ends the sessions', async () => {
    const { browser } = await enrolled('helped');
    const id = (
      await store.database.first<{ user_id: number }>(
        sql`SELECT user_id FROM {admin_user} WHERE username = ${'helped'}`,
      )
    )?.user_id;
    await (await store.enter()).send(`/admin/users/${id}`, {}, `/admin/users/${id}/reset-2fa`);
    expect((await browser.get('/admin')).status).to.equal(303);
    expect((await store.visit().logIn('helped', password)).location).to.equal('/admin');
  });
});

onBothEngines('A second factor that the store asks for', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine);
  });
  after(() => store.close());
  const setting = 'admin/security/require_second_factor';
  const setUp = async (browser: BrowserVisitor) => {
    const { text } = await browser.get('/admin/second-factor');
    const secret = /id="secret"[^>]*value="([A-Z2-7]+)"/.exec(text)?.[1] ?? '';
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: store.clock.at.getTime() });
    return browser.send('/admin/second-factor', { code });
  };

  it('is set up at once by those who have just come in, and other sessions do not come through with it', async () => {
    const early = await store.enter();
    store.wait(5 * 60);
    const [anna, other, boris] = [await store.enter(), await store.enter(), await store.enter()];
    await boris.send('/admin/configuration/admin', { [setting]: '1' });
    for (const browser of [anna, other])
      expect((await browser.get('/admin/users')).location).to.equal('/admin/second-factor');
    expect((await anna.post('/admin/theme', {})).location).to.equal('/admin/second-factor');
    // Whoever has not given the password just now logs in anew.
    expect((await early.get('/admin/second-factor')).location).to.equal('/admin/login');
    expect((await setUp(anna)).text).to.include('Recovery codes');
    expect((await anna.get('/admin')).status).to.equal(200);
    expect((await other.get('/admin')).location).to.equal('/admin/login?back=%2Fadmin');
  });

  it('is set up between password and first page', async () => {
    await store.make('cleo');
    const browser = store.visit();
    expect((await browser.logIn('cleo', password)).location).to.match(/^\/admin\/second-factor/);
    expect((await browser.get('/admin')).location).to.equal('/admin/second-factor');
    const done = await setUp(browser);
    expect(done.status).to.equal(200);
    expect(done.text).to.include('Recovery codes');
    expect((await browser.get('/admin')).status).to.equal(200);
  });
});
