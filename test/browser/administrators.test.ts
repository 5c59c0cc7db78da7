import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { Config, Database, sql } from '../../modules/framework/index.ts';
import { type BrowserRoom, openBrowserRoom, password } from './administration.ts';
import { expectNoFaults, logIn } from './browser.ts';
import { stopsOf } from './keyboard.ts';
import { narrow } from './looks.ts';

describe('In a browser', function () {
  this.timeout(60_000);
  let room: BrowserRoom;
  before(async function () {
    this.timeout(900_000);
    room = await openBrowserRoom();
  });
  after(() => room.close());

  const heading = (page: { locator(what: string): { innerText(): Promise<string> } }) => page.locator('h1').innerText();

  it('one logs in with the keyboard alone, and the skip link leads to the content', async () => {
    const tab = await room.browser.open();
    const { page } = tab;
    await page.goto('/admin');
    expect(page.url()).to.match(/login\?back=%2Fadmin$/);
    await page.keyboard.type('anna');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong-1');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).to.include('sign-in was incorrect');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).to.equal('main');
    expectNoFaults(tab);
    await tab.close();
  });

  it('every stop of the keyboard can be seen', async () => {
    const tab = await room.enter();
    const { page } = tab;
    for (const path of ['/admin/users', '/admin/configuration/admin']) {
      await page.goto(path);
      const { stops, hidden } = await stopsOf(page, 60);
      expect(hidden, path).to.deep.equal([]);
      expect(stops).to.be.greaterThan(12);
    }
    await tab.close();
  });

  it('a second factor is set up, and asked for from then on', async () => {
    await room.make('ben');
    const tab = await room.browser.open();
    const { page } = tab;
    await logIn(page, 'ben', password);
    await page.getByRole('link', { name: 'Protect your account' }).click();
    const secret = await page.getByLabel('Or type this secret').inputValue();
    const code = (later: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later });
    await page.getByLabel('Code that the app shows now').fill(code(0));
    await page.getByRole('button', { name: 'Turn the second factor on' }).click();
    const recovery = (await page.locator('#recovery-codes').innerText()).split('\n');
    expect(recovery).to.have.length(10);
    await page.getByRole('button', { name: 'Log out' }).click();
    await logIn(page, 'ben', password);
    await page.getByLabel('Code of your authenticator app').fill('000000');
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await page.locator('.field-error').innerText()).to.include('not right');
    await page.getByLabel('Code of your authenticator app').fill(code(30_000));
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await heading(page)).to.equal('Dashboard');
    await room.host
      .resolve(Database)
      .run(sql`UPDATE {vestibule_admin_session} SET confirmed_at = ${'2026-01-01 00:00:00'}`);
    await page.goto('/admin/account');
    await page.getByRole('button', { name: 'New Recovery Codes' }).click();
    expect(await heading(page)).to.equal("Confirm that it's you");
    expect(await page.getByRole('link', { name: 'Cancel' }).getAttribute('href')).to.equal('/admin/account');
    await page.getByLabel('Your Password').fill(password);
    await page.getByLabel('Code of your authenticator app').fill(recovery[0] ?? '');
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await heading(page)).to.equal('Keep your recovery codes');
    expectNoFaults(tab);
    await tab.close();
  });

  it('a setting is freed from its default, changed, and given back', async () => {
    const tab = await room.enter();
    const { page } = tab;
    const value = async () => (await room.host.resolve(Config).entry('admin/security/session_longest')).value;
    await page.goto('/admin/configuration/admin');
    const field = page.getByLabel('Longest Session (hours)', { exact: true });
    const inherits = page.getByLabel('Use system value: Longest Session (hours)');
    expect(await field.isDisabled()).to.equal(true);
    await inherits.uncheck();
    await field.fill('0');
    await page.getByRole('button', { name: 'Save Config' }).click();
    expect(await page.locator('.notice.problem').innerText()).to.include('must be a number from 1 to 168');
    await field.fill('8');
    await page.getByRole('button', { name: 'Save Config' }).click();
    expect(await page.locator('.notice.done').innerText()).to.include('You saved the configuration');
    expect(await value()).to.equal(8);
    await page.locator('#scope').selectOption('website:base');
    await page.waitForURL(/scope=website/);
    expect(await page.locator('.origin').nth(1).innerText()).to.include('From Default Config');
    await page.locator('#scope').selectOption('default');
    await page.waitForURL(/scope=default/);
    await inherits.check();
    await page.getByRole('button', { name: 'Save Config' }).click();
    await page.locator('.notice.done').waitFor();
    expect(await value()).to.equal(12);
    expectNoFaults(tab);
    await tab.close();
  });

  it('sorting a table exchanges the table alone, and the address says so', async () => {
    const tab = await room.enter();
    const { page } = tab;
    await page.goto('/admin/users?column=email&column=created');
    await page.evaluate('window.sameDocument = true');
    await page.getByRole('link', { name: 'E-mail' }).click();
    await page.waitForURL(/sort=email/);
    await page.locator('th[aria-sort=ascending] >> text=E-mail').waitFor();
    expect(await page.evaluate('window.sameDocument')).to.equal(true);
    // What came is as lively as what was there: moments are told in local time.
    await page.locator('time[title]').first().waitFor();
    expect(await page.locator('time:not([title])').count()).to.equal(0);
    expectNoFaults(tab);
    await tab.close();
  });

  for (const scripts of [true, false]) {
    it(`a role is made, given to a new user, and holds ${scripts ? 'with' : 'without'} scripts`, async () => {
      const tab = await room.enter({ javaScriptEnabled: scripts });
      const { page } = tab;
      const name = scripts ? 'Clerk' : 'Auditor';
      await page.goto('/admin/roles/new');
      await page.getByLabel('Role Name').fill(name);
      await page.getByLabel('See the modules').check();
      await page.getByRole('button', { name: 'Save Role' }).click();
      expect(await page.locator('.notice.done').innerText()).to.include('The role was saved');
      await page.goto('/admin/users/new');
      await page.getByLabel('User Name').fill(name.toLowerCase());
      await page.getByLabel('First Name').fill('<img src=x onerror=alert(1)>');
      await page.getByLabel('Last Name').fill('Rossi');
      await page.getByLabel('Role').selectOption({ label: name });
      await page.getByLabel('Password').fill('short');
      await page.getByRole('button', { name: 'Save User' }).click();
      expect(await page.locator('.field-error').allInnerTexts()).to.have.length(2);
      await page.getByLabel('E-mail').fill('clerk@store.example');
      await page.getByLabel('Password').fill('long-enough-1');
      await page.getByRole('button', { name: 'Save User' }).click();
      expect(await page.locator('.notice.done').innerText()).to.include('The user was saved');
      await page.goto('/admin/users');
      expect(await page.getByText('<img src=x onerror=alert(1)> Rossi').count()).to.be.greaterThan(0);
      const other = await room.browser.open({ javaScriptEnabled: scripts, viewport: narrow });
      await logIn(other.page, name.toLowerCase(), 'long-enough-1');
      await other.page.getByRole('button', { name: 'Menu' }).click();
      const entries = await other.page.locator('nav.menu > ul a:visible').allInnerTexts();
      expect(entries.map((text) => text.trim())).to.deep.equal(['Dashboard', 'Modules']);
      for (const one of [tab, other]) {
        expectNoFaults(one);
        await one.close();
      }
    });
  }

  it('all rights of a module are ticked by one button, and none by the next press', async () => {
    const tab = await room.enter();
    const { page } = tab;
    await page.goto('/admin/roles/new');
    const group = page.getByRole('group', { name: 'Administration' });
    const ticked = async () =>
      (await group.locator('input:checked').count()) === (await group.locator('input').count());
    await page.getByRole('button', { name: 'all of Administration' }).click();
    expect(await ticked()).to.equal(true);
    await page.getByLabel('See the modules').uncheck();
    await page.getByRole('button', { name: 'all of Administration' }).click();
    expect(await ticked()).to.equal(true);
    await page.getByRole('button', { name: 'none of Administration' }).click();
    expect(await group.locator('input:checked').count()).to.equal(0);
    expectNoFaults(tab);
    await tab.close();
  });

  it('a dangerous act long after the login asks for the password, and goes on', async () => {
    const tab = await room.enter({ javaScriptEnabled: false });
    const { page } = tab;
    await room.host
      .resolve(Database)
      .run(sql`UPDATE {vestibule_admin_session} SET confirmed_at = ${'2026-01-01 00:00:00'}`);
    await page.goto('/admin/roles/new');
    await page.getByLabel('Role Name').fill('Later');
    await page.getByRole('button', { name: 'Save Role' }).click();
    expect(await heading(page)).to.equal("Confirm that it's you");
    await page.getByLabel('Your Password').fill(password);
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await heading(page)).to.equal('Later');
    expectNoFaults(tab);
    await tab.close();
  });
});
