import { expect } from 'chai';
import { Activities } from '../../modules/activity/index.ts';
import { Connections, Tokens } from '../../modules/connection/index.ts';
import { Database } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import saml from '../../modules/saml/module.ts';
import { entityDescriptor } from '../saml/metadata/idp-document.ts';
import { type BrowserRoom, openBrowserRoom } from './administration.ts';
import { expectNoFaults } from './browser.ts';
import { faultsOf, narrow } from './looks.ts';

describe('Connecting an identity provider in a browser', function () {
  this.timeout(60_000);
  let room: BrowserRoom;
  before(async function () {
    this.timeout(900_000);
    room = await openBrowserRoom([provisioning, saml]);
    const { host } = room;
    await host.resolve(Database).transaction(async (tx) => {
      const parts = { code: 'okta', name: 'Okta', websiteId: 1, profile: 'okta' } as const;
      const connection = await host.resolve(Connections).create(tx, parts, new Date());
      await host.resolve(Tokens).issue(tx, connection, { name: 'test' }, new Date());
    });
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

  it('keeps the selected tab in sight on a telephone, however far the tabs are scrolled', async () => {
    const tab = await room.enter({ viewport: narrow, javaScriptEnabled: false });
    const { page } = tab;
    for (const path of ['', '/saml', '/mapping', '/guide']) {
      await page.goto(`/admin/connections/okta${path}`);
      const strip = page.locator('nav.tabs').first();
      for (const scrolled of [0, 150, 10_000]) {
        await strip.evaluate((node, left) => node.scrollTo({ left }), scrolled);
        const box = await strip.locator('[aria-current="page"]').boundingBox();
        const [left, right] = [box?.x ?? -1, (box?.x ?? 0) + (box?.width ?? 9_999)];
        expect(left >= 0 && right <= narrow.width, `${path} scrolled by ${scrolled}: ${left} to ${right}`).to.equal(
          true,
        );
      }
    }
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
      '/admin/protected-customers',
    ]) {
      await tab.page.goto(path);
      found.push(...(await faultsOf(tab.page)));
    }
    expect(found).to.deep.equal([]);
    expectNoFaults(tab);
    await tab.close();
  });
});
