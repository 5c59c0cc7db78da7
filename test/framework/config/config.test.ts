import { expect } from 'chai';
import {
  Clock,
  Config,
  ConfigError,
  type ConfigRow,
  ConfigStorage,
  configSection,
  Encryptor,
  type Host,
} from '../../../modules/framework/index.ts';
import { boot, environment, room } from '../kernel.ts';

const settings = configSection('loyalty_tier/general', {
  tab: 'customers',
  label: 'Loyalty tiers',
  acl: 'loyalty-tier::config',
  fields: {
    enabled: { type: 'yesno', label: 'Enabled', default: false, scope: 'store' },
    limit: { type: 'number', label: 'Limit', default: 5, min: 0, scope: 'website' },
    title: { type: 'text', label: 'Title', default: 'none', scope: 'store' },
    key: { type: 'secret', label: 'Key', default: '', scope: 'default' },
  },
});
const loyalty = room('loyalty-tier', { acl: { 'loyalty-tier::config': '' }, config: [settings] });

/** Rows in memory, two websites with a store each. */
async function open(variables: Record<string, string> = {}, start: ConfigRow[] = []) {
  const rows = [...start];
  let time = 0;
  let reads = 0;
  const at = (key: Omit<ConfigRow, 'value'>) =>
    rows.findIndex((row) => row.scope === key.scope && row.scopeId === key.scopeId && row.path === key.path);
  const storage: ConfigStorage = {
    async rows(paths) {
      reads += 1;
      return rows.filter(({ path }) => paths.includes(path));
    },
    scopes: async () => ({
      websites: [
        { id: 0, code: 'admin' },
        { id: 1, code: 'base' },
        { id: 2, code: 'euro' },
      ],
      stores: [
        { id: 0, code: 'admin', websiteId: 0 },
        { id: 1, code: 'default', websiteId: 1 },
        { id: 2, code: 'german', websiteId: 2 },
      ],
    }),
    async write(row) {
      const index = at(row);
      rows.splice(index < 0 ? rows.length : index, 1, row);
    },
    async remove(key) {
      if (at(key) >= 0) rows.splice(at(key), 1);
    },
  };
  const host: Host = await boot([loyalty], {
    environment: environment({ configOverrides: variables }),
    override: [
      [ConfigStorage, storage],
      [Clock, { now: () => new Date(time) }],
    ],
  });
  const config = host.resolve(Config);
  return {
    rows,
    config,
    host,
    reader: host.resolve(settings.token),
    reads: () => reads,
    wait(ms: number) {
      time += ms;
    },
    origin: async (field: string, scope?: Parameters<Config['entry']>[1]) => {
      const { value, origin } = await config.entry(`loyalty_tier/general/${field}`, scope);
      return `${String(value)} from ${origin}`;
    },
  };
}

const path = 'loyalty_tier/general/title';
const row = (scope: ConfigRow['scope'], scopeId: number, value: string | null): ConfigRow => ({
  scope,
  scopeId,
  path,
  value,
});
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof ConfigError ? error.code : error),
  );

describe('configuration', () => {
  it('answers declared defaults, typed', async () => {
    const { reader } = await open();
    const enabled: boolean = await reader.get('enabled');
    const limit: number = await reader.get('limit', { store: 2 });
    expect([enabled, limit, await reader.get('title')]).to.deep.equal([false, 5, 'none']);
  });

  it('inherits store from website from default from declared, and says from where', async () => {
    const { origin, config } = await open();
    expect(await origin('title', { store: 2 })).to.equal('none from declared');
    await config.set(path, 'all');
    expect(await origin('title', { store: 2 })).to.equal('all from default');
    await config.set(path, 'europe', { website: 2 });
    expect(await origin('title', { store: 2 })).to.equal('europe from websites/euro');
    expect(await origin('title', { website: 2 })).to.equal('europe from websites/euro');
    await config.set(path, 'deutsch', { store: 2 });
    expect(await origin('title', { store: 2 })).to.equal('deutsch from stores/german');
    expect(await origin('title', { website: 2 })).to.equal('europe from websites/euro');
    expect(await origin('title', { store: 1 })).to.equal('all from default');
    expect(await origin('title')).to.equal('all from default');
  });

  it('inherits again when the row is deleted; an empty text is a value', async () => {
    const { origin, config, rows } = await open({}, [row('default', 0, 'all'), row('stores', 1, '')]);
    expect(await origin('title', { store: 1 })).to.equal(' from stores/default');
    await config.inherit(path, { store: 1 });
    expect(await origin('title', { store: 1 })).to.equal('all from default');
    expect(rows).to.deep.equal([row('default', 0, 'all')]);
  });

  it('treats website and store 0 as the rows they are', async () => {
    const { origin, config } = await open();
    await config.set(path, 'staff', { website: 0 });
    expect(await origin('title', { store: 0 })).to.equal('staff from websites/admin');
  });

  it('lets the environment go before the row of the same scope, and a narrower row before it', async () => {
    const { origin } = await open(
      {
        CONFIG__DEFAULT__LOYALTY_TIER__GENERAL__TITLE: 'from outside',
        config__websites__EURO__loyalty_tier__general__title: 'euro outside',
        CONFIG__STORES__GERMAN__LOYALTY_TIER__GENERAL__TITLE: '',
      },
      [row('default', 0, 'row'), row('websites', 1, 'base row'), row('websites', 2, 'row'), row('stores', 2, 'row')],
    );
    expect(await origin('title')).to.equal('from outside from environment');
    expect(await origin('title', { website: 1 })).to.equal('base row from websites/base');
    expect(await origin('title', { website: 2 })).to.equal('euro outside from environment');
    expect(await origin('title', { store: 2 })).to.equal(' from environment');
  });

  it('stores secrets encrypted and reads them back', async () => {
    const { config, reader, rows, host } = await open();
    await config.set('loyalty_tier/general/key', 'hush');
    const stored = rows[0]?.value ?? '';
    expect(stored).to.match(/^0:3:/).and.not.contain('hush');
    expect(host.resolve(Encryptor).decrypt(stored)).to.equal('hush');
    expect(await reader.get('key')).to.equal('hush');
    await config.set('loyalty_tier/general/key', '');
    expect([await reader.get('key'), rows[0]?.value]).to.deep.equal(['', '']);
  });

  it('takes secrets from the environment in plain or encrypted', async () => {
    const stored = '0:3:AAECAwQFBgcICQoL8zFSSMP+wGBImk3u661HQ+hy9+3ewAeqZbdXIg==';
    for (const [text, value] of [
      ['plain', 'plain'],
      [stored, 'secret-value'],
    ] as const) {
      const { reader } = await open({ CONFIG__DEFAULT__LOYALTY_TIER__GENERAL__KEY: text });
      expect(await reader.get('key')).to.equal(value);
    }
  });

  it('says when a stored secret cannot be decrypted, and names no value', async () => {
    const { reader } = await open({}, [{ ...row('default', 0, '0:2:b2xk'), path: 'loyalty_tier/general/key' }]);
    const error = await reader.get('key').catch((caught: ConfigError) => caught);
    expect(error).to.include({ code: 'CONFIG_UNREADABLE', path: 'loyalty_tier/general/key' });
    expect((error as ConfigError).message)
      .to.contain('cannot decrypt')
      .and.not.contain('b2xk');
  });

  it('refuses unknown paths, wrong values, scopes too narrow and scopes that are not there', async () => {
    const { config, rows } = await open();
    expect(await codeOf(config.set('loyalty_tier/general/nothing', '1'))).to.equal('CONFIG_UNKNOWN');
    expect(await codeOf(config.set('loyalty_tier/general/constructor', '1'))).to.equal('CONFIG_UNKNOWN');
    expect(await codeOf(config.entry('nothing'))).to.equal('CONFIG_UNKNOWN');
    expect(await codeOf(config.set('loyalty_tier/general/limit', '-1'))).to.equal('CONFIG_INVALID');
    expect(await codeOf(config.set('loyalty_tier/general/limit', '1', { store: 1 }))).to.equal('CONFIG_SCOPE');
    expect(await codeOf(config.set('loyalty_tier/general/key', 'x', { website: 1 }))).to.equal('CONFIG_SCOPE');
    expect(await codeOf(config.set(path, 'x', { store: 9 }))).to.equal('CONFIG_SCOPE');
    expect(await codeOf(config.entry(path, { website: 9 }))).to.equal('CONFIG_SCOPE');
    expect(await codeOf(config.scopeNamed('website', 'nowhere'))).to.equal('CONFIG_SCOPE');
    expect(rows).to.deep.equal([]);
  });

  it('refuses to guess where a row holds a wrong value', async () => {
    const { reader } = await open({}, [{ ...row('default', 0, 'many'), path: 'loyalty_tier/general/limit' }]);
    expect(await codeOf(reader.get('limit'))).to.equal('CONFIG_INVALID');
  });

  it('reads storage once in 5 s, sees foreign changes after that and own changes at once', async () => {
    const { reader, rows, reads, wait, config } = await open();
    expect([await reader.get('title'), await reader.get('limit'), reads()]).to.deep.equal(['none', 5, 1]);
    rows.push(row('default', 0, 'foreign'));
    wait(4999);
    expect([await reader.get('title'), reads()]).to.deep.equal(['none', 1]);
    wait(1);
    expect([await reader.get('title'), reads()]).to.deep.equal(['foreign', 2]);
    await config.set(path, 'own');
    expect(await reader.get('title')).to.equal('own');
  });

  it('answers without a storage, and says what is missing when it shall store', async () => {
    const host = await boot([loyalty], {
      environment: environment({ configOverrides: { CONFIG__DEFAULT__LOYALTY_TIER__GENERAL__LIMIT: '7' } }),
    });
    expect(await host.resolve(settings.token).get('limit')).to.equal(7);
    expect(await host.resolve(settings.token).get('title')).to.equal('none');
    expect(await codeOf(host.resolve(Config).set(path, 'x'))).to.equal('CONFIG_STORAGE');
  });
});
