import { expect } from 'chai';
import { Roles } from '../../../modules/admin/role/role.ts';
import { countStatements } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Administration, openAdministration } from '../administration.ts';
import { harbour, hostile } from './harbour.tsx';

onBothEngines('A page of a module', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine, { modules: [harbour] });
  });
  after(() => store.close());

  const menuOf = (text: string): string => /<nav class="menu".*?<\/nav>/s.exec(text)?.[0] ?? '';

  it('stands in the menu at its place, by being among the routes of its module', async () => {
    const { text } = await (await store.enter()).get('/admin/ships');
    const labels = [...menuOf(text).matchAll(/<li><a[^>]*><svg.*?<\/svg>([^<]+)<\/a>/g)].map((match) => match[1]);
    expect(labels).to.deep.equal(
      ['Dashboard', 'Ships', 'Configuration', 'Modules', 'Users & Roles'].map((l) => l.replace('&', '&amp;')),
    );
    expect(menuOf(text)).to.match(/href="\/admin\/ships"[^>]*aria-current="page"/);
    expect(menuOf(text)).to.match(/href="\/admin\/fleets">Fleets/);
    expect(menuOf((await (await store.enter()).get('/admin')).text)).not.to.include('Fleets');
  });

  it('leads out by the links that modules put at the foot of the menu, in their order', async () => {
    const menu = menuOf((await (await store.enter()).get('/admin')).text);
    const links = [...menu.matchAll(/class="menu-link" href="([^"]+)"><svg.*?<\/svg>([^<]+)/g)].map(([, to, label]) => [
      to,
      label,
    ]);
    expect(links).to.deep.equal([
      ['/charts', 'Charts'],
      ['/pilot', 'Pilot'],
    ]);
  });

  it('shows its subject as the heading and the tabs that modules bring, in their order', async () => {
    const { text } = await (await store.enter()).get('/admin/ships/anna%20b');
    expect(/<h1>(.*?)<\/h1>/.exec(text)?.[1]).to.match(/^The anna b &lt;img/);
    const tabs = /<nav class="tabs".*?<\/nav>/s.exec(text)?.[0] ?? '';
    expect(
      [...tabs.matchAll(/href="([^"]+)"([^>]*)>([^<]+)/g)].map((match) => [
        match[1],
        match[3],
        /page/.test(match[2] ?? ''),
      ]),
    ).to.deep.equal([
      ['/admin/ships/anna%20b/crew', 'Crew', false],
      ['/admin/ships/anna%20b', 'Hull', true],
    ]);
    expect((await (await store.enter()).get('/admin/ships/none')).status).to.equal(404);
  });

  it('escapes whatever it shows', async () => {
    const { text } = await (await store.enter()).get('/admin/ships/a');
    expect(text).not.to.include('<img').and.not.include('onerror="');
    expect(text).to.include('value="&lt;img src=x onerror=&quot;alert(1)&quot;>&quot;');
  });

  it('tells on the next page, and once, what a form has done', async () => {
    const browser = await store.enter();
    expect(await browser.send('/admin/ships/a', { name: hostile })).to.include({
      status: 303,
      location: '/admin/ships',
    });
    // A part that scripts had asked for before, such as a preview, does not use the message up.
    await browser.get('/admin/ships', { 'HX-Request': 'true' });
    expect((await browser.get('/admin/ships')).text).to.include('Saved a: &lt;img');
    expect((await browser.get('/admin/ships')).text).not.to.include('Saved a');
  });

  it('pages by key, keeps filters in addresses, and sets nothing that it does not know', async () => {
    const browser = await store.enter();
    const first = (await browser.get('/admin/ships?evil=1&order=drop')).text;
    expect(first).to.include('Ship 20').and.not.include('Ship 21');
    const next = /href="([^"]+)"[^>]*>Next/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await browser.get(next)).text;
    expect(second).to.include('Ship 21').and.include('Ship 40').and.include('Previous').and.not.include('Ship 41');
    const filtered = (await browser.get('/admin/ships?name=Ship+3')).text;
    expect(filtered).to.include('Ship 39').and.include('Clear all').and.not.include('Ship 21');
    expect((await browser.get('/admin/ships?name=zzz')).text).to.include('Nothing matches these filters');
    expect((await browser.get('/admin/ships?after=%%%')).status).to.equal(200);
  });

  it('puts cards and first steps on the dashboard, for those who may see them', async () => {
    const { text } = await (await store.enter()).get('/admin');
    expect(text).to.include('high water').and.include('Launch a ship');
    expect(text.indexOf('First steps')).to.be.below(text.indexOf('Tide'));
    await store.database.transaction((tx) =>
      store.host.resolve(Roles).create(tx, { name: 'Blind', everything: false, resources: [] }),
    );
    await store.make('blind', 'Blind');
    const blind = (await (await store.enter('blind')).get('/admin')).text;
    expect(blind).not.to.match(/high water|Launch a ship|Ships|Configuration/);
  });

  it('is never kept by a cache, and never framed', async () => {
    const { headers } = await (await store.enter()).get('/admin');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('content-security-policy'))
      .to.include("frame-ancestors 'none'")
      .and.include("script-src 'self'")
      .and.not.include('unsafe');
  });

  it('costs at most ten statements', async () => {
    const browser = await store.enter();
    for (const path of [
      '/admin',
      '/admin/users',
      '/admin/users/1',
      '/admin/roles',
      '/admin/roles/1',
      '/admin/configuration/admin',
      '/admin/modules',
      '/admin/account',
      '/admin/sessions',
    ]) {
      const { statements, stop } = countStatements(store.database);
      await browser.get(path);
      stop();
      expect(statements.length, `${path}: ${statements.join('\n')}`).to.be.below(11);
    }
  });
});
