import { expect } from 'chai';
import { Activities } from '../../modules/activity/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import saml from '../../modules/saml/module.ts';
import { entityDescriptor } from '../saml/metadata/idp-document.ts';
import { type BrowserRoom, openBrowserRoom, password } from './administration.ts';
import { expectNoFaults, logIn } from './browser.ts';
import { faultsOf } from './looks.ts';

describe('Connecting an identity provider in a browser', function () {
  this.timeout(60_000);
  let room: BrowserRoom;
  before(async function () {
    this.timeout(900_000);
    room = await openBrowserRoom([provisioning, saml]);
  });
  after(() => room.close());

  const create = (token: string, userName: string) =>
    fetch(`${room.url}/scim/v2/Users`, {
      method: 'POST',
      headers: {
        authorization: token,
        'content-type': 'application/scim+json',
        'user-agent': 'Okta SCIM Client 1.0.0',
      },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
    });

  for (const scripts of [true, false]) {
    it(`goes from the login to the first user and a refusal ${scripts ? 'with' : 'without'} scripts`, async () => {
      const code = scripts ? 'okta' : 'plain';
      const tab = await room.browser.open({ javaScriptEnabled: scripts });
      const { page } = tab;
      await logIn(page, 'anna', password);
      await page.getByRole('link', { name: 'Connections', exact: true }).first().click();
      await page.getByRole('link', { name: 'Add Connection' }).click();
      await page.getByRole('link', { name: /^O?\s*Okta/ }).click();
      await page.getByLabel('Code').fill(code);
      await page.getByRole('button', { name: 'Add Connection' }).click();
      const token = await page.getByLabel('SCIM Bearer Token').inputValue();
      expect(await page.getByLabel('Authorization Header').inputValue()).to.equal(`Bearer ${token}`);
      await page.getByRole('heading', { name: 'Waiting for the first request' }).waitFor();

      const { status } = await create(token, `mia@${code}.example`);
      expect(status).to.equal(201);
      // With scripts the panel looks again by itself.
      if (!scripts) await page.getByRole('link', { name: 'Look now' }).click();
      await page.getByText(`Created the user mia@${code}.example`).waitFor();
      await page.getByText('The token came without "Bearer"; it was accepted.').waitFor();

      await page.goto(`/admin/connections/${code}`);
      expect(await page.content()).not.to.include(token);
      await page.getByLabel('Enable New Customer Creation').uncheck();
      await page.getByRole('button', { name: 'Save Config' }).click();
      expect(await page.locator('.notice.done').innerText()).to.include('You saved the configuration');
      // Running servers remember a token for five seconds; of a new one they know nothing yet.
      await page.getByRole('link', { name: 'New Token' }).click();
      await page.getByRole('button', { name: 'Make Token' }).click();
      const second = await page.getByLabel('Authorization Header').inputValue();
      expect((await create(second, `leo@${code}.example`)).status).to.equal(403);
      await room.host.resolve(Activities).flush();
      await page.getByRole('link', { name: 'Done' }).click();
      await page.getByText('Enable New Customer Creation is off for the connection').first().waitFor();
      expectNoFaults(tab);
      await tab.close();
    });
  }

  it('goes from Active Directory to a guide whose steps tick themselves, and leaves the keyboard where it is', async () => {
    const tab = await room.enter();
    const { page } = tab;
    await page.goto('/admin/connections/new');
    await page.getByRole('link', { name: 'Active Directory or LDAP' }).click();
    await page.getByRole('link', { name: /OneLogin/ }).click();
    await page.getByRole('button', { name: 'Add Connection' }).click();
    const token = await page.getByLabel('SCIM Bearer Token').inputValue();
    await page.getByRole('link', { name: 'Open Setup Guide' }).click();
    await page.getByRole('heading', { name: 'Bring the directory into it' }).waitFor();
    await page.getByLabel('SCIM Base URL').focus();
    expect(await page.locator('.tick.is-ticked').count()).to.equal(0);
    await create(`Bearer ${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`, 'nobody');
    await room.host.resolve(Activities).flush();
    await page.getByText('A request came with a token that this store does not know').waitFor();
    expect((await create(token, 'ben@directory.example')).status).to.equal(201);
    await room.host.resolve(Activities).flush();
    // The steps up to the first customer; that somebody is disabled has not been seen.
    await page.locator('#guide-tick-8.is-ticked').waitFor();
    expect(await page.locator('.tick.is-ticked').count()).to.equal(8);
    expect(await page.evaluate('document.activeElement.value')).to.match(/\/scim\/v2$/);
    expectNoFaults(tab);
    await tab.close();
  });

  it('takes the metadata of an identity provider from a file, and sends it as a text', async () => {
    const tab = await room.enter();
    const { page } = tab;
    await page.goto('/admin/connections/okta/saml');
    const xml = Buffer.from(entityDescriptor());
    await page.getByLabel('Take it from a file').setInputFiles({ name: 'idp.xml', mimeType: 'text/xml', buffer: xml });
    await page.getByText('idp.xml was taken into the field.').waitFor();
    await page.getByRole('button', { name: 'Take Over Metadata' }).click();
    await page.getByText('1 certificate of it counts now.').waitFor();
    await page.getByRole('button', { name: 'Start a Key Rollover' }).click();
    await page.getByRole('link', { name: 'Complete the Rollover' }).waitFor();
    expectNoFaults(tab);
    await tab.close();
  });

  it('has pages without anything serious for axe, too wide or blocked', async () => {
    const tab = await room.enter();
    const found: string[] = [];
    for (const path of [
      '/admin',
      '/admin/connections',
      '/admin/connections/new',
      '/admin/connections/new?from=directory',
      '/admin/connections/new?provider=entra',
      '/admin/connections/okta',
      '/admin/connections/okta/policies',
      '/admin/connections/okta/guide',
      '/admin/connections/okta/guide?way=saml',
      '/admin/connections/okta/invitations/new',
      '/admin/connections/okta/saml',
      '/admin/connections/okta/saml?part=settings',
      '/admin/connections/okta/saml?part=claims',
      '/admin/connections/okta/saml?part=sign-ins',
      '/admin/connections/okta/tokens/new',
      '/admin/connections/okta/tokens/rotate',
      '/admin/connections/okta/pause',
      '/admin/connections/okta/delete',
      '/admin/connections/okta/delete?customers=keep',
      '/admin/held-changes',
      '/admin/pending-matches',
    ]) {
      await tab.page.goto(path);
      found.push(...(await faultsOf(tab.page)));
    }
    expect(found).to.deep.equal([]);
    expectNoFaults(tab);
    await tab.close();
  });
});
