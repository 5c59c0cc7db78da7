import { expect } from 'chai';
import apiDocs from '../../modules/api-docs/module.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { sqlite } from '../setup/databases.ts';
import { expectNoFaults, openBrowser, type TestBrowser } from './browser.ts';
import { faultsOf } from './looks.ts';

describe('In a browser, the page of the API', function () {
  this.timeout(60_000);
  let host: AdministeredHost;
  let browser: TestBrowser;
  before(async function () {
    this.timeout(900_000);
    host = await openAdministeredHost(sqlite, [apiDocs]);
    browser = await openBrowser(host.url);
  });
  after(async () => {
    await browser?.close();
    await host?.close();
  });

  it('finds an operation, sends it with the token that stands in the page, and shows the answer', async () => {
    const tab = await browser.open();
    const { page } = tab;
    await page.goto('/docs/api');
    await page.getByLabel('Find an operation').fill('post scim users create');
    expect(await page.locator('details.operation[data-words]:visible').count()).to.equal(1);
    await page.getByText('Create a user').click();
    await page.getByLabel('Connection SCIM_TOKEN').fill(`Bearer ${host.token}`);
    const form = page.getByRole('form', { name: 'Try: Create a user' });
    await form
      .getByLabel('Body')
      .fill(JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'try@example.com' }));
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('201 Created').waitFor();
    expect(await form.locator('output').textContent()).to.contain('"userName": "try@example.com"');
    expect((await host.scim.find('userName eq "try@example.com"')).json.totalResults).to.equal(1);
    expect(await faultsOf(page)).to.deep.equal([]);
    expectNoFaults(tab);
    await tab.close();
  });

  it('fills parameters in', async () => {
    const tab = await browser.open();
    const { page } = tab;
    await page.goto('/docs/api#get-scim-v2-Schemas-id');
    await page.getByLabel('Connection SCIM_TOKEN').fill(host.token);
    const form = page.getByRole('form', { name: 'Try: Read a schema' });
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('200 OK').waitFor();
    const shown = await form.locator('output').textContent();
    expect(shown).to.contain('"name": "EnterpriseUser"').and.not.to.contain('ListResponse');
    expectNoFaults(tab);
    await tab.close();
  });

  it('never sends what the administration knows its visitor by', async () => {
    const tab = await browser.open();
    const { page } = tab;
    const secret = (await host.enter()).cookies.get('vestibule_admin') ?? '';
    const cookie = { name: 'vestibule_admin', value: secret, url: host.url, httpOnly: true, sameSite: 'Lax' } as const;
    await page.context().addCookies([cookie]);
    await page.goto('/docs/api#get-connections');
    const form = page.getByRole('form', { name: 'Try: List the connections' });
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('401 Unauthorized').waitFor();
    expectNoFaults(tab);
    await tab.close();
  });

  it('can be read without scripts, and says what sending needs', async () => {
    const { page } = await browser.open({ javaScriptEnabled: false });
    await page.goto('/docs/api');
    await page.getByText('List users').click();
    await page.getByText('Sending needs JavaScript').first().waitFor();
    expect(await page.getByRole('form', { name: 'Try: List users' }).getByRole('button').isDisabled()).to.equal(true);
  });
});
