import { expect } from 'chai';
import type { Page } from 'playwright-core';
import provisioning from '../../modules/provisioning/module.ts';
import { type BrowserRoom, openBrowserRoom } from './administration.ts';
import { expectNoFaults } from './browser.ts';
import { axeIssues, isTooWide, narrow, wide } from './looks.ts';

describe('An identity administrator with a link, in a browser', function () {
  this.timeout(60_000);
  let room: BrowserRoom;
  before(async function () {
    this.timeout(900_000);
    room = await openBrowserRoom([provisioning]);
  });
  after(() => room.close());

  /** The administrator's side, which works without scripts. */
  async function invitation(): Promise<string> {
    const tab = await room.enter({ javaScriptEnabled: false });
    await tab.page.goto('/admin/connections/default/guide');
    await tab.page.getByRole('link', { name: 'Invite an Identity Administrator' }).click();
    await tab.page.getByLabel('Whom is it for?').fill('Dana');
    await tab.page.getByLabel('They may say').check();
    await tab.page.getByRole('button', { name: 'Make the Link' }).click();
    const link = new URL(await tab.page.getByLabel('Setup Link').inputValue()).pathname;
    expectNoFaults(tab);
    await tab.close();
    return link;
  }

  for (const scripts of [true, false])
    it(`sets a provider up ${scripts ? 'with' : 'without'} scripts`, async () => {
      const link = await invitation();
      const tab = await room.browser.open({
        viewport: scripts ? narrow : wide,
        colorScheme: scripts ? 'dark' : 'light',
        javaScriptEnabled: scripts,
      });
      const { page } = tab;
      const found: string[] = [];
      const look = async (name: string, at: Page = page) => {
        if (scripts) found.push(...(await axeIssues(at)).map((issue) => `${name}: ${issue}`));
        if (await isTooWide(at)) found.push(`${name} is too wide`);
      };
      await page.goto(link);
      expect(page.url()).to.match(/\/setup\/[a-z0-9]{8}$/);
      await look('begin');
      await page.getByRole('button', { name: 'Begin' }).click();
      await look('provider');
      await page.getByRole('button', { name: /Okta/ }).click();
      await page.getByRole('heading', { name: 'Turn SCIM on' }).waitFor();
      await look('guide');
      await page.getByRole('button', { name: 'Make the Token' }).click();
      const token = await page.getByLabel('Authorization Header').inputValue();
      await look('token');
      await page.getByRole('link', { name: 'To the Guide' }).click();
      const { status } = await fetch(`${room.url}/scim/v2/Users`, {
        method: 'POST',
        headers: { authorization: token, 'content-type': 'application/scim+json' },
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: `mia-${scripts}@okta.example`,
        }),
      });
      expect(status).to.equal(201);
      // With scripts the panel looks again by itself.
      if (!scripts) await page.getByRole('link', { name: 'Look now' }).click();
      await page.getByText(`Created the user mia-${scripts}@okta.example`).waitFor();
      await page.goto(page.url().replace(/\/(guide|requests).*/, '/finish'));
      await look('finish');
      await page.goto(page.url().replace('/finish', '/check'));
      await look('check');
      await page.getByRole('link', { name: 'Finish' }).click();
      const endOld = page.getByLabel('End the token before yours');
      if (await endOld.isVisible()) await endOld.check();
      await page.getByRole('button', { name: "I'm Done" }).click();
      await page.getByText('What happens next').waitFor();
      await look('done');
      await page.goto(link);
      await page.getByText('This set-up is finished').waitFor();
      await look('over');
      expect(found).to.deep.equal([]);
      expectNoFaults(tab);
      await tab.close();
    });
});
