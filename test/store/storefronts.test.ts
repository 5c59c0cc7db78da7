import { expect } from 'chai';
import { Config, createTestHost, sql, type TestHost } from '../../modules/framework/index.ts';
import { Storefronts } from '../../modules/store/index.ts';
import store from '../../modules/store/module.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';

onBothEngines('The storefront of a website', (engine) => {
  let opened: OpenedDatabase;
  let host: TestHost;
  beforeEach(async () => {
    opened = await engine.open({ migrated: true });
    host = await createTestHost({ modules: [store], database: opened.database });
  });
  afterEach(async () => {
    await host.close();
    await opened.dispose();
  });
  const of = (websiteId: number) => host.resolve(Storefronts).of(websiteId);
  const set = (path: string, value: string, scope: 'default' | { store: number } = 'default') =>
    host.resolve(Config).set(path, value, scope);

  it('has the name of the website and no address while nobody has said more', async () => {
    expect(await of(1)).to.deep.equal({ websiteId: 1, storeId: 1, name: 'Main Website', url: undefined });
  });

  it('has the configured address, with a slash at its end, and the host of it for a name', async () => {
    await set('web/secure/base_url', 'https://www.shop.example/de');
    expect(await of(1)).to.deep.equal({
      websiteId: 1,
      storeId: 1,
      name: 'www.shop.example',
      url: 'https://www.shop.example/de/',
    });
  });

  it('has no address where only Magento could resolve it, or where it is none of the web', async () => {
    for (const text of ['{{base_url}}', '{{secure_base_url}}shop/', 'shop.example', 'javascript:alert(1)']) {
      await set('web/secure/base_url', text);
      expect((await of(1)).url).to.equal(undefined);
    }
  });

  it('is that of the default store view, and of the default website where none is named', async () => {
    await set('general/store_information/name', 'All');
    await set('general/store_information/name', 'Tea & Sons', { store: 1 });
    expect((await of(1)).name).to.equal('Tea & Sons');
    expect(await of(0)).to.deep.equal(await of(1));
    await opened.database.run(sql`UPDATE {store_group} SET default_store_id = 0`);
    await host.close();
    host = await createTestHost({ modules: [store], database: opened.database });
    expect((await of(1)).name).to.equal('All');
  });
  it('is that of a store view of it, as long as that one is open and its own', async () => {
    await opened.database.run(sql`INSERT INTO {store} (store_id, code, website_id, group_id, name, sort_order, is_active)
      VALUES (7, 'de', 1, 1, 'Deutsch', 0, 1)`);
    await host.close();
    host = await createTestHost({ modules: [store], database: opened.database });
    const view = (websiteId: number, storeId: number) => host.resolve(Storefronts).view(websiteId, storeId);
    await set('general/store_information/name', 'Tee & Söhne', { store: 7 });
    await set('web/secure/base_url', 'https://de.shop.example/', { store: 7 });
    const german = { websiteId: 1, storeId: 7, name: 'Tee & Söhne', url: 'https://de.shop.example/' };
    expect(await view(1, 7)).to.deep.equal(german);
    expect(await view(1, 99)).to.deep.equal(await of(1));
    expect((await view(1, 0)).storeId).to.equal(1);
    await opened.database.run(sql`UPDATE {store} SET is_active = 0 WHERE store_id = 7`);
    await host.close();
    host = await createTestHost({ modules: [store], database: opened.database });
    expect(await view(1, 7)).to.deep.equal(await of(1));
  });
});
