import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { Activities } from '../../modules/activity/index.ts';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import notification from '../../modules/notification/module.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { sqlite } from '../setup/databases.ts';
import { axeIssues, expectNoFaults, isTooWide, openBrowser, type Tab, type TestBrowser } from './browser.ts';

/** Where pictures of the pages go, if anywhere. */
const pictures = process.env.VESTIBULE_PICTURES;
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

  async function enter(options?: Parameters<TestBrowser['open']>[0]): Promise<Tab> {
    const secret = (await host.enter()).cookies.get('vestibule_admin') ?? '';
    const tab = await browser.open(options);
    const cookie = { name: 'vestibule_admin', value: secret, url: host.url, httpOnly: true, sameSite: 'Lax' } as const;
    await tab.page.context().addCookies([cookie]);
    return tab;
  }

  const rows = (page: Page) => page.locator('tbody tr').count();

  for (const javaScriptEnabled of [true, false])
    it(`a creation is found, opened, tried again and exported, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const tab = await enter({ javaScriptEnabled });
      const { page } = tab;
      await page.goto('/admin');
      await page.getByRole('link', { name: 'Reports' }).click();
      await page.getByRole('heading', { name: 'Provisioning Report' }).waitFor();
      expect(await rows(page)).to.equal(2);
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
      await page.locator('input[name=email]').fill('shopper1');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText('Clear all').waitFor();
      expect(await rows(page)).to.equal(11);
      expectNoFaults(tab);
    });

  it('every page is whole at both widths, light and dark, and axe finds nothing serious', async () => {
    const [record] = await host.records();
    const created = (await host.records()).find(
      ({ operation, outcome }) => operation === 'user.create' && outcome === 'done',
    );
    const paths = {
      report: '/admin/reports/provisioning',
      record: `/admin/reports/provisioning/${created?.id}`,
      refused: `/admin/reports/provisioning/${record?.id}`,
      replay: `/admin/reports/provisioning/${created?.id}/replay`,
      'replay-live': `/admin/reports/provisioning/${created?.id}/replay/live`,
      activity: '/admin/connections/default/activity',
      customers: '/admin/customers',
      customer: `/admin/customers/${created?.customerId}`,
      dashboard: '/admin',
    };
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1280, 390]) {
        const tab = await enter({ colorScheme, viewport: { width, height: 860 } });
        for (const [name, path] of Object.entries(paths)) {
          await tab.page.goto(path);
          expect(await isTooWide(tab.page), `${path} at ${width}`).to.equal(false);
          expect(await axeIssues(tab.page), `${path} ${colorScheme} at ${width}`).to.deep.equal([]);
          if (pictures !== undefined)
            await tab.page.screenshot({ path: `${pictures}/rep-${name}-${width}-${colorScheme}.png`, fullPage: true });
        }
        expectNoFaults(tab);
      }
  });
});
