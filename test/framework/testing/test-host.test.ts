import { expect } from 'chai';
import {
  actorOf,
  Clock,
  Config,
  configSection,
  createTestHost,
  Database,
  Environment,
  route,
  sql,
} from '../../../modules/framework/index.ts';
import { administrator } from '../../../modules/framework/testing/index.ts';
import store from '../../../modules/store/module.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { room } from '../kernel.ts';

const settings = configSection('hall/general', {
  tab: 't',
  label: 'Hall',
  acl: 'hall::config',
  fields: {
    on: { type: 'yesno', label: 'On', default: false, scope: 'default' },
    words: { type: 'list', label: 'Words', default: [], scope: 'default' },
  },
});

describe('test host', () => {
  it('boots only what sequence needs, and loads that itself', async () => {
    const test = await createTestHost({ modules: [room('hall', { sequence: ['store'] })] });
    expect(test.host.inventory.modules.map(({ name }) => name)).to.deep.equal(['framework', 'store', 'hall']);
    expect(await test.resolve(Database).all(sql`SELECT code FROM {store_website} WHERE website_id = 1`)).to.deep.equal([
      { code: 'base' },
    ]);
    await test.close();
  });

  it('prefers a module that it was given over the one that is installed', async () => {
    const own = room('store', { version: '9.9.9' });
    const test = await createTestHost({ modules: [room('hall', { sequence: ['store'] }), own] });
    expect(test.host.inventory.modules[1]).to.equal(own);
    await test.close();
  });

  it('sets configuration by path, and replaces services', async () => {
    const at = new Date('2026-01-02T03:04:05Z');
    const test = await createTestHost({
      modules: [store, room('hall', { acl: { 'hall::config': '' }, config: [settings] })],
      config: { 'hall/general/on': true, 'hall/general/words': ['a b', 'c'] },
      override: [[Clock, { now: () => at }]],
      environment: { baseUrl: 'https://store.example' },
    });
    const reader = test.resolve(settings.token);
    expect([await reader.get('on'), await reader.get('words')]).to.deep.equal([true, ['a b', 'c']]);
    expect(test.resolve(Clock).now()).to.equal(at);
    expect(test.resolve(Environment).baseUrl).to.equal('https://store.example');
    await test.close();
  });

  it('can have an administrator who may do what is named', async () => {
    const asked = (path: `/${string}`, acl: string) =>
      route(`GET ${path}`, {
        area: 'admin',
        acl,
        handle: (request, response) => void response.json(actorOf(request)?.name),
      });
    const hall = room('hall', {
      acl: { 'hall::see': 'See', 'hall::change': 'Change' },
      routes: [asked('/hall/see', 'hall::see'), asked('/hall/change', 'hall::change')],
    });
    const test = await createTestHost({ modules: [hall], override: [administrator('hall::see')] });
    const { url } = await test.listen();
    const seen = await fetch(`${url}/hall/see`);
    expect([seen.status, await seen.json()]).to.deep.equal([200, 'anna']);
    expect((await fetch(`${url}/hall/change`)).status).to.equal(403);
    await test.close();
  });

  it('listens on a port of its own', async () => {
    const test = await createTestHost({ modules: [] });
    const { url } = await test.listen();
    expect((await fetch(`${url}/health/ready`)).status).to.equal(200);
    expect((await test.listen()).url).to.equal(url);
    await test.close();
  });
});

onBothEngines('configuration in a transaction', (engine) => {
  it('can be read and does not wait for the connection that the transaction holds', async () => {
    const opened = await engine.open();
    let time = Date.UTC(2026, 0, 2);
    const test = await createTestHost({
      modules: [store, room('hall', { acl: { 'hall::config': '' }, config: [settings] })],
      database: opened.database,
      override: [[Clock, { now: () => new Date(time) }]],
    });
    await test.resolve(Config).set('hall/general/on', '1');
    time += 60_000;
    const read = await test.resolve(Database).transaction(() => test.resolve(settings.token).get('on'));
    expect(read).to.equal(true);
    await test.close();
    await opened.dispose();
  });
});
