import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { Config, sql } from '../../../modules/framework/index.ts';
import notification from '../../../modules/notification/module.ts';
import provisioning from '../../../modules/provisioning/module.ts';
import { expectNoFaults, openBrowser } from '../browser.ts';
import { type Hands, keyboard, mouse } from './hands.ts';
import { okta, person } from './identity-provider.ts';
import { openNewStore } from './store.ts';

const ways: readonly (readonly [how: string, scripts: boolean, handsOf: (page: Page) => Hands])[] = [
  ['with scripts', true, () => mouse],
  ['without scripts', false, () => mouse],
  ['with the keyboard alone', true, keyboard],
];

describe("A store administrator's first five minutes", function () {
  this.timeout(120_000);

  for (const [how, scripts, handsOf] of ways)
    it(`from the first login to a report in a file, ${how}`, async () => {
      const store = await openNewStore([provisioning, notification]);
      const browser = await openBrowser(store.url);
      try {
        const tab = await browser.open({ javaScriptEnabled: scripts });
        const { page } = tab;
        const { press, fill, choose, tick } = handsOf(page);
        const link = (name: string) => page.getByRole('link', { name, exact: true }).first();
        const button = (name: string) => page.getByRole('button', { name, exact: true });
        const field = (name: string) => page.getByLabel(name, { exact: true });
        const done = (words: string) => page.locator('.notice.done', { hasText: words }).waitFor();
        const menu = (name: string) => press(page.locator('nav.menu').getByRole('link', { name, exact: true }));
        /** The steps of the checklist that are still to be done. */
        const toDo = async () => {
          await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
          return page.locator('.checklist a').allInnerTexts();
        };
        const protect = 'Protect your account with a second factor';

        // The first login: what the first start told, and a list of what comes first.
        await page.goto('/admin');
        await fill(page.getByLabel('User Name'), store.told('Admin user'));
        await fill(page.getByLabel('Password'), store.told('Admin password'));
        await press(button('Log in'));
        expect(await toDo()).to.deep.equal([
          'Connect your identity provider',
          'Receive the first request',
          'See the first user arrive',
          protect,
        ]);

        // A connection in three steps; the token is shown once.
        await press(link('Connect your identity provider'));
        await press(page.getByRole('link', { name: /^O?\s*Okta/ }));
        await fill(page.getByRole('textbox', { name: 'Name' }), 'Acme Okta');
        await fill(page.getByRole('textbox', { name: 'Code' }), 'okta');
        await fill(page.getByLabel('Customer group'), 'Wholesale');
        for (const on of ['Enable New Customer Creation', 'Enable SCIM Provisioning'])
          expect(await page.getByLabel(on).isChecked(), on).to.equal(true);
        await tick(page.getByRole('checkbox', { name: 'Delete' }), false);
        await press(button('Add Connection'));
        const token = await page.getByLabel('SCIM Bearer Token').inputValue();
        const header = await page.getByLabel('Authorization Header').inputValue();
        const baseUrl = await page.getByLabel('SCIM Base URL').inputValue();
        expect(header).to.equal(`Bearer ${token}`);

        // Whoever looks after the provider gets a link.
        await press(link('Open Setup Guide'));
        await page.getByRole('heading', { name: 'Choose the application' }).waitFor();
        expect(await page.content()).not.to.include(token);
        await press(link('Invite an Identity Administrator'));
        await fill(page.getByLabel('Whom is it for?'), 'Dana, IT of Acme');
        await press(button('Make the Link'));
        const invitation = await page.getByLabel('Setup Link').inputValue();
        const guest = await browser.open({ javaScriptEnabled: scripts });
        await guest.page.goto(new URL(invitation).pathname);
        await guest.page.getByText('Dana, IT of Acme, to set up Acme Okta').waitFor();
        await guest.close();

        // One row of the mapping: tried on a sample, its effect counted, published.
        await menu('Connections');
        await press(link('Acme Okta'));
        await press(link('Attribute Mapping'));
        await press(page.getByRole('link', { name: 'Edit first-name' }));
        const thisRow = page.locator('.trial-steps', { hasText: 'firstname' });
        if (scripts) await thisRow.getByText('from name.givenName').waitFor();
        await fill(page.getByLabel('Source', { exact: true }), 'nickName');
        // With scripts the preview follows what is typed; without, a button asks for it.
        if (!scripts) await press(button('Preview this Row'));
        await thisRow.getByText('from nickName').waitFor();
        await press(button('Save in Draft'));
        await done('saved in the draft');
        expect(await page.locator('#row-first-name').innerText()).to.include('Changed');
        await press(link('Publish…'));
        await page.getByText('This connection manages no customers yet').waitFor();
        await fill(page.getByLabel('Comment'), 'Nick names');
        await press(button('Publish'));
        await done('Version 1 is in effect');

        // The first user arrives.
        await menu('Dashboard');
        expect(await toDo()).to.deep.equal(['Receive the first request', 'See the first user arrive', protect]);
        const provider = okta(store.url, baseUrl, header);
        expect((await provider.test()).status).to.equal(200);
        const mia = await provider.assign(person('mia@okta.example', 'Maria', { nickName: 'Mia' }));
        expect(mia.status, mia.text).to.equal(201);
        await store.recorded();
        await page.reload();
        expect(await toDo()).to.deep.equal([protect]);
        await menu('Customers');
        const row = page.locator('tbody tr', { hasText: 'mia@okta.example' });
        expect((await row.innerText()).replace(/\s+/g, ' '))
          .to.include('Mia Moor')
          .and.include('Acme Okta');
        expect(await row.innerText()).to.include('Wholesale');
        await press(row.getByRole('link', { name: 'Mia Moor' }));
        await page.getByRole('heading', { name: 'Mia Moor' }).waitFor();

        // Safeguards, and who is told.
        await menu('Connections');
        await press(link('Acme Okta'));
        await press(link('Policies and Safeguards'));
        await fill(page.getByLabel('Never up to (customers)'), '1');
        await fill(page.getByLabel('Always above (customers)'), '5');
        await press(button('Save Config'));
        await done('You saved the configuration');
        const policies = await store.database.first<{ policies: string }>(
          sql`SELECT policies FROM {vestibule_connection} WHERE code = ${'okta'}`,
        );
        expect(JSON.parse(policies?.policies ?? '{}')).to.include({ guardAtLeast: 1, guardMost: 5 });
        // What was switched off is refused, and the reason is told where the connection is looked after.
        expect((await provider.delete(String(mia.json.id))).status).to.equal(403);
        await store.recorded();
        await press(link('SCIM Configuration'));
        await page
          .getByText(/^Tried to delete/)
          .first()
          .waitFor();
        await page.getByText('Delete is off for the connection').first().waitFor();
        await menu('Configuration');
        await fill(page.getByRole('searchbox'), 'recipients');
        await press(button('Search'));
        await press(link('Recipients'));
        await tick(page.getByLabel('Use system value: Recipients'), false);
        await fill(field('Recipients'), 'shop@store.example');
        await press(button('Save Config'));
        await done('You saved the configuration');
        expect((await store.host.resolve(Config).entry('notification/operators/recipients')).value).to.deep.equal([
          'shop@store.example',
        ]);

        // The report: found, opened, in a file.
        await store.recorded();
        await menu('Reports');
        await page.getByRole('heading', { name: 'Provisioning Report' }).waitFor();
        await fill(page.getByLabel('Enduser Identifier'), 'mia@okta.example');
        await choose(page.locator('select[name=status]'), 'Success');
        await press(button('Search'));
        await page.getByText('Clear all').waitFor();
        expect(await page.locator('tbody tr').count()).to.equal(1);
        await press(page.locator('tbody td[data-label="Time"] a'));
        const changes = page.locator('section, .card', { hasText: 'Modified attributes' }).last();
        expect((await changes.innerText()).replace(/\s+/g, ' ')).to.match(/firstname.*Mia/i);
        await page.goBack();
        const [file] = await Promise.all([page.waitForEvent('download'), press(link('Export CSV'))]);
        const csv = readFileSync(await file.path(), 'utf8')
          .trim()
          .split('\r\n');
        expect(csv).to.have.length(2);
        expect(csv[1]).to.include('"user.create"').and.include('"mia@okta.example"');
        expectNoFaults(tab);
        await tab.close();
      } finally {
        await browser.close();
        await store.close();
      }
    });
});
