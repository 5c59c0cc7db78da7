import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Administration, openAdministration, password } from '../administration.ts';

onBothEngines('A session', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine);
  });
  after(() => store.close());

  const isIn = async (browser: { get(path: string): Promise<{ status: number }> }) =>
    (await browser.get('/admin')).status === 200;

  it('is kept as a hash, with the address and the browser it began in', async () => {
    const browser = await store.enter();
    const secret = browser.cookies.get('vestibule_admin') ?? '';
    expect(secret).to.have.length.greaterThan(40);
    const rows = await store.database.all<Record<string, unknown>>(sql`SELECT * FROM {vestibule_admin_session}`);
    expect(JSON.stringify(rows)).not.to.include(secret);
    const kept = rows.find(({ hash }) => hash === createHash('sha256').update(secret).digest('hex'));
    expect(kept).to.include({ kind: 'browser', stage: 'full' });
    expect(String(kept?.address)).to.match(/127\.0\.0\.1|::1/);
  });

  it('is another one after every login, and the one before is dead', async () => {
    const browser = await store.enter();
    const before = browser.cookies.get('vestibule_admin') ?? '';
    const page = await browser.get('/admin/account');
    const token = /name="_token" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await browser.post('/admin/login', { _token: token, user: 'anna', password });
    expect(browser.cookies.get('vestibule_admin')).not.to.equal(before);
    const old = store.visit();
    old.cookies.set('vestibule_admin', before);
    expect(await isIn(old)).to.equal(false);
  });

  it('ends after fifteen minutes without use, and not before', async () => {
    const browser = await store.enter();
    for (let i = 0; i < 3; i++) {
      store.wait(14 * 60);
      expect(await isIn(browser)).to.equal(true);
    }
    store.wait(15 * 60);
    expect(await isIn(browser)).to.equal(false);
  });

  it('ends after twelve hours, however busy it is', async () => {
    const browser = await store.enter();
    for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      store.wait(600);
      if (!(await isIn(browser))) expect.fail(`it ended after ${minutes} minutes`);
    }
    store.wait(600);
    expect(await isIn(browser)).to.equal(false);
  });

  it('writes its last use at most twice a minute', async () => {
    const browser = await store.enter();
    const used = async () =>
      store.database.first(sql`SELECT MAX(used_at) AS at FROM {vestibule_admin_session} WHERE stage = ${'full'}`);
    const first = await used();
    store.wait(20);
    await browser.get('/admin');
    expect(await used()).to.deep.equal(first);
    store.wait(20);
    await browser.get('/admin');
    expect(await used()).not.to.deep.equal(first);
  });

  it('ends when one logs out', async () => {
    const browser = await store.enter();
    const secret = browser.cookies.get('vestibule_admin') ?? '';
    expect(await browser.send('/admin', {}, '/admin/logout')).to.include({ location: '/admin/login?said=out' });
    expect(browser.cookies.has('vestibule_admin')).to.equal(false);
    browser.cookies.set('vestibule_admin', secret);
    expect(await isIn(browser)).to.equal(false);
  });

  it('can be ended from another one: a single one, or all of an account', async () => {
    const [mine, other] = [await store.enter(), await store.enter()];
    const listed = await store.database.first<{ id: number }>(
      sql`SELECT MAX(session_id) AS id FROM {vestibule_admin_session} WHERE stage = ${'full'}`,
    );
    await mine.send('/admin/account', { session: String(listed?.id) }, '/admin/account/sessions/end');
    expect([await isIn(mine), await isIn(other)]).to.deep.equal([true, false]);
    const id = await store.make('bert');
    const bert = await store.enter('bert');
    await mine.send(`/admin/users/${id}`, {}, `/admin/users/${id}/end-sessions`);
    expect([await isIn(mine), await isIn(bert)]).to.deep.equal([true, false]);
  });

  it('can be the last one that is left of an account', async () => {
    await store.make('emil');
    const [here, there] = [await store.enter('emil'), await store.enter('emil')];
    const anna = await store.enter();
    expect((await here.get('/admin/account')).text).to.include('End All Others');
    await here.send('/admin/account', {}, '/admin/account/sessions/end-others');
    expect([await isIn(here), await isIn(there), await isIn(anna)]).to.deep.equal([true, false, true]);
    expect((await here.get('/admin/account')).text).not.to.include('End All Others');
  });

  it('ends with a new password, but for the one in which it was changed, which goes on under another secret', async () => {
    await store.make('carla');
    const [here, there] = [await store.enter('carla'), await store.enter('carla')];
    const secret = here.cookies.get('vestibule_admin');
    const fields = { password: 'Another-Kettle-43', repeated: 'Another-Kettle-43' };
    expect((await here.send('/admin/account', fields, '/admin/account/password')).status).to.equal(303);
    expect([await isIn(here), await isIn(there)]).to.deep.equal([true, false]);
    expect(here.cookies.get('vestibule_admin')).not.to.equal(secret);
    expect((await store.visit().logIn('carla', password)).status).to.equal(422);
    expect((await store.visit().logIn('carla', 'Another-Kettle-43')).status).to.equal(303);
  });

  it('ends when the account is switched off', async () => {
    const id = await store.make('dora');
    const dora = await store.enter('dora');
    await store.database.run(sql`UPDATE {admin_user} SET is_active = 0 WHERE user_id = ${id}`);
    expect(await isIn(dora)).to.equal(false);
  });
});

onBothEngines('The cookie of a session', (engine) => {
  const cookieOf = async (baseUrl: string): Promise<string> => {
    const store = await openAdministration(engine, { baseUrl });
    try {
      const browser = store.visit();
      const answer = await browser.logIn('anna', password);
      return answer.headers.getSetCookie().find((line) => line.includes('vestibule_admin=')) ?? '';
    } finally {
      await store.close();
    }
  };

  it('is bound to the host, to https and to this site, and closed to scripts', async () => {
    const cookie = await cookieOf('https://store.example');
    expect(cookie).to.match(/^__Host-vestibule_admin=/);
    expect(cookie)
      .to.match(/; Path=\//)
      .and.match(/HttpOnly/)
      .and.match(/Secure/)
      .and.match(/SameSite=Lax/);
    expect(cookie).not.to.match(/Domain/i);
  });

  it('goes without the prefix where there is no https', async () => {
    expect(await cookieOf('http://store.example'))
      .to.match(/^vestibule_admin=/)
      .and.not.match(/Secure/);
  });
});
