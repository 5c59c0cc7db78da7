import { expect } from 'chai';
import { onBothEngines } from '../setup/databases.ts';
import { type Administration, openAdministration } from './administration.ts';
import { harbour } from './kit/harbour.tsx';

onBothEngines('The modules', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine, { modules: [harbour] });
  });
  after(() => store.close());

  it('are listed in the order in which they start, with their versions and how much they add', async () => {
    const { text } = await (await store.enter()).get('/admin/modules');
    const names = [...text.matchAll(/href="\/admin\/modules\/([\w-]+)"/g)].map((match) => match[1]);
    expect(names).to.include.members(['framework', 'store', 'admin', 'harbour']);
    expect(names.indexOf('store')).to.be.below(names.indexOf('admin'));
    expect(names.indexOf('admin')).to.be.below(names.indexOf('harbour'));
    expect(text)
      .to.match(/1\.0\.0/)
      .and.match(/4 pages/);
  });

  it('each say by name what they add, and whom they come after', async () => {
    const browser = await store.enter();
    const { text } = await browser.get('/admin/modules/harbour');
    expect(text).to.include('version 1.0.0').and.include('<a href="/admin/modules/admin">admin</a>');
    expect(text).to.include('<a href="/admin/ships">').and.include('“Ships” in the menu');
    expect(text).to.include('tab “Crew” of a ship').and.include('and 1 form on them');
    expect(text).to.include('See ships').and.include('<code>admin.MenuLinks</code>').and.include('2 times');
    const own = (await browser.get('/admin/modules/admin')).text;
    expect(own).to.include('<a href="/admin/modules/harbour">harbour</a>').and.include('Lockout Time (minutes)');
    expect(own).to.include('<code>admin:user:unlock</code>').and.include('<code>0001-access</code>');
    expect(own)
      .to.include('<code>POST /admin/api/v1/token</code>')
      .and.include('framework.ProcessEnded, in the transaction');
  });

  it('that are not running are said so', async () => {
    const { status, text } = await (await store.enter()).get('/admin/modules/nobody');
    expect([status, text.includes('No module of this name is running')]).to.deep.equal([404, true]);
  });
});
