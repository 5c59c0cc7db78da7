import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { CustomerAttributes } from '../../../modules/customer/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

onBothEngines('Attributes and copies of mappings in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  const home = '/admin/connections/default/mapping';
  before(async () => {
    host = await openAdministeredHost(engine);
    await host.connect('okta', { profile: 'okta' });
    browser = await host.enter();
  });
  after(() => host.close());

  const rowsOf = async (code: string) => {
    const connection = await host.host.resolve(Connections).byCode(host.database, code);
    const versions = host.host.resolve(MappingVersions);
    const draft = await versions.draft(host.database, connection);
    return {
      draft: draft?.document.rows,
      inEffect: (await versions.inEffect(host.database, connection)).document.rows,
    };
  };

  it('make an attribute of the store with its choices, and put a row for it into the draft', async () => {
    const fields = {
      attribute: 'cost_group',
      label: 'Cost group',
      input: 'select',
      options: 'North\r\n\r\nSouth',
      default: 'South',
    };
    const made = await browser.send(`${home}/attributes`, { ...fields, source: 'title' });
    expect(made.location).to.equal(home);
    expect((await browser.get(home)).text).to.include('The attribute cost_group was created');
    const attribute = await host.host.resolve(CustomerAttributes).byCode(host.database, 'cost_group');
    expect(attribute).to.include({ label: 'Cost group', input: 'select', backendType: 'int' });
    expect(attribute?.options.map(({ label }) => label)).to.deep.equal(['North', 'South']);
    expect((await rowsOf('default')).draft?.some((row) => row.target === 'cost_group')).to.equal(true);
    expect((await browser.get(`${home}/attributes`)).text).to.include('North, South');
  });

  it('say what is wrong, keep what was typed and make nothing', async () => {
    const wrong = await browser.send(`${home}/attributes`, {
      attribute: 'Bad Code',
      label: 'L <b>',
      input: 'text',
      source: '',
    });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('cannot be the code').and.include('value="Bad Code"').and.not.include('L <b>');
    const path = { attribute: 'fine_code', label: 'Fine', input: 'text', source: 'no[such' };
    expect((await browser.send(`${home}/attributes`, path)).status).to.equal(422);
    expect(await host.host.resolve(CustomerAttributes).byCode(host.database, 'fine_code')).to.equal(undefined);
    const reader = await host.enter(['attribute-mapping::view', 'connection::view']);
    expect((await reader.get(`${home}/attributes`)).status).to.equal(403);
  });

  it("take another connection's mapping into the draft after showing what differs", async () => {
    const page = await browser.get(`${home}/copy?from=okta`);
    expect(page.text).to.include('Copy into the Draft').and.include('The draft is replaced');
    const revision = /name="revision" value="(\d+)"/.exec(page.text)?.[1] ?? '';
    expect((await browser.send(`${home}/copy`, { revision, from: 'okta' })).location).to.equal(home);
    expect((await rowsOf('default')).draft).to.deep.equal((await rowsOf('okta')).inEffect);
    await browser.send(`${home}/copy`, { revision, from: 'okta' });
    expect((await browser.get(home)).text).to.include('somebody else has changed the draft');
    expect((await browser.send(`${home}/copy`, { revision, from: 'gone' })).location).to.equal(`${home}/copy`);
  });
});
