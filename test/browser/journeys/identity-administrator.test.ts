import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { Connections } from '../../../modules/connection/index.ts';
import { SetupLinks } from '../../../modules/connection/setup/setup-link.ts';
import { sql } from '../../../modules/framework/index.ts';
import provisioning from '../../../modules/provisioning/module.ts';
import { expectNoFaults, openBrowser, type TestBrowser } from '../browser.ts';
import { axeIssues, isTooWide, narrow, wide } from '../looks.ts';
import { okta, person } from './identity-provider.ts';
import { type NewStore, openNewStore } from './store.ts';

describe("An identity administrator's first five minutes", function () {
  this.timeout(60_000);
  let store: NewStore;
  let browser: TestBrowser;
  before(async function () {
    this.timeout(900_000);
    store = await openNewStore([provisioning]);
    browser = await openBrowser(store.url);
  });
  after(async () => {
    await browser?.close();
    await store?.close();
  });

  /** A link for a new connection: how people make it is the store administrator's journey. */
  async function link(code: string): Promise<string> {
    const now = new Date();
    const parts = { name: 'Dana', expiresAt: new Date(now.getTime() + 3_600_000), mayChooseProvider: true };
    const made = await store.database.transaction(async (tx) => {
      const connection = await store.host.resolve(Connections).create(tx, { code, name: 'Acme', websiteId: 1 }, now);
      return store.host.resolve(SetupLinks).invite(tx, connection, parts, 'anna', now);
    });
    return `/setup/${made.text}`;
  }

  for (const scripts of [true, false])
    it(`from the link to the first user and an end, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const tab = await browser.open({
        viewport: scripts ? narrow : wide,
        colorScheme: scripts ? 'dark' : 'light',
        javaScriptEnabled: scripts,
      });
      const { page } = tab;
      const found: string[] = [];
      const look = async (name: string) => {
        if (scripts) found.push(...(await axeIssues(page)).map((issue) => `${name}: ${issue}`));
        if (await isTooWide(page)) found.push(`${name} is too wide`);
      };
      const press = (name: string) => page.getByRole('button', { name }).click();
      const follow = (name: string) => page.getByRole('link', { name, exact: true }).first().click();
      const ticks = () => page.locator('.tick.is-ticked').count();
      /** What the panel says; with scripts it looks again by itself. */
      const told = async (words: string) => {
        await store.recorded();
        if (!scripts) await follow('Look now');
        await page.getByText(words).first().waitFor();
      };

      const address = await link(scripts ? 'lively' : 'still');
      await page.goto(address);
      await look('begin');
      // The secret has left the address.
      expect(page.url()).to.match(/\/setup\/[a-z0-9]{8}$/);
      expect(await page.locator('h1').innerText()).to.match(/^Connect your identity provider to /);
      await press('Begin');
      await look('provider');
      await press('Okta');
      await page.getByRole('heading', { name: 'Turn SCIM on' }).waitFor();
      expect(await page.locator('h1').innerText()).to.match(/^Connect Okta to /);
      await page.getByText('HTTP Header', { exact: true }).first().waitFor();
      await page.getByText('Waiting for the first request').waitFor();
      expect(await ticks()).to.equal(0);
      await look('guide');

      await press('Make the Token');
      const baseUrl = await copied(page, 'SCIM Base URL', scripts);
      const header = await copied(page, 'Authorization Header', scripts);
      const token = await copied(page, 'SCIM Bearer Token', scripts);
      expect(header).to.equal(`Bearer ${token}`);
      await look('token');
      await follow('To the Guide');
      expect(await page.content()).not.to.include(token);

      // A letter was lost; then the token without the word before it; then as it should be.
      expect((await okta(store.url, baseUrl, token.slice(0, -1)).test()).status).to.equal(401);
      await told('A request came with a token that this store does not know');
      expect((await okta(store.url, baseUrl, token).test()).status).to.equal(200);
      await told('The token came without "Bearer"; it was accepted.');
      await page.locator('#guide-tick-4.is-ticked').waitFor();

      // Whoever comes without a name is a customer, and the check says what the provider is to send and where.
      const console = okta(store.url, baseUrl, header);
      expect((await console.assign({ userName: `bare@${scripts}.example` })).status).to.equal(201);
      await store.recorded();
      await follow('Check Everything');
      await page.getByText('Something is to be looked at.').waitFor();
      const missing = page.locator('li', { hasText: 'First name (name.givenName) did not come with bare@' });
      await missing.getByText('Look at it', { exact: true }).waitFor();
      expect(await missing.innerText()).to.match(/Profile Editor/);
      await look('check with something missing');
      await page.getByRole('link', { name: /^\W*Guide$/ }).click();

      const userName = `mia@${scripts}.example`;
      const { status, json } = await console.assign(person(userName, 'Mia'));
      expect(status).to.equal(201);
      await told(`Created the user ${userName}`);
      await page.locator('#guide-tick-8.is-ticked').waitFor();
      const customers = () =>
        store.database.all(sql`SELECT firstname, lastname, is_active FROM {customer_entity} WHERE email = ${userName}`);
      expect(await customers()).to.deep.equal([{ firstname: 'Mia', lastname: 'Moor', is_active: 1 }]);

      await follow('Check Everything');
      await page.getByText('Everything is in place.').waitFor();
      for (const good of [
        'Requests come in, and their token is right.',
        '2 users came.',
        `${userName} came with every attribute that is asked for.`,
      ])
        await page.locator('li', { hasText: good }).getByText('Good', { exact: true }).waitFor();
      await look('check');
      expect((await console.unassign(String(json.id))).status).to.equal(200);
      expect(await customers()).to.deep.equal([{ firstname: 'Mia', lastname: 'Moor', is_active: 0 }]);

      await follow('Finish');
      await look('finish');
      await press("I'm Done");
      await page.getByText('What happens next').waitFor();
      await page.getByText(baseUrl).first().waitFor();
      await look('done');
      await page.goto(address);
      await page.getByText('This set-up is finished').waitFor();
      await look('over');
      expect(found).to.deep.equal([]);
      expectNoFaults(tab);
      await tab.close();
    });
});

/** A value as it comes into the console of the provider: by its copy button, or marked by hand where no script runs. */
async function copied(page: Page, label: string, scripts: boolean): Promise<string> {
  const field = page.getByLabel(label, { exact: true });
  if (!scripts) return field.inputValue();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const value = page.locator('.copy-value', { has: field });
  await value.getByRole('button').click();
  await value.getByText('Copied').waitFor();
  return (await page.evaluate('navigator.clipboard.readText()')) as string;
}
