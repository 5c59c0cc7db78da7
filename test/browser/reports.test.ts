import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { Activities } from '../../modules/activity/index.ts';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import notification from '../../modules/notification/module.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { sqlite } from '../setup/databases.ts';
import { openSession } from './administration.ts';
import { expectNoFaults, openBrowser, type TabOptions, type TestBrowser } from './browser.ts';
import { faultsOf } from './looks.ts';

const hostile = '<img src=x onerror=alert(1)>';

describe('In a browser, reports and customers', function () {
  this.timeout(60_000);
  let host: AdministeredHost;
  let browser: TestBrowser;
  before(async function () {
    this.timeout(900_000);
    host = await openAdministeredHost(sqlite, [notification]);
    browser = await openBrowser(host.url);
    await host.scim.create({
      userName: 'ada@example.com',
      name: { givenName: 'Ada', familyName: hostile },
      emails: [{ value: 'ada@example.com' }],
      addresses: [{ streetAddress: '1 Main', locality: 'Austin', region: 'Texas', postalCode: '78701', country: 'US' }],
    });
    await host.scim.post({ userName: 'ada@example.com', emails: [{ value: 'ada@example.com' }] });
    for (let i = 0; i < 24; i++) await host.shopper(`shopper${i}@example.com`, { firstname: `Sam ${i}` });
    await host.host.resolve(Activities).flush();
    await host.host.resolve(ActivityJobs).seal();
  });
  after(async () => {
    await browser?.close();
    await host?.close();
  });

  const enter = async (options?: TabOptions) =>
    openSession(browser, host.url, (await host.enter()).cookies.get('vestibule_admin') ?? '', options);

  /** Both at once, which no click can. */
  const openMenu = (page: Page, menu: string) => page.evaluate(`document.querySelector('${menu}').open = true`);
  const rows = (page: Page) => page.locator('tbody tr').count();

  for (const javaScriptEnabled of [true, false])
    it(`a creation is found, opened, tried again and exported, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const tab = await enter({ javaScriptEnabled });
      const { page } = tab;
      await page.goto('/admin');
      await page.getByRole('link', { name: 'Reports' }).click();
      await page.getByRole('heading', { name: 'Provisioning Report' }).waitFor();
      expect(await rows(page)).to.be.at.least(2);
      await page.getByLabel('Enduser Identifier').fill('ada@example.com');
      await page.locator('select[name=status]').selectOption('success');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText('Clear all').waitFor();
      expect(await rows(page)).to.equal(1);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export CSV' }).click(),
      ]);
      expect(readFileSync(await file.path(), 'utf8'))
        .to.include('"user.create"')
        .and.include('"ada@example.com"');
      await page.locator('tbody td[data-label="Time"] a').click();
      await page.getByRole('heading', { name: 'Modified attributes' }).waitFor();
      await page.getByRole('link', { name: 'Dry Replay' }).click();
      await page.getByText('Nothing was written').waitFor();
      await page.getByRole('link', { name: /Record \d/ }).click();
      await page.getByRole('link', { name: 'ada@example.com' }).first().click();
      await page.getByRole('heading', { name: `Ada ${hostile}` }).waitFor();
      expect(await page.locator('img').count()).to.equal(0);
      await page.getByRole('link', { name: 'Deactivate' }).click();
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('link', { name: 'Customers' }).first().click();
      await page.locator('input[name=text]').fill('shopper1');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText('Clear all').waitFor();
      expect(await rows(page)).to.equal(11);
      expectNoFaults(tab);
      await tab.close();
    });

  for (const javaScriptEnabled of [true, false])
    it(`a customer is found, edited and given an address, and the table is kept as it is liked, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const tab = await enter({ javaScriptEnabled });
      const { page } = tab;
      const name = javaScriptEnabled ? 'Renata' : 'Rosa';
      await page.goto('/admin/customers');
      await page.getByLabel('Keyword').fill('shopper7');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: /^(Sam 7|Renata) Shopper$/ }).click();
      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await page.getByLabel('First Name').fill('');
      await page.getByRole('button', { name: 'Save Customer' }).click();
      await page.getByText('First Name is required.').first().waitFor();
      await page.getByLabel('First Name').fill(name);
      await page.getByRole('button', { name: 'Save Customer' }).click();
      await page.getByText('The customer was saved.').waitFor();
      await page.getByRole('link', { name: 'Add Address' }).click();
      await page.getByLabel('Street Address', { exact: false }).first().fill('2 Side');
      await page.getByLabel('Country').selectOption('US');
      await page.getByLabel('State/Province').fill('tx');
      await page.getByLabel('City').fill('Austin');
      await page.getByLabel('Phone Number').fill('1');
      await page.getByRole('button', { name: 'Save Address' }).click();
      await page.getByText('Texas US').first().waitFor();
      expect(await page.locator('h1').innerText()).to.include(name);
      await page.goto('/admin/customers?state=active&size=50');
      await page.locator('.views summary').click();
      await page.getByLabel('Keep filters, order and columns as').fill(`Active ${name}`);
      await page.getByRole('button', { name: 'Save View' }).click();
      await page.getByText('was saved').waitFor();
      expect(page.url()).to.include('state=active');
      expectNoFaults(tab);
      await tab.close();
    });

  for (const javaScriptEnabled of [true, false])
    it(`picked customers are put into a group, and the table stays as it was looked at, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const tab = await enter({ javaScriptEnabled });
      const { page } = tab;
      const words = javaScriptEnabled ? 'Wholesale' : 'Retailer';
      await page.goto('/admin/customers?text=shopper2');
      const found = await rows(page);
      expect(found).to.equal(5);
      if (javaScriptEnabled) await page.getByLabel('All on this page').check();
      else for (let at = 0; at < found; at++) await page.locator('input[name=customer]').nth(at).check();
      await page.locator('.acts summary').click();
      if (javaScriptEnabled) expect(await page.locator('.acts summary').innerText()).to.include('(5)');
      await page.getByRole('button', { name: 'Assign a Customer Group' }).click();
      await page.getByText('Assign a group to 5 customers?').waitFor();
      await page.getByRole('button', { name: 'Assign a Customer Group' }).click();
      await page.getByText('Choose a group from the list.').waitFor();
      await page.getByLabel('Group').selectOption({ label: words });
      await page.getByRole('button', { name: 'Assign a Customer Group' }).click();
      await page.getByText('5 customers were put into the group.').waitFor();
      expect(page.url()).to.include('text=shopper2');
      expect(await page.locator('td[data-label=Group]').allInnerTexts()).to.deep.equal(Array(5).fill(words));
      if (javaScriptEnabled) {
        await page.locator('.acts summary').click();
        await page.keyboard.press('Escape');
        expect(await page.locator('.acts[open]').count()).to.equal(0);
      }
      expectNoFaults(tab);
      await tab.close();
    });

  it('every page is whole, and axe finds nothing serious', async () => {
    const records = await host.records();
    const created = records.find(({ operation, outcome }) => operation === 'user.create' && outcome === 'done');
    const refused = records.find(({ outcome }) => outcome === 'refused');
    const customer = `/admin/customers/${created?.customerId}`;
    const report = '/admin/reports/provisioning';
    const tab = await enter();
    for (const path of [
      '/admin',
      report,
      `${report}/${created?.id}`,
      `${report}/${refused?.id}`,
      `${report}/${created?.id}/replay`,
      `${report}/${created?.id}/replay/live`,
      '/admin/connections/default/activity',
      '/admin/customers',
      customer,
      `${customer}/edit`,
      `${customer}/addresses/new`,
      `${customer}/delete`,
    ]) {
      await tab.page.goto(path);
      if (path === '/admin/customers') for (const menu of ['.views', '.acts']) await openMenu(tab.page, menu);
      expect(await faultsOf(tab.page)).to.deep.equal([]);
    }
    expectNoFaults(tab);
    await tab.close();
  });
});
