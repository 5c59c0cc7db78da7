import { expect } from 'chai';
import { Sessions } from '../../modules/admin/access/session.ts';
import { Administrators } from '../../modules/admin/index.ts';
import admin from '../../modules/admin/module.ts';
import { Connections, Tokens } from '../../modules/connection/index.ts';
import { createTestHost, Database, type TestHost } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { user } from '../attribute-mapping/admin/mapping-room.ts';
import { scimClient } from '../provisioning/client.ts';
import { axeIssues, expectNoFaults, isTooWide, openBrowser, type Tab, type TestBrowser } from './browser.ts';

const home = (code: string): string => `/admin/connections/${code}/mapping`;

describe('In a browser, a mapping', function () {
  this.timeout(60_000);
  let host: TestHost;
  let url: string;
  let browser: TestBrowser;

  before(async function () {
    this.timeout(900_000);
    host = await createTestHost({ modules: [admin, provisioning] });
    ({ url } = await host.listen());
    browser = await openBrowser(url);
    const anna = { user: 'anna', email: 'anna@store.example', passwordHash: 'none', role: 'Administrators' };
    await host.resolve(Database).transaction((tx) => host.resolve(Administrators).create(tx, anna, new Date()));
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  async function enter(options: Parameters<TestBrowser['open']>[0]): Promise<Tab> {
    const database = host.resolve(Database);
    const account = await host.resolve(Administrators).byName(database, 'anna');
    const made = { kind: 'browser', stage: 'full', address: '127.0.0.1', agent: 'test' } as const;
    const session = { ...made, administratorId: account?.id ?? 0 };
    const { secret } = await host.resolve(Sessions).open(database, session, new Date());
    const tab = await browser.open(options);
    const cookie = { name: 'vestibule_admin', value: secret, url, httpOnly: true, sameSite: 'Lax' } as const;
    await tab.page.context().addCookies([cookie]);
    return tab;
  }

  /** A connection whose provider has sent one user. */
  async function connect(code: string): Promise<void> {
    const { text } = await host.resolve(Database).transaction(async (tx) => {
      const parts = { code, name: `Acme ${code}`, websiteId: 1 };
      const connection = await host.resolve(Connections).create(tx, parts, new Date());
      return host.resolve(Tokens).issue(tx, connection, { name: 'test' }, new Date());
    });
    await scimClient(`${url}/scim/v2`, text).create(user(`iris-${code}`, { nickName: 'Rissa' }));
  }

  for (const scripts of [true, false]) {
    it(`is changed, tried, published and rolled back ${scripts ? 'with' : 'without'} scripts`, async () => {
      const code = scripts ? 'lively' : 'still';
      await connect(code);
      const tab = await enter({ javaScriptEnabled: scripts });
      const { page } = tab;
      const firstName = page.locator('.trial tr', { hasText: 'firstname' });
      await page.goto(home(code));
      await page.getByRole('link', { name: 'Edit first-name' }).click();
      if (scripts) await firstName.getByText('from name.givenName').waitFor();
      await page.getByLabel('Source', { exact: true }).fill('nickName');
      // With scripts the preview follows what is typed; without, a button asks for it.
      if (!scripts) await page.getByRole('button', { name: 'Preview this Row' }).click();
      await firstName.getByText('Rissa').waitFor();
      expect(await firstName.innerText())
        .to.include('from nickName')
        .and.include(`in effect: iris-${code}`);
      await page.getByRole('button', { name: 'Save in Draft' }).click();
      expect(await page.locator('.notice.done').innerText()).to.include('saved in the draft');
      expect(await page.locator('#row-first-name').innerText()).to.include('Changed');
      await page.getByRole('link', { name: 'Publish…' }).click();
      expect(await page.locator('.figures').innerText()).to.match(/1\s+would change/);
      await page.getByLabel('Comment').fill('Nick names');
      await page.getByRole('button', { name: 'Publish' }).click();
      expect(await page.locator('.notice.done').innerText()).to.include('Version 1 is in effect');
      await page.getByRole('link', { name: 'Versions' }).click();
      await page.getByRole('link', { name: 'Preset' }).click();
      await page.getByRole('button', { name: 'Roll back to the preset' }).click();
      expect(await page.locator('.notice.done').innerText()).to.include(
        'Version 2, a copy of the preset, is in effect',
      );
      expect(await page.locator('#row-first-name').innerText()).to.include('name.givenName');
      expectNoFaults(tab);
    });
  }

  it('shows of a row only what belongs to its type', async () => {
    await connect('types');
    const tab = await enter({});
    const { page } = tab;
    await page.goto(`${home('types')}/rows/new`);
    expect(await page.getByRole('textbox', { name: 'Template' }).isVisible()).to.equal(false);
    await page.locator('input[name=type][value=lookup]').check();
    expect(await page.getByLabel('Source', { exact: true }).isVisible()).to.equal(true);
    expect(await page.getByRole('textbox', { name: 'Table' }).isVisible()).to.equal(true);
    await page.locator('input[name=type][value=template]').check();
    expect(await page.getByLabel('Source', { exact: true }).isVisible()).to.equal(false);
    expectNoFaults(tab);
  });

  it('fits every screen, and axe finds nothing serious', async () => {
    await connect('shown');
    for (const [width, colorScheme] of [
      [1280, 'dark'],
      [390, 'light'],
    ] as const) {
      const tab = await enter({ viewport: { width, height: 860 }, colorScheme });
      for (const path of [
        '',
        '/rows/first-name',
        '/versions',
        '/versions/0',
        '/preset?profile=miniorange',
        '/exchange',
        '/attributes',
        '/copy',
        '/impact',
        '/preview',
      ]) {
        await tab.page.goto(home('shown') + path);
        if (['', '/rows/first-name', '/preview'].includes(path)) await tab.page.locator('.trial').waitFor();
        expect(await isTooWide(tab.page), `${path} at ${width}`).to.equal(false);
        expect(await axeIssues(tab.page), `${path} at ${width}`).to.deep.equal([]);
      }
      await tab.page.goto('/admin/connections/shown/groups');
      expect(await isTooWide(tab.page)).to.equal(false);
      expect(await axeIssues(tab.page)).to.deep.equal([]);
      expectNoFaults(tab);
    }
  });
});
