import { expect } from 'chai';
import {
  Clock,
  Config,
  ConfigStorage,
  configSection,
  createTestHost,
  Database,
  sql,
} from '../../modules/framework/index.ts';
import store from '../../modules/store/module.ts';
import { room } from '../framework/kernel.ts';
import { onBothEngines } from '../setup/databases.ts';

const settings = configSection('hall/general', {
  tab: 't',
  label: 'Hall',
  acl: 'hall::config',
  fields: { title: { type: 'text', label: 'Title', default: 'none', scope: 'store' } },
});
const path = 'hall/general/title';

onBothEngines('configuration in core_config_data', (engine) => {
  async function open() {
    const opened = await engine.open({ migrated: true });
    let time = Date.UTC(2026, 0, 2, 3, 4, 5);
    const test = await createTestHost({
      modules: [store, room('hall', { acl: { 'hall::config': '' }, config: [settings] })],
      database: opened.database,
      override: [[Clock, { now: () => new Date(time) }]],
    });
    const database = test.resolve(Database);
    return {
      config: test.resolve(Config),
      storage: test.resolve(ConfigStorage),
      database,
      wait(ms: number) {
        time += ms;
      },
      rows: () =>
        database.all(sql`SELECT scope, scope_id, path, value, updated_at FROM {core_config_data} WHERE path = ${path}`),
      async close() {
        await test.close();
        await opened.dispose();
      },
    };
  }

  it('is one row per scope, written over when it is set again', async () => {
    const { config, rows, close } = await open();
    await config.set(path, 'one');
    await config.set(path, 'two');
    await config.set(path, 'three', { website: 1 });
    await config.set(path, 'four', { store: 1 });
    const updated_at = '2026-01-02 03:04:05';
    expect(await rows()).to.have.deep.members([
      { scope: 'default', scope_id: 0, path, value: 'two', updated_at },
      { scope: 'websites', scope_id: 1, path, value: 'three', updated_at },
      { scope: 'stores', scope_id: 1, path, value: 'four', updated_at },
    ]);
    await close();
  });

  it('takes part in a transaction that is the first to write in a process', async () => {
    const { config, database, rows, close } = await open();
    await config.entry(path);
    await database.transaction((tx) => config.set(path, 'one', 'default', tx));
    expect(await rows()).to.have.length(1);
    await close();
  });

  it('inherits along the tables store and store_website', async () => {
    const { config, close } = await open();
    await config.set(path, 'web', { website: 1 });
    expect(await config.entry(path, { store: 1 })).to.include({ value: 'web', origin: 'websites/base' });
    expect(await config.entry(path, await config.scopeNamed('store', 'default'))).to.include({ value: 'web' });
    await config.inherit(path, { website: 1 });
    await config.inherit(path, { website: 1 });
    expect(await config.entry(path, { store: 1 })).to.include({ value: 'none', origin: 'declared' });
    await close();
  });

  it('reads only the rows it is asked for, NULL as an empty text', async () => {
    const { config, storage, database, wait, close } = await open();
    await storage.write({ scope: 'default', scopeId: 0, path, value: null });
    await database.run(
      sql`INSERT INTO {core_config_data} (scope, scope_id, path, value) VALUES ('default', 0, 'web/x/y', 'z')`,
    );
    expect(await storage.rows([path])).to.deep.equal([{ scope: 'default', scopeId: 0, path, value: null }]);
    wait(5000);
    expect(await config.entry(path)).to.include({ value: '', origin: 'default' });
    await close();
  });
});
