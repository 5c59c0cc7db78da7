import { expect } from 'chai';
import { AdministratorActed } from '../../../modules/admin/index.ts';
import { Roles } from '../../../modules/admin/role/role.ts';
import { Config, configSection, defineModule, observe } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Administration, openAdministration } from '../administration.ts';

const shop = defineModule({
  name: 'shop',
  version: '1.0.0',
  sequence: ['admin'],
  acl: { 'shop::config': 'Configure the shop', 'shop::secret': 'Configure secrets' },
  config: [
    configSection('shop/general', {
      tab: 'sales',
      label: 'General Options',
      acl: 'shop::config',
      fields: {
        title: { type: 'text', label: 'Title of the Shop', default: 'Shop', scope: 'store' },
        limit: { type: 'number', label: 'Limit', default: 5, min: 1, max: 9, scope: 'website' },
        open: { type: 'yesno', label: 'Open', default: true, scope: 'default' },
        colours: { type: 'list', label: 'Colours', default: ['red'], scope: 'default' },
        words: { type: 'map', label: 'Words', default: {}, scope: 'default' },
        fixed: { type: 'text', label: 'Fixed', default: '', scope: 'default' },
      },
    }),
    configSection('shop/secret', {
      tab: 'sales',
      label: 'Secrets',
      acl: 'shop::secret',
      fields: { key: { type: 'secret', label: 'Key', default: '', scope: 'default' } },
    }),
  ],
  observers: [
    observe(AdministratorActed, {
      id: 'shop.no-record',
      when: 'transaction',
      handle({ modified = [] }) {
        if (modified.some(({ after }) => after === 'unrecordable')) throw new Error('The record cannot be written.');
      },
    }),
  ],
});

onBothEngines('The configuration', (engine) => {
  let store: Administration;
  before(async () => {
    store = await openAdministration(engine, { modules: [shop], config: { 'shop/general/fixed': 'by hand' } });
  });
  after(() => store.close());

  const page = '/admin/configuration/shop';
  const all = ['title', 'limit', 'open', 'colours', 'words'].map((name) => `shop/general/${name}`);
  const entry = (name: string, scope: Parameters<Config['entry']>[1] = 'default') =>
    store.host.resolve(Config).entry(`shop/general/${name}`, scope);
  /** Sends the form with these values; every other field keeps its tick at "use default". */
  const save = async (fields: Record<string, string>, scope = 'default') => {
    const inherit = all.filter((path) => fields[path.slice(13)] === undefined);
    const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`shop/general/${name}`, value]));
    return (await store.enter()).send(page, { scope, inherit, ...values });
  };
  const rowOf = (text: string, name: string): string =>
    new RegExp(`id="row-field-shop-general-${name}".*?(?=class="config-field"|</details>)`, 's').exec(text)?.[0] ?? '';

  it('shows every section of every module below its tab, and leads to the first', async () => {
    const browser = await store.enter();
    expect((await browser.get('/admin/configuration')).location).to.match(/^\/admin\/configuration\/\w+$/);
    const { text } = await browser.get(page);
    expect(text).to.include('General Options').and.include('Sales').and.include('Administration');
    expect(rowOf(text, 'title')).to.include('value="Shop"').and.include('Built-in default').and.include('[store view]');
  });

  it('saves what was changed, says where it comes from, and takes it back', async () => {
    expect((await save({ title: 'Hall', limit: '7' })).status).to.equal(303);
    expect(await entry('title')).to.include({ value: 'Hall', origin: 'default' });
    expect(await entry('limit')).to.include({ value: 7 });
    const { text } = await (await store.enter()).get(page);
    expect(rowOf(text, 'title')).to.include('value="Hall"').and.include('Set here, for all websites');
    await save({ limit: '7' });
    expect(await entry('title')).to.include({ value: 'Shop', origin: 'declared' });
  });

  it('understands every kind of field as its control shows it', async () => {
    await save({ open: '0', colours: 'green\nlight blue\n\n', words: 'a = b\nc=d = e' });
    expect((await entry('open')).value).to.equal(false);
    expect((await entry('colours')).value).to.deep.equal(['green', 'light blue']);
    expect((await entry('words')).value).to.deep.equal({ a: 'b', c: 'd = e' });
    const { text } = await (await store.enter()).get(page);
    expect(rowOf(text, 'words')).to.include('a = b\nc = d = e');
  });

  it('sets and inherits for a website or store view, and tells the wider scopes about it', async () => {
    await save({ title: 'For all' });
    await save({ title: 'For one' }, 'store:default');
    expect(await entry('title', { store: 1 })).to.include({ value: 'For one', origin: 'stores/default' });
    const browser = await store.enter();
    const wide = rowOf((await browser.get(page)).text, 'title');
    expect(wide).to.include('Overridden in').and.include('Default Store View').and.include('scope=store%3Adefault');
    const website = rowOf((await browser.get(`${page}?scope=website:base`)).text, 'title');
    expect(website).to.include('value="For all"').and.include('From Default Config');
    const narrow = await browser.get(`${page}?scope=store:default`);
    expect(rowOf(narrow.text, 'title')).to.include('value="For one"').and.include('Set here');
    expect(rowOf(narrow.text, 'limit'))
      .to.match(/<input[^>]* disabled/)
      .and.include('for a website only');
    await save({}, 'store:default');
    expect(await entry('title', { store: 1 })).to.include({ value: 'For all' });
  });

  it('saves nothing at all where one value is wrong, and shows what was typed', async () => {
    await save({ title: 'Before' });
    const answer = await save({ title: 'After', limit: '12' });
    expect(answer.status).to.equal(422);
    expect(rowOf(answer.text, 'limit')).to.include('value="12"').and.include('must be a number from 1 to 9');
    expect(rowOf(answer.text, 'title')).to.include('value="After"');
    expect((await entry('title')).value).to.equal('Before');
  });

  it('saves nothing that cannot be recorded', async () => {
    await save({ title: 'Before', limit: '3' });
    expect((await save({ title: 'unrecordable', limit: '4' })).status).to.equal(500);
    expect((await entry('title')).value).to.equal('Before');
    expect((await entry('limit')).value).to.equal(3);
  });

  it('neither changes nor offers to change what the environment sets', async () => {
    const { text } = await (await store.enter()).get(page);
    expect(rowOf(text, 'fixed'))
      .to.include('environment variable')
      .and.match(/<input[^>]* disabled/);
    await (await store.enter()).send(page, { 'shop/general/fixed': 'x', inherit: all });
    expect((await entry('fixed')).value).to.equal('by hand');
  });

  it('never shows a secret, keeps it when its box is left empty, and replaces it', async () => {
    const key = () => store.host.resolve(Config).entry('shop/secret/key');
    const browser = await store.enter();
    const set = (value: string) => browser.send(page, { inherit: all, 'shop/secret/key': value });
    await set('hush-1234');
    expect((await key()).value).to.equal('hush-1234');
    expect((await browser.get(page)).text).not.to.include('hush-1234');
    await set('');
    expect((await key()).value).to.equal('hush-1234');
    await set('hush-5678');
    expect((await key()).value).to.equal('hush-5678');
  });

  it('shows and saves only the groups that a role allows', async () => {
    await store.database.transaction((tx) =>
      store.host
        .resolve(Roles)
        .create(tx, { name: 'Keeper', everything: false, resources: ['admin::configuration', 'shop::config'] }),
    );
    await store.make('keeper', 'Keeper');
    const keeper = await store.enter('keeper');
    const { text } = await keeper.get(page);
    expect(text).to.include('General Options').and.not.include('Secrets');
    expect((await keeper.get('/admin/configuration/admin')).status).to.equal(404);
    await keeper.send(page, { inherit: all, 'shop/secret/key': 'stolen' });
    expect((await store.host.resolve(Config).entry('shop/secret/key')).value).not.to.equal('stolen');
  });

  it('is searched by label, comment and path', async () => {
    const browser = await store.enter();
    const { text } = await browser.get('/admin/configuration?q=TITLE+shop');
    expect(text).to.include('shop/general/title').and.not.include('shop/general/limit');
    const scoped = (await browser.get('/admin/configuration?q=title&scope=website:base')).text;
    expect(scoped)
      .to.include('href="/admin/configuration/shop?scope=website%3Abase#row-field-shop-general-title"')
      .and.include('name="scope" value="website:base"');
    expect((await browser.get('/admin/configuration?q=%3Cimg+src%3Dx%3E')).text)
      .to.include('&lt;img src=x>')
      .and.not.include('<img src=x>');
  });
});
