import { expect } from 'chai';
import { Clock, createTestHost, Database, sql } from '../../modules/framework/index.ts';
import { StoreError, Websites } from '../../modules/store/index.ts';
import store from '../../modules/store/module.ts';
import { onBothEngines } from '../setup/databases.ts';

onBothEngines('websites', (engine) => {
  async function open() {
    const opened = await engine.open({ migrated: true });
    let time = 0;
    const test = await createTestHost({
      modules: [store],
      database: opened.database,
      override: [[Clock, { now: () => new Date(time) }]],
    });
    return {
      websites: test.resolve(Websites),
      database: test.resolve(Database),
      wait(ms: number) {
        time += ms;
      },
      async close() {
        await test.close();
        await opened.dispose();
      },
    };
  }

  it('of a fresh install are the administration and the default one', async () => {
    const { websites, close } = await open();
    expect((await websites.websites()).map(({ id, code, isDefault }) => ({ id, code, isDefault }))).to.deep.equal([
      { id: 0, code: 'admin', isDefault: false },
      { id: 1, code: 'base', isDefault: true },
    ]);
    expect(
      (await websites.stores()).map(({ id, code, websiteId, active }) => [id, code, websiteId, active]),
    ).to.deep.equal([
      [0, 'admin', 0, true],
      [1, 'default', 1, true],
    ]);
    await close();
  });

  it('are found by id and code, 0 included', async () => {
    const { websites, close } = await open();
    expect((await websites.byId(0))?.code).to.equal('admin');
    expect((await websites.byCode('base'))?.id).to.equal(1);
    expect((await websites.storeById(0))?.code).to.equal('admin');
    expect((await websites.storeByCode('default'))?.id).to.equal(1);
    expect((await websites.default()).code).to.equal('base');
    expect((await websites.defaultStore(1))?.code).to.equal('default');
    expect((await websites.defaultStore(0))?.code).to.equal('admin');
    expect([
      await websites.byId(9),
      await websites.byCode('x'),
      await websites.storeById(9),
      await websites.defaultStore(9),
    ]).to.deep.equal([undefined, undefined, undefined, undefined]);
    await close();
  });

  it('are read again after 5 s', async () => {
    const { websites, database, wait, close } = await open();
    await websites.websites();
    await database.run(sql`UPDATE {store_website} SET code = ${'shop'}, is_default = ${0} WHERE website_id = ${1}`);
    wait(4999);
    expect((await websites.byId(1))?.code).to.equal('base');
    wait(1);
    expect((await websites.byId(1))?.code).to.equal('shop');
    const error = await websites.default().catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(StoreError).and.have.property('code', 'NO_DEFAULT_WEBSITE');
    await close();
  });
});
