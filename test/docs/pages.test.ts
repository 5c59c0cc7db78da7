import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { GuideParts } from '../../modules/connection/index.ts';
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

  it('are, of identity providers, what the Setup Guide of the product says', () => {
    const pages = identityProviderPages(host.host.resolve(GuideParts));
    expect(readdirSync(join(root, folder)).sort()).to.deep.equal(pages.map(({ file }) => file).sort());
    for (const { file, text } of pages)
      expect(readFileSync(join(root, folder, file), 'utf8'), `${file}: npm run campaign -- guides`).to.equal(text);
  });

  it('send an identity administrator to no page of the administration', () => {
    const hidden =
      /\b(SCIM Configuration|Group Mapping|Policies and Safeguards|Held Changes|Pending Matches|API Accounts|under Customers|tab SAML SSO)\b/;
    for (const { file, text } of identityProviderPages(host.host.resolve(GuideParts)))
      expect(hidden.exec(text)?.[0], file).to.equal(undefined);
  });
});
