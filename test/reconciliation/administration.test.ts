import { expect } from 'chai';
import { Tasks } from '../../modules/admin/index.ts';
import { sql } from '../../modules/framework/index.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import type { BrowserVisitor } from '../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { inStore } from './reconciled-host.ts';

const path = '/admin/reports/reconciliation';

onBothEngines('Reports → Reconciliation', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let locked: string;
  before(async () => {
    host = await openAdministeredHost(engine, [reconciliation]);
    browser = await host.enter();
    for (const name of ['=ada', 'bo', 'cy'])
      await host.scim.create({ userName: `${name}@shop.example`, name: { givenName: name, familyName: 'L' } });
    locked = await host.scim.create({ userName: 'eve@shop.example', active: false });
  });
  after(() => host.close());

  const compare = async (): Promise<void> => {
    expect((await browser.send(path, {}, `${path}/run`)).location).to.equal(path);
    await host.host.resolve(Tasks).settled();
  };
  const linkTo = (text: string, end: string): string => {
    const found = new RegExp(`href="(${path}/${end})"`).exec(text)?.[1];
    if (found === undefined) throw new Error(`no link to …${end}`);
    return found;
  };

  it('says that nothing was compared, and that everything agrees', async () => {
    expect((await browser.get(path)).text)
      .to.include('Nothing was compared yet')
      .and.include('Compare Now');
    await compare();
    const { text } = await browser.get(path);
    expect(text).to.include('Store and documents agree').and.include('Begun by anna1').and.include('Compare Again');
    expect((await browser.get('/admin')).text).not.to.include('Store and Documents Disagree');
  });

  it('shows what a run has found, on the dashboard, too', async () => {
    await inStore(host, locked, { is_active: 1, lock_expires: null });
    await host.database.run(sql`UPDATE {customer_grid_flat} SET name = '<b>x</b>' WHERE entity_id < ${Number(locked)}`);
    await compare();
    host.advance(5);
    const { text } = await browser.get(path);
    expect(text).to.include('Unlocked though deactivated').and.include('eve@shop.example').and.include('4 of 4');
    expect(text.indexOf('kinds/unlocked')).to.be.below(text.indexOf('kinds/grid-stale'));
    expect(text).to.include('&lt;b>x&lt;/b>').and.not.include('<b>x</b>');
    expect((await browser.get('/admin')).text)
      .to.include('Store and Documents Disagree')
      .and.match(/light bad".*?Store and documents disagree: unlocked though deactivated\./s);
    const filtered = (await browser.get(`${path}?kind=unlocked&connection=default`)).text;
    expect(filtered).to.include('eve@shop.example').and.not.include('bo@shop.example');
    expect((await browser.get(`${path}?connection=nowhere`)).text).to.include('Nothing matches these filters');
    const paged = await browser.get(`${path}?size=20&after=${Buffer.from('["999999"]').toString('base64url')}`);
    expect(paged.status).to.equal(200);
  });

  it('cures one finding, once it was confirmed, with the name of who did it', async () => {
    const { text } = await browser.get(path);
    const link = linkTo(text, 'findings/\\d+');
    const question = (await browser.get(link)).text;
    expect(question).to.include('Unlocked though deactivated</h1>').and.include('loses the right to log in');
    expect(await host.customer(locked)).to.include({ is_active: 1 });
    expect((await browser.send(link, { cure: 'lock' })).location).to.equal(path);
    expect(await host.customer(locked)).to.include({ is_active: 0 });
    expect((await browser.get(path)).text)
      .to.include('eve@shop.example: cured.')
      .and.not.include('Unlocked though');
    expect((await browser.get(link)).status).to.equal(404);
    expect((await host.records())[0]).to.include({ operation: 'user.reconcile', actor: 'anna1' });
  });

  it('writes what is open into a file that no spreadsheet computes', async () => {
    const { text, headers } = await browser.get(`${path}/export?kind=grid-stale`);
    expect(headers.get('content-disposition')).to.include('reconciliation-2024-05-06.csv');
    expect(text.split('\r\n')).to.have.length(5);
    expect(text).to.include(`"'=ada@shop.example"`);
    const other = (await browser.get(`${path}/export?kind=unlocked`)).text;
    expect(other.split('\r\n')).to.have.length(2);
  });

  it('lets those look who may not cure', async () => {
    const guest = await host.enter(['reconciliation::view']);
    const { text } = await guest.get(path);
    expect(text).to.include('Outdated in the customer grid').and.not.include('/kinds/');
    const link = linkTo((await browser.get(path)).text, 'kinds/grid-stale');
    expect((await guest.get(link)).status).to.equal(403);
    expect((await (await host.enter(['activity::view'])).get(path)).status).to.equal(403);
  });

  it('cures all of a kind, says how many before, and asks for the password again', async () => {
    const link = linkTo((await browser.get(path)).text, 'kinds/grid-stale');
    expect((await browser.get(link)).text)
      .to.include('Cure 3 Findings')
      .and.include('The rows are written');
    expect((await browser.get(`${path}/kinds/nothing`)).status).to.equal(404);
    expect((await browser.send(link, { cure: 'lock' })).location).to.equal(link);
    expect((await browser.send(link, { cure: 'rewrite' })).location).to.equal(path);
    await host.host.resolve(Tasks).settled();
    const { text } = await browser.get(path);
    expect(text).to.include('3 findings cured').and.include('Store and documents agree');
    const names = await host.rows(sql`SELECT name FROM {customer_grid_flat} WHERE name = '<b>x</b>'`);
    expect(names).to.deep.equal([]);
    // A session whose password was given long ago is asked for it once more.
    host.advance(600);
    expect((await browser.send(`${path}/kinds/unlocked`, { cure: 'lock' })).location).not.to.equal(path);
  });
});
