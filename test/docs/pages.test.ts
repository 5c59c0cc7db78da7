import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { GuideParts } from '../../modules/connection/index.ts';
import { Environment } from '../../modules/framework/index.ts';
import type { AdministeredHost } from '../setup/administered-host.ts';
import { identityProviderPages } from './identity-providers/page.ts';
import { boldOf, documents, root } from './markdown.ts';
import { everythingShown, openDocumentedHost } from './shown-pages.ts';

const folder = 'docs/identity-providers';

describe('The guides for people', () => {
  let host: AdministeredHost;
  let shown: string;

  before(async function () {
    this.timeout(60_000);
    host = await openDocumentedHost();
    shown = await everythingShown(host);
  });
  after(() => host?.close());

  it('print bold what stands on the pages, as it stands there', () => {
    const guides = documents.filter(({ path }) => /^docs\/(README|[\w-]+-administrators|security)\.md$/.test(path));
    const bold = guides.flatMap((document) => boldOf(document).map((words) => [document.path, words] as const));
    expect(bold.filter(([, words]) => !shown.includes(words)).map((pair) => pair.join(': '))).to.deep.equal([]);
    expect(bold.length).to.be.above(80);
  });

  it('show addresses of the configured name alone, whatever a visitor calls the host', async () => {
    const { port } = new URL(host.url);
    const forged = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' };
    const read = async (path: string, headers: Record<string, string>) => {
      const asked = request({ host: '127.0.0.1', port, path, headers: { ...forged, ...headers } }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      return `${JSON.stringify(answer.headers)}${await text(answer)}`;
    };
    const { baseUrl } = host.host.resolve(Environment);
    const authorization = `Bearer ${host.token}`;
    const known = await host.scim.create({ userName: 'known@example.com' });
    const cookie = `vestibule_admin=${(await host.enter()).cookies.get('vestibule_admin')}`;
    for (const [path, headers] of [
      [`/scim/v2/Users/${known}`, { authorization }],
      ['/scim/v2/ServiceProviderConfig', { authorization }],
      ['/scim/v2/Nothing', {}],
      ['/admin', {}],
      ['/admin/connections/okta/saml', { cookie }],
      ['/admin/connections/okta/guide?way=saml', { cookie }],
    ] as const) {
      const answer = await read(path, headers);
      expect(answer, path).not.to.include('evil.example');
      if (/Users|saml/.test(path)) expect(answer, path).to.include(new URL(baseUrl).host);
    }
  });

  it('are, of identity providers, what the Setup Guide of the product says', () => {
    const pages = identityProviderPages(host.host.resolve(GuideParts));
    expect(readdirSync(join(root, folder)).sort()).to.deep.equal(pages.map(({ file }) => file).sort());
    for (const page of pages) {
      const written = readFileSync(join(root, folder, page.file), 'utf8');
      expect(written, `${page.file}: npm run campaign -- guides`).to.equal(page.text);
    }
  });

  it('send an identity administrator to no page of the administration', () => {
    const hidden =
      /\b(SCIM Configuration|Group Mapping|Policies and Safeguards|Held Changes|Pending Matches|API Accounts|under Customers|tab SAML SSO)\b/;
    for (const page of identityProviderPages(host.host.resolve(GuideParts)))
      expect(hidden.exec(page.text)?.[0], page.file).to.equal(undefined);
  });
});
