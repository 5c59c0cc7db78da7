import { expect } from 'chai';
import { createAuthentication } from '../../../modules/admin/access/authentication.ts';
import { security } from '../../../modules/admin/settings.ts';
import { sql, sqlTimestamp } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Administration, openAdministration, password } from '../administration.ts';

/** Made by Magento's own code; the password is the one of `password`. */
const magento = {
  md5: '7f3fe26f203ca39563a1bde83b1047ae:abcdefghijklmnopqrstuvwxyz012345:0',
  sha256: '29ba4538e3b21ac7dd8e143996754b652c96600460efe4b0306266ebe2356181:abcdefghijklmnopqrstuvwxyz012345:1',
  upgraded:
    '646fa2caa7143f74b7002091524e29a0ba0f1efe67fcbc20f8d5301ffac9cae7:abcdefghijklmnopqrstuvwxyz012345:1:3_32_2_67108864',
};
const refused = /sign-in was incorrect or your account is disabled temporarily/;

onBothEngines('The login', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine);
  });
  after(() => store.close());

  const row = (user: string) =>
    store.database.first<Record<string, string | number | null>>(
      sql`SELECT password, failures_num, first_failure, lock_expires, logdate, lognum FROM {admin_user} WHERE username = ${user}`,
    );
  const fail = async (user: string, times: number) => {
    for (let i = 0; i < times; i++) expect((await store.visit().logIn(user, 'wrong-1')).status).to.equal(422);
  };

  it('is where a browser without a session is led, and leads back to where it wanted to', async () => {
    const browser = store.visit();
    const page = await browser.get('/admin/users?role=1');
    expect(page).to.include({ status: 303, location: '/admin/login?back=%2Fadmin%2Fusers%3Frole%3D1' });
    const entered = await browser.logIn('anna', password, { back: '/admin/users?role=1' });
    expect(entered).to.include({ status: 303, location: '/admin/users?role=1' });
    expect((await browser.get('/admin/users?role=1')).text).to.include('anna@store.example');
  });

  it('leads back to the page of a form that was sent too late', async () => {
    const browser = store.visit();
    const late = await browser.post('/admin/roles/new', { name: 'x' }, { referer: `${store.url}/admin/roles/new?a=b` });
    expect(late.location).to.equal('/admin/login?back=%2Fadmin%2Froles%2Fnew%3Fa%3Db');
    const foreign = await browser.post('/admin/roles/new', {}, { referer: 'https://evil.example/x' });
    expect(foreign.location).to.equal('/admin/login?back=%2Fadmin');
  });

  it('never leads to another site', async () => {
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '/admin\\..\\x', '/other'])
      expect((await store.visit().logIn('anna', password, { back })).location, back).to.equal('/admin');
  });

  it('notes when somebody came', async () => {
    const before = Number((await row('anna'))?.lognum);
    await store.visit().logIn('anna', password);
    expect(await row('anna')).to.include({ logdate: '2026-03-01 10:00:00', lognum: before + 1 });
  });

  for (const [name, hash] of Object.entries(magento)) {
    it(`takes Magento's ${name} hash, and keeps an Argon2id one from then on`, async () => {
      await store.make(`from-${name}`);
      await store.database.run(sql`UPDATE {admin_user} SET password = ${hash} WHERE username = ${`from-${name}`}`);
      expect((await store.visit().logIn(`from-${name}`, 'wrong-1')).status).to.equal(422);
      expect((await row(`from-${name}`))?.password).to.equal(hash);
      expect((await store.visit().logIn(`from-${name}`, password)).status).to.equal(303);
      expect((await row(`from-${name}`))?.password).to.match(/^[0-9a-f]{64}:.{32}:3_32_2_67108864$/);
      expect((await store.visit().logIn(`from-${name}`, password)).status).to.equal(303);
    });
  }

  it('refuses a wrong password, an unknown name and an inactive account in the same words', async () => {
    await store.make('idle');
    await store.database.run(sql`UPDATE {admin_user} SET is_active = 0 WHERE username = ${'idle'}`);
    const answers = await Promise.all(
      [
        ['anna', 'wrong-1'],
        ['nobody', password],
        ['idle', password],
      ].map(async ([user = '', given = '']) => {
        const { status, text } = await store.visit().logIn(user, given);
        return { status, told: refused.test(text) };
      }),
    );
    expect(answers).to.deep.equal(Array.from({ length: 3 }, () => ({ status: 422, told: true })));
  });

  it('locks an account at the sixth failure within half an hour, and lets it in again half an hour later', async () => {
    await store.make('locked');
    await fail('locked', 5);
    expect(await row('locked')).to.include({
      failures_num: 5,
      first_failure: '2026-03-01 10:00:00',
      lock_expires: null,
    });
    await fail('locked', 1);
    expect(await row('locked')).to.include({ failures_num: 6, lock_expires: '2026-03-01 10:30:00' });
    const { status, text } = await store.visit().logIn('locked', password);
    expect(status).to.equal(422);
    expect(text).to.match(refused);
    store.wait(30 * 60 + 1);
    expect((await store.visit().logIn('locked', password)).status).to.equal(303);
    expect(await row('locked')).to.include({ failures_num: 0, first_failure: null, lock_expires: null });
  });

  it('forgets failures that lie further apart, as Magento does', async () => {
    await store.make('slow');
    await fail('slow', 5);
    store.wait(30 * 60 + 1);
    await fail('slow', 1);
    expect(await row('slow')).to.include({ failures_num: 1, lock_expires: null });
  });

  it('counts guesses that come all at once one by one', async () => {
    await store.make('rushed');
    await Promise.all(Array.from({ length: 8 }, () => store.visit().logIn('rushed', 'wrong-1')));
    expect(await row('rushed')).to.include({ failures_num: 6 });
    expect((await store.visit().logIn('rushed', password)).status).to.equal(422);
  });

  it('counts guesses at several servers as guesses at one', async () => {
    const id = await store.make('spread');
    const settings = store.host.resolve(security.token);
    const servers = Array.from({ length: 6 }, () => createAuthentication(store.database, settings));
    await Promise.all(servers.map((server) => server.failed(id, store.clock.at)));
    const until = sqlTimestamp(new Date(store.clock.at.getTime() + 30 * 60_000));
    expect(await row('spread')).to.include({ failures_num: 6, lock_expires: until });
  });

  it('takes no form that it did not give out', async () => {
    const browser = store.visit();
    await browser.get('/admin/login');
    const without = await browser.post('/admin/login', { user: 'anna', password });
    expect(without.status).to.equal(403);
    const borrowed = await store.visit().get('/admin/login');
    const token = /name="_token" value="([^"]+)"/.exec(borrowed.text)?.[1] ?? '';
    expect((await browser.post('/admin/login', { user: 'anna', password, _token: token })).status).to.equal(403);
    expect([...browser.cookies.keys()]).to.deep.equal(['vestibule_form']);
  });
});
