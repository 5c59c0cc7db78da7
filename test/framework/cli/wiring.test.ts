import { expect } from 'chai';
import {
  configSection,
  type ModuleManifest,
  plugin,
  provide,
  route,
  service,
} from '../../../modules/framework/index.ts';
import { room } from '../kernel.ts';
import { commandLine, type Outcome } from './command-line.ts';

const Bell = service<{ ring(): Promise<string> }>('hall.Bell');
const Gong = service<{ ring(): Promise<string> }>('hall.Gong');
const bell = provide(Bell, {}, () => ({ ring: async () => 'ding' }));
/** Nobody listens there: whoever asks the database fails. */
const changes = { databaseUrl: 'mysql://nobody:x@127.0.0.1:1/none' };

async function compile(modules: readonly ModuleManifest[], enabled?: string[], ...argv: string[]): Promise<Outcome> {
  const cli = await commandLine(modules, { changes, ...(enabled ? { enabled } : {}) });
  const outcome = await cli.run('setup:di:compile', ...argv);
  await cli.dispose();
  return outcome;
}

describe('setup:di:compile', () => {
  it('says what it has checked, without the database that the installation has', async () => {
    const loud = plugin(Bell, { id: 'porch.loud', advise: () => ({ ring: { after: (said) => said.toUpperCase() } }) });
    const porch = room('porch', { sequence: ['hall'], plugins: [loud] });
    const { code, out, err } = await compile([room('hall', { provides: [bell] }), porch]);
    expect([code, err]).to.deep.equal([0, '']);
    expect(out)
      .to.match(/^ +3 {2}modules: /m)
      .and.match(/^ +1 {2}plugins: on methods of 1 service$/m)
      .and.match(/^ +\d+ {2}migrations: run from nothing, in memory$/m)
      .and.contain('Everything fits together.');
  });

  it('tells every fault at once, each with its cure, and answers 1', async () => {
    const faulty = room('porch', {
      host: '^7',
      sequence: ['hall'],
      plugins: [plugin(Gong, { id: 'porch.gong', advise: () => ({}) })],
      routes: [route('GET /porch', { acl: 'porch::see', handle() {} })],
      config: [configSection('porch/general', { tab: 'a', label: 'Porch', acl: 'porch::config', fields: {} })],
    });
    const { code, out } = await compile([room('hall', { provides: [bell] }), faulty], undefined, '--json');
    const { problems } = JSON.parse(out) as { problems: { module: string; code: string; cure: string }[] };
    expect(code).to.equal(1);
    expect(problems.map((problem) => problem.code).sort()).to.deep.equal([
      'ACL_UNDECLARED',
      'ACL_UNDECLARED',
      'HOST_RANGE',
      'SERVICE_UNPROVIDED',
    ]);
    for (const problem of problems) expect(problem).to.include({ module: 'porch' }).and.have.property('cure').not.empty;
  });

  it('looks at the other modules where one cannot be loaded', async () => {
    const needy = room('needy', { sequence: ['gone'] });
    const faulty = room('porch', { acl: { see: 'everything' } });
    const { code, out } = await compile([needy, faulty], ['needy', 'porch', 'gone']);
    expect(code).to.equal(1);
    expect(out).to.contain('gone: is not there. [MODULE_LOAD]').and.contain('[ACL_NAME]').and.contain('2 problems');
    expect(out).not.to.contain('[MODULE_MISSING]');
  });

  it('makes every service, and runs every migration', async () => {
    const broken = provide(Bell, {}, () => {
      throw new Error('it has no clapper');
    });
    const made = await compile([room('hall', { provides: [broken] })]);
    expect(made.out).to.contain('hall.Bell could not be created: it has no clapper').and.contain('[FACTORY_FAILED]');
    const lost = await compile([room('hall', { migrations: new URL('./nowhere/', import.meta.url) })]);
    expect(lost.code).to.equal(1);
    expect(lost.out).to.match(/^hall: .*migrations folder .* is missing\. \[MIGRATION_FAILED\]/);
  });
});
