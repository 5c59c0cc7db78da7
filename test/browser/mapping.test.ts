import { expect } from 'chai';
import { Connections, Tokens } from '../../modules/connection/index.ts';
import { Database } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { user } from '../attribute-mapping/admin/mapping-room.ts';
import { scimClient } from '../provisioning/client.ts';
import { type BrowserRoom, openBrowserRoom } from './administration.ts';
import { expectNoFaults } from './browser.ts';
import { faultsOf, narrow, wide } from './looks.ts';

const home = (code: string): string => `/admin/connections/${code}/mapping`;

describe('In a browser, a mapping', function () {
  this.timeout(60_000);
  let room: BrowserRoom;
  before(async function () {
    this.timeout(900_000);
    room = await openBrowserRoom([provisioning]);
  });
  after(() => room.close());

  /** A connection whose provider has sent one user. */
  async function connect(code: string): Promise<void> {
    const { host, url } = room;
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
      const tab = await room.enter({ javaScriptEnabled: scripts });
      const { page } = tab;
      const thisRow = page.locator('.trial-steps', { hasText: 'firstname' });
      await page.goto(home(code));
      await page.getByRole('link', { name: 'Edit first-name' }).click();
      if (scripts) await thisRow.getByText('from name.givenName').waitFor();
      await page.getByLabel('Source', { exact: true }).fill('nickName');
      // With scripts the preview follows what is typed; without, a button asks for it.
      if (!scripts) await page.getByRole('button', { name: 'Preview this Row' }).click();
      await thisRow.getByText('from nickName').waitFor();
      expect((await thisRow.innerText()).replace(/\s+/g, ' ')).to.equal(
        `This row: firstname Incoming Rissa from nickName Mapped Rissa in effect: iris-${code} In the store now iris-${code} Difference Changes`,
      );
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
      await tab.close();
    });
  }

  it('shows of a row only what belongs to its type', async () => {
    await connect('types');
    const tab = await room.enter();
    const { page } = tab;
    await page.goto(`${home('types')}/rows/new`);
    expect(await page.getByRole('textbox', { name: 'Template' }).isVisible()).to.equal(false);
    await page.locator('input[name=type][value=lookup]').check();
    expect(await page.getByLabel('Source', { exact: true }).isVisible()).to.equal(true);
    expect(await page.getByRole('textbox', { name: 'Table' }).isVisible()).to.equal(true);
    await page.locator('input[name=type][value=template]').check();
    expect(await page.getByLabel('Source', { exact: true }).isVisible()).to.equal(false);
    expectNoFaults(tab);
    await tab.close();
  });

  it('fits every screen, and axe finds nothing serious', async () => {
    await connect('shown');
    const tab = await room.enter();
    // A draft, and a row that rests.
    await tab.page.goto(home('shown'));
    await tab.page.getByRole('button', { name: 'Disable job-title' }).click();
    await tab.page.locator('#row-job-title.resting').waitFor();
    const at = [
      { viewport: wide, colorScheme: 'dark' },
      { viewport: narrow, colorScheme: 'light' },
    ] as const;
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
      '/apply',
      '/preview',
    ]) {
      await tab.page.goto(home('shown') + path);
      if (['', '/rows/first-name', '/preview'].includes(path)) await tab.page.locator('.trial').waitFor();
      expect(await faultsOf(tab.page, at)).to.deep.equal([]);
    }
    await tab.page.goto('/admin/connections/shown/groups');
    expect(await faultsOf(tab.page, at)).to.deep.equal([]);
    expectNoFaults(tab);
    await tab.close();
  });
});
