import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { idpOrigin, person } from '../../saml/idp-process/messages.ts';
import { onBothEngines, type TestEngine } from '../../setup/databases.ts';
import { expectNoFaults, type Tab } from '../browser.ts';
import { axeIssues, isTooWide, narrow } from '../looks.ts';
import { openStage, type Stage, type Store } from './stage.ts';

async function logInThere(page: Page): Promise<void> {
  await page.getByLabel('User').fill(person.name);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

describe('A browser before an identity provider of its own process', function () {
  this.timeout(60_000);
  const engines: TestEngine[] = [];
  let stage: Stage;
  before(async function () {
    this.timeout(900_000);
    stage = await openStage(engines);
  });
  after(() => stage?.close());

  onBothEngines('signs people in and out', (engine) => {
    engines.push(engine);
    let store: Store;
    let tab: Tab;
    beforeEach(async () => {
      store = stage.store(engine);
      tab = await stage.browser.open();
      // Nobody is logged in there when a test begins.
      await tab.page.goto(`${idpOrigin}/forget`);
    });
    afterEach(() => tab.close());

    it('from the storefront and back, where a new customer is known by name; then out of both', async () => {
      const { page } = tab;
      await page.goto(store.shop);
      await page.getByRole('link', { name: 'Sign in' }).click();
      await logInThere(page);
      await heading(page, `Hello, ${person.name}`);
      expect(new URL(page.url()).search, 'no code in the address').to.equal('');
      const { json } = await store.scim.find(`userName eq "${person.name}"`);
      expect(String(json.Resources?.[0]?.id)).to.equal(String(store.customer()?.customerId));

      await page.getByRole('link', { name: 'Log out' }).click();
      await heading(page, 'Log out?');
      await page.getByRole('button', { name: 'Log out' }).click();
      await heading(page, 'Shop');
      expect(page.url()).to.equal(`${store.shop}/?bye`);
      expect(await store.sessions()).to.equal(0);
      await page.goto(`${idpOrigin}/who`);
      expect(await page.textContent('body')).to.contain('nobody is logged in');
      const operations = (await store.records()).map(({ operation, outcome }) => `${operation} ${outcome}`);
      expect(operations).to.include.members([
        'sign-in done',
        'sign-in.exchange done',
        'sign-out done',
        'sign-out.answer done',
      ]);
      expectNoFaults(tab);
    });

    it('by forms in both directions, without scripts, on a small screen', async () => {
      await store.change({ settings: { requestBinding: 'post', redirects: [] } });
      try {
        await tab.close();
        tab = await stage.browser.open({ javaScriptEnabled: false, viewport: narrow });
        const { page } = tab;
        await page.goto(`${store.host}/saml/default/login`);
        await heading(page, 'Sign in');
        await page.getByRole('button', { name: 'Continue' }).click();
        await logInThere(page);
        await page.getByRole('button', { name: 'Go on' }).click();
        await heading(page, `${person.given} ${person.family}`);
        expect(page.url()).to.equal(`${store.host}/saml/default/account`);
        await page.getByRole('button', { name: 'Log out' }).click();
        await page.getByRole('button', { name: 'Continue' }).click();
        await page.getByRole('button', { name: 'Go on' }).click();
        await heading(page, 'You are logged out');
        expect(await store.sessions()).to.equal(0);
        expectNoFaults(tab);
      } finally {
        await store.change({ settings: { requestBinding: 'redirect', redirects: [`${store.shop}/saml/`] } });
      }
    });

    it('from the identity provider’s own page, and out from there', async () => {
      const { page } = tab;
      const start = `${idpOrigin}/start?sp=${encodeURIComponent(store.entityId)}`;
      await page.goto(start);
      await logInThere(page);
      await heading(page, 'This sign-in can’t be finished');
      await store.change({ settings: { idpInitiated: true, requestBinding: 'post' } });
      try {
        for (const binding of ['redirect', 'post']) {
          await page.goto(start);
          if (binding === 'post') await logInThere(page);
          await heading(page, `Hello, ${person.name}`);
          expect(await store.sessions()).to.equal(1);
          await page.goto(`${idpOrigin}/logout?binding=${binding}`);
          await page.getByText('Logged out of everything').waitFor();
          expect(await store.sessions()).to.equal(0);
        }
        expectNoFaults(tab);
      } finally {
        await store.change({ settings: { idpInitiated: false, requestBinding: 'redirect' } });
      }
    });

    it('until SCIM deactivates the customer, on pages that anybody can read, light and dark', async () => {
      await store.change({ settings: { redirects: [] } });
      try {
        const { page } = tab;
        await page.goto(`${store.host}/saml/default/login`);
        await logInThere(page);
        await heading(page, `${person.given} ${person.family}`);
        const { json } = await store.scim.find(`userName eq "${person.name}"`);
        const id = String(json.Resources?.[0]?.id);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await axeIssues(page), colorScheme).to.deep.equal([]);
        }
        await page.setViewportSize(narrow);
        expect(await isTooWide(page)).to.equal(false);
        await store.scim.patch(id, { op: 'replace', path: 'active', value: false });
        expect(await store.sessions()).to.equal(0);
        await page.reload();
        await heading(page, 'Your account is deactivated');
        expect(await isTooWide(page)).to.equal(false);
        expect(await axeIssues(page)).to.deep.equal([]);
        await store.scim.patch(id, { op: 'replace', path: 'active', value: true });
        expectNoFaults(tab);
      } finally {
        await store.change({ settings: { redirects: [`${store.shop}/saml/`] } });
      }
    });
  });
});
