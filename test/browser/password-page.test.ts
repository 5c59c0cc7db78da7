import { expect } from 'chai';
import { Customers, ResetTokens } from '../../modules/customer/index.ts';
import { createTestHost, Database, type TestHost } from '../../modules/framework/index.ts';
import notification from '../../modules/notification/module.ts';
import { expectNoFaults, openBrowser, type TestBrowser } from './browser.ts';
import { axeIssues, narrow } from './looks.ts';

const path = '/customer/account/createPassword';

describe('A customer at the page that sets a password', function () {
  this.timeout(60_000);
  let host: TestHost;
  let browser: TestBrowser;
  let id: number;
  before(async function () {
    this.timeout(900_000);
    host = await createTestHost({ modules: [notification] });
    const { url } = await host.listen();
    browser = await openBrowser(url);
    const attributes = { email: 'sam@home.example', firstname: 'Sam', lastname: 'Shopper' };
    id = await host
      .resolve(Database)
      .transaction((tx) => host.resolve(Customers).create(tx, { websiteId: 1, attributes }, new Date()));
  });
  after(async () => {
    await browser?.close();
    await host?.close();
  });
  const link = async () => {
    const token = await host.resolve(Database).transaction((tx) => host.resolve(ResetTokens).issue(tx, id, new Date()));
    return `${path}?id=${id}&token=${token}`;
  };

  it('sees the rules kept one by one, is told what is missing, and sets it', async () => {
    const tab = await browser.open({ viewport: narrow, colorScheme: 'dark' });
    const { page } = tab;
    await page.goto(await link());
    expect(await axeIssues(page)).to.deep.equal([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    const kept = () => page.locator('#rules .kept').count();
    expect(await kept()).to.equal(0);
    await page.getByLabel('New password').pressSequentially('abcdefg1');
    expect(await kept()).to.equal(3);
    await page.getByLabel('The same once more').fill('abcdefg1');
    await page.getByRole('button', { name: 'Set password' }).click();
    expect(await page.getByRole('alert').textContent()).to.contain('will not do yet');
    expect(await page.locator('#rules .broken').allTextContents()).to.deep.equal([
      '3 of these: lower case, upper case, digits, other characters: not yet',
    ]);
    expect(page.url()).not.to.contain('token');
    expect(await axeIssues(page)).to.deep.equal([]);
    await page.getByLabel('New password').fill('Tandem-Kettle-42');
    await page.getByLabel('Show what I type').check();
    expect(await page.getByLabel('New password').getAttribute('type')).to.equal('text');
    await page.getByLabel('The same once more').fill('Tandem-Kettle-42');
    await page.getByRole('button', { name: 'Set password' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).to.equal('Your password is set');
    expectNoFaults(tab);
    await tab.close();
  });

  it('needs no scripts, and asks for another link with one button', async () => {
    const tab = await browser.open({ viewport: narrow, javaScriptEnabled: false });
    const { page } = tab;
    const first = await link();
    await page.goto(await link());
    await page.getByLabel('New password').fill('Tandem-Kettle-43');
    await page.getByLabel('The same once more').fill('Tandem-Kettle-43');
    await page.getByRole('button', { name: 'Set password' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).to.equal('Your password is set');
    await page.goto(first);
    await page.getByRole('button', { name: 'Send me a new link' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).to.equal('Look into your mailbox');
    expectNoFaults(tab);
    await tab.close();
  });
});
