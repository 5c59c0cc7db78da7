import { expect } from 'chai';
import { command, provide, service } from '../../../modules/framework/index.ts';
import { room } from '../kernel.ts';
import { commandLine } from './command-line.ts';

const Greeter = service<{ greet(name: string): string }>('hall.Greeter');
const Broken = service<object>('hall.Broken');

const hall = room('hall', {
  provides: [
    provide(Greeter, {}, () => ({ greet: (name) => `Hello ${name}` })),
    provide(Broken, {}, () => {
      throw new Error('must not be made for a command that does not need it');
    }),
  ],
  commands: [
    command('hall:greet', {
      describe: 'Greet somebody',
      options: {
        name: { type: 'string', position: 0, required: true, describe: 'whom' },
        others: { type: 'string', position: 1, many: true, describe: 'whom else' },
        times: { type: 'number', default: 1, describe: 'how often' },
        loudlyPlease: { type: 'boolean', describe: 'with capitals' },
        tone: { type: 'string', choices: ['warm', 'cold'], describe: 'how' },
        tag: { type: 'string', many: true, describe: 'marks' },
      },
      inject: { greeter: Greeter },
      run: (options, { greeter }) => ({ said: greeter.greet(options.name), options }),
      print: ({ said }, { loudlyPlease }) => (loudlyPlease ? said.toUpperCase() : said),
      exitCode: ({ options }) => options.times,
    }),
    command('hall:fail', {
      describe: 'Fail',
      run() {
        throw new Error('It failed\nfor a reason.');
      },
      print: String,
    }),
  ],
});

describe('a command of a module', () => {
  let cli: Awaited<ReturnType<typeof commandLine>>;
  before(async () => {
    cli = await commandLine([hall]);
  });
  after(() => cli.dispose());

  it('prints for people, or with --json its result as one JSON value and nothing else', async () => {
    expect(await cli.run('hall:greet', 'Ann', '--times', '0')).to.deep.equal({ code: 0, out: 'Hello Ann\n', err: '' });
    const { out, err } = await cli.run('hall:greet', 'Ann', '--times', '0', '--json');
    expect(JSON.parse(out)).to.deep.equal({ said: 'Hello Ann', options: { name: 'Ann', times: 0 } });
    expect(err).to.equal('');
  });

  it('gets its options typed, by the names it declared', async () => {
    const argv = [
      'Ann',
      'Bob',
      'Cid',
      '--times',
      '3',
      '--loudly-please',
      '--tone',
      'warm',
      '--tag',
      'a',
      '--tag',
      'b',
      '--json',
    ];
    const { out, code } = await cli.run('hall:greet', ...argv);
    expect(JSON.parse(out).options).to.deep.equal({
      name: 'Ann',
      others: ['Bob', 'Cid'],
      times: 3,
      loudlyPlease: true,
      tone: 'warm',
      tag: ['a', 'b'],
    });
    expect(code).to.equal(3);
  });

  it('fails with 1 and one line on stderr', async () => {
    for (const json of [[], ['--json']]) {
      const { code, out, err } = await cli.run('hall:fail', ...json);
      expect([code, out, err]).to.deep.equal([1, '', 'Error: It failed for a reason.\n']);
    }
  });

  const wrong: [string, string[]][] = [
    ['an unknown command', ['hall:nothing']],
    ['a missing argument', ['hall:greet']],
    ['an unknown option', ['hall:greet', 'Ann', '--nothing']],
    ['a number that is none', ['hall:greet', 'Ann', '--times', 'x']],
    ['a value outside the choices', ['hall:greet', 'Ann', '--tone', 'odd']],
    ['an argument too many', ['hall:fail', 'x']],
  ];
  for (const [what, argv] of wrong) {
    it(`answers 2 for ${what}`, async () => {
      const { code, out, err } = await cli.run(...argv);
      expect([code, out]).to.deep.equal([2, '']);
      expect(err).to.match(/^error: /);
    });
  }

  it('is in the help, and has help of its own', async () => {
    for (const argv of [[], ['--help']]) {
      const { code, out } = await cli.run(...argv);
      expect(code).to.equal(0);
      expect(out).to.contain('hall:greet').and.contain('setup:upgrade').and.contain('config:set');
    }
    const { code, out } = await cli.run('hall:greet', '--help');
    expect(code).to.equal(0);
    expect(out).to.contain('--loudly-please').and.contain('--json');
  });
});

describe('module commands', () => {
  const base = room('base');
  const top = room('top', { sequence: ['base'] });
  const odd = room('odd', { sequence: ['gone'] });

  it('show what is enabled, disabled, or enabled and missing', async () => {
    const cli = await commandLine([base, top], { enabled: ['base', 'lost'] });
    const { out, code } = await cli.run('module:status', '--json');
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.deep.equal({ enabled: ['base', 'lost'], disabled: ['top'], missing: ['lost'] });
    await cli.dispose();
  });

  it('enable modules whose sequence is enabled too, and say what is missing otherwise', async () => {
    const cli = await commandLine([base, top, odd], { enabled: [] });
    expect(await cli.run('module:enable', 'top')).to.include({ code: 1 });
    expect((await cli.run('module:enable', 'top')).err).to.match(/top: needs the module "base".*module:enable base/);
    expect(await cli.run('module:enable', 'top', 'base')).to.include({ code: 0 });
    expect([...cli.on]).to.deep.equal(['top', 'base']);
    expect(await cli.run('module:enable', 'base', '--json')).to.include({ out: '{"enabled":[]}\n' });
    expect((await cli.run('module:enable', 'unknown')).err).to.contain('There is no module unknown');
    expect(await cli.run('module:enable')).to.include({ code: 2 });
    await cli.dispose();
  });

  it('refuse to disable what an enabled module needs', async () => {
    const cli = await commandLine([base, top]);
    const { code, err } = await cli.run('module:disable', 'base');
    expect([code, err]).to.deep.equal([1, '"top" needs base. Disable "top" as well.\n']);
    expect(cli.on.has('base')).to.equal(true);
    expect(await cli.run('module:disable', 'base', 'top')).to.include({ code: 0 });
    expect([...cli.on]).to.deep.equal([]);
    await cli.dispose();
  });

  it('work where a module cannot be loaded, and say so for the others', async () => {
    const cli = await commandLine([base], { enabled: ['base', 'lost'] });
    const { code, err } = await cli.run('hall:greet');
    expect(code).to.equal(1);
    expect(err).to.contain('lost: is not there.');
    expect(await cli.run('module:disable', 'lost')).to.include({ code: 0 });
    expect(await cli.run('event:list')).to.include({ code: 0 });
    await cli.dispose();
  });

  it('draw the order of the start', async () => {
    const cli = await commandLine([top, base]);
    expect((await cli.run('module:graph')).out).to.equal('base 1.0.0\ntop 1.0.0  ← base\n');
    const graph = JSON.parse((await cli.run('module:graph', '--json')).out);
    expect(graph[1]).to.deep.equal({ name: 'top', version: '1.0.0', sequence: ['base'], optional: [] });
    await cli.dispose();
  });
});
