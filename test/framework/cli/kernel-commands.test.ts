import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import {
  type CommandedConfig,
  ConfigCommanded,
  command,
  configSection,
  Database,
  event,
  observe,
  plugin,
  provide,
  service,
  sql,
} from '../../../modules/framework/index.ts';
import store from '../../../modules/store/module.ts';
import { room } from '../kernel.ts';
import { commandLine } from './command-line.ts';

const settings = configSection('hall/general', {
  tab: 't',
  label: 'Hall',
  acl: 'hall::config',
  fields: {
    words: { type: 'list', label: 'Words', default: ['a', 'b'], scope: 'store' },
    key: { type: 'secret', label: 'Key', default: '', scope: 'default' },
    size: { type: 'number', label: 'Size', default: 1, scope: 'website' },
  },
});
const commanded: CommandedConfig[] = [];
const Greeter = service<{ greet(): Promise<string> }>('hall.Greeter');
const hall = room('hall', {
  sequence: ['store'],
  acl: { 'hall::config': '' },
  config: [settings],
  provides: [provide(Greeter, {}, () => ({ greet: async () => 'hello' }))],
  plugins: [
    plugin(Greeter, { id: 'hall.p', sortOrder: 4, advise: () => ({ greet: { after: async (said) => said } }) }),
  ],
  observers: [
    observe(event('hall.Happened'), { id: 'hall.o', when: 'committed', handle() {} }),
    observe(ConfigCommanded, { id: 'hall.c', when: 'committed', handle: (told) => void commanded.push(told) }),
  ],
  commands: [
    command('hall:count', {
      describe: 'Count',
      inject: { database: Database },
      run: async (_options, { database }) => database.first(sql`SELECT count(*) AS n FROM {store_website}`),
      print: (row) => JSON.stringify(row),
    }),
  ],
});

describe('setup commands', () => {
  it('tell that an upgrade is needed, upgrade, and tell that all is well', async () => {
    const cli = await commandLine([hall, store]);
    const before = await cli.run('setup:db:status', '--json');
    expect(before.code).to.equal(2);
    expect(JSON.parse(before.out)).to.include({ state: 'upgrade-needed' });
    const failed = await cli.run('hall:count');
    expect(failed.code).to.equal(1);
    expect(failed.err).to.match(/^[^\n]*run setup:upgrade\.\n$/);
    const upgraded = JSON.parse((await cli.run('setup:upgrade', '--json')).out);
    expect(upgraded.applied[0]).to.deep.equal({ module: 'framework', name: '0001-setup-hook' });
    expect(await cli.run('setup:upgrade')).to.include({ code: 0, out: 'Everything was up to date.\n' });
    expect(await cli.run('setup:db:status')).to.include({ code: 0, out: 'Everything is up to date.\n' });
    expect(await cli.run('hall:count')).to.include({ code: 0 });
    await cli.dispose();
  });

  it('answer 1 when the database is newer than the code', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-migrations-'));
    const file = join(folder, '0001-nothing.ts');
    await writeFile(file, 'export default { up: async () => {} };');
    const cli = await commandLine([room('hall', { migrations: pathToFileURL(`${folder}/`) })]);
    expect(await cli.run('setup:upgrade')).to.include({ code: 0 });
    await rm(file);
    const { code, out } = await cli.run('setup:db:status', '--json');
    expect(code).to.equal(1);
    expect(JSON.parse(out)).to.deep.include({ state: 'mismatch', unknown: [{ module: 'hall', name: '0001-nothing' }] });
    await rm(folder, { recursive: true });
    await cli.dispose();
  });

  it('fail with one line when the database cannot be reached', async () => {
    const cli = await commandLine([hall, store], { changes: { databaseUrl: 'mysql://u:hush@127.0.0.1:1/x' } });
    for (const argv of [['setup:upgrade'], ['setup:db:status'], ['hall:count']]) {
      const { code, out, err } = await cli.run(...argv);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err)
        .to.match(/^[^\n]+\n$/)
        .and.not.contain('hush');
    }
    await cli.dispose();
  });
});

describe('config commands', () => {
  let cli: Awaited<ReturnType<typeof commandLine>>;
  before(async () => {
    cli = await commandLine([hall, store], {
      changes: { configOverrides: { CONFIG__DEFAULT__HALL__GENERAL__SIZE: '9' } },
    });
    await cli.run('setup:upgrade');
  });
  after(() => cli.dispose());

  it('show all, a group, or one value alone', async () => {
    expect(await cli.run('config:show', 'hall/general/words')).to.deep.equal({ code: 0, out: 'a,b\n', err: '' });
    const { out } = await cli.run('config:show', 'hall');
    expect(out).to.equal('hall/general/key = \nhall/general/size = 9\nhall/general/words = a,b\n');
    expect((await cli.run('config:show')).out).to.contain('hall/general/size = 9');
    expect(await cli.run('config:show', 'hal')).to.include({ code: 1 });
    expect(await cli.run('config:show', 'hall/general/nothing')).to.include({ code: 1 });
  });

  it('say where a value comes from', async () => {
    await cli.run('config:set', 'hall/general/words', 'x,y', '--scope', 'website', '--scope-code', 'base');
    const argv = ['config:show', 'hall', '--scope', 'store', '--scope-code', 'default'];
    expect((await cli.run(...argv, '--origin')).out).to.equal(
      'hall/general/key =   (declared)\nhall/general/size = 9  (environment)\nhall/general/words = x,y  (websites/base)\n',
    );
    expect(JSON.parse((await cli.run(...argv, '--json')).out)).to.deep.include({
      path: 'hall/general/words',
      value: 'x,y',
      origin: 'websites/base',
    });
    expect((await cli.run('config:show', 'hall/general/words')).out).to.equal('a,b\n');
  });

  it('set a value and let it inherit again', async () => {
    const scope = ['--scope', 'stores', '--scope-code', 'default'];
    expect(await cli.run('config:set', 'hall/general/words', '', ...scope)).to.include({ code: 0 });
    expect((await cli.run('config:show', 'hall/general/words', ...scope)).out).to.equal('\n');
    const inherited = await cli.run('config:set', 'hall/general/words', '--use-default', ...scope, '--json');
    expect(JSON.parse(inherited.out)).to.include({ origin: 'websites/base' });
  });

  it('never show a secret', async () => {
    const set = await cli.run('config:set', 'hall/general/key', 'hush');
    const shown = await cli.run('config:show', 'hall/general/key', '--json');
    expect(set.out + set.err + shown.out + shown.err)
      .to.contain('******')
      .and.not.contain('hush');
    const { by, ...told } = commanded.at(-1) ?? {};
    expect(by).to.match(/command line/);
    const path = 'hall/general/key';
    const words = { before: '(a secret)', after: '(another secret)' };
    expect(told).to.deep.equal({ path, scope: 'default', ...words, overruled: false });
  });

  it('say that the environment overrules what was stored', async () => {
    expect((await cli.run('config:set', 'hall/general/size', '3')).out).to.match(/^Stored; but .* stays 9\.\n$/);
  });

  const refused: [number, string[]][] = [
    [1, ['hall/general/size', 'many']],
    [1, ['hall/general/nothing', '1']],
    [1, ['hall/general/key', 'x', '--scope', 'website', '--scope-code', 'base']],
    [1, ['hall/general/words', 'x', '--scope', 'website', '--scope-code', 'nowhere']],
    [2, ['hall/general/words', 'x', '--scope', 'website']],
    [2, ['hall/general/words', 'x', '--scope', 'planet', '--scope-code', 'base']],
    [2, ['hall/general/words']],
    [2, ['hall/general/words', 'x', '--use-default']],
    [2, []],
  ];
  for (const [code, argv] of refused) {
    it(`answer ${code} for config:set ${argv.join(' ')}`, async () => {
      const outcome = await cli.run('config:set', ...argv);
      expect([outcome.code, outcome.out]).to.deep.equal([code, '']);
      expect(outcome.err).not.to.equal('');
    });
  }
});

describe('inspection commands', () => {
  it('print the plugins of a method in the order of their effect', async () => {
    const cli = await commandLine([hall, store]);
    const { out } = await cli.run('plugin:list', 'Greeter.greet');
    expect(out).to.equal('hall.Greeter.greet\n       4  hall.p  (hall: after)\n  runs: real hall.p.after\n');
    expect(JSON.parse((await cli.run('plugin:list', '--json')).out)).to.have.length(1);
    expect((await cli.run('plugin:list', 'store.Websites')).out).to.equal('No plugin changes it.\n');
    expect(await cli.run('plugin:list', 'Nobody')).to.include({ code: 1 });
    await cli.dispose();
  });

  it('print who observes what', async () => {
    const cli = await commandLine([hall, store]);
    expect((await cli.run('event:list')).out).to.match(/^hall\.Happened\n {2}hall\.o {2}\(hall, committed\)$/m);
    await cli.dispose();
  });
});
