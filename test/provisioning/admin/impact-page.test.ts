import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { Tasks } from '../../../modules/admin/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const home = '/admin/connections/default/mapping';

onBothEngines('Looking at all customers in the browser', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  before(async () => {
    host = await openAdministeredHost(engine);
    for (const name of ['Ada', 'Bo', '=1+1'])
      await host.scim.create({ userName: `${name.length}${name}`, name: { givenName: name, familyName: 'F' } });
    browser = await host.enter();
    const revision = /name="revision" value="(\d+)"/.exec((await browser.get(home)).text)?.[1] ?? '0';
    const row = {
      revision,
      type: 'direct',
      source: 'name.givenName',
      target: 'taxvat',
      apply: 'always',
      onNull: 'keep',
      enabled: '1',
    };
    await browser.send(`${home}/rows/new`, row);
  });
  after(() => host.close());

  it('counts what the draft would change, shows it with who began, and writes nothing', async () => {
    expect((await browser.get(`${home}/publish`)).text).to.include(`href="${home}/impact"`);
    expect((await browser.get(`${home}/impact`)).text).to.include('No run yet');
    expect((await browser.send(`${home}/impact`, {})).location).to.equal(`${home}/impact`);
    await host.host.resolve(Tasks).settled();
    const { text } = await browser.get(`${home}/impact`);
    expect(text)
      .to.include('By the draft, of 3 customers')
      .and.include('<code>taxvat</code> in 3')
      .and.include('anna1');
    expect(text).not.to.include('hx-trigger');
    expect(await host.rows(sql`SELECT entity_id FROM {customer_entity} WHERE taxvat IS NOT NULL`)).to.deep.equal([]);
  });

  it('gives every change as a file that no spreadsheet computes', async () => {
    const { text, headers } = await browser.get(`${home}/impact/csv`);
    expect(headers.get('content-disposition')).to.include('impact-default.csv');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).to.have.length(4);
    expect(lines.slice(1).every((line) => line.includes('"taxvat"'))).to.equal(true);
    expect(text).to.include(`"'=1+1"`);
  });

  it('shows how far it has come while it is at work, and begins no second run', async () => {
    const tasks = host.host.resolve(Tasks);
    const key = { kind: 'provisioning.impact', subject: '1' };
    let go: () => void = () => {};
    const began = await tasks.start(key, 'boris', async (progress) => {
      progress(40, 90);
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      throw new Error('the <b>end');
    });
    expect(began).to.equal(true);
    // It is noted beside the work, which does not wait for that.
    const noted = () => host.rows(sql`SELECT done FROM {vestibule_admin_task} WHERE done = 40`);
    for (let tries = 0; tries < 1000 && (await noted()).length === 0; tries++) await setImmediate();
    expect(await noted()).to.have.length(1);
    const { text } = await browser.get(`${home}/impact`);
    expect(text)
      .to.include('40 of 90 customers')
      .and.include('hx-trigger')
      .and.include('boris')
      .and.include('Look now');
    await browser.send(`${home}/versions`, {}, `${home}/impact`).catch(() => undefined);
    expect(await tasks.start(key, 'anna', async () => 1)).to.equal(false);
    host.advance(31);
    expect((await browser.get(`${home}/impact`)).text).to.include('Nothing has been heard of it');
    go();
    await tasks.settled();
    expect((await browser.get(`${home}/impact`)).text).to.include('It failed: the &lt;b>end');
    expect(await tasks.start(key, 'anna', async () => ({}))).to.equal(true);
    await tasks.settled();
  });

  it('brings all customers to what was published, and offers it on the page of the rows', async () => {
    const { text: before } = await browser.get(home);
    expect(before).not.to.include('Bring All Customers');
    const revision = /name="revision" value="(\d+)"/.exec((await browser.get(`${home}/publish`)).text)?.[1] ?? '';
    await browser.send(`${home}/publish`, { revision, comment: 'tax' });
    const { text } = await browser.get(home);
    expect(text).to.include('Customers follow version 1 of the mapping').and.include(`href="${home}/apply"`);
    expect((await browser.send(`${home}/apply`, {})).location).to.equal(`${home}/apply`);
    await host.host.resolve(Tasks).settled();
    const told = (await browser.get(`${home}/apply`)).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(told).to.match(/By version 1 of the mapping, of 3 customers: (3 changed|.*?changed 3)/);
    expect(told).to.match(/anna1 1 Done 3 0/);
    const numbers = await host.rows(sql`SELECT taxvat FROM {customer_entity} WHERE taxvat IS NOT NULL`);
    expect(numbers.map(({ taxvat }) => taxvat)).to.have.members(['Ada', 'Bo', '=1+1']);
    expect((await host.records()).filter(({ operation }) => operation === 'user.remap')[0]?.actor).to.match(/^anna1/);
  });

  it('is for those whose role allows it', async () => {
    const reader = await host.enter(['attribute-mapping::view', 'connection::view']);
    for (const path of ['/impact', '/impact/csv', '/apply'])
      expect((await reader.get(home + path)).status).to.equal(403);
  });
});
