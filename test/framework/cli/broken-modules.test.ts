import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { installationAt, runCli } from '../../../modules/framework/index.ts';
import { environment } from '../kernel.ts';

describe('module:disable', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'vestibule-broken-'));
  });
  after(() => rm(root, { recursive: true }));

  it('switches one broken module off while another one is broken, too', async () => {
    await cp(new URL('../../../package.json', import.meta.url), join(root, 'package.json'));
    for (const folder of ['config', 'modules/one', 'modules/two']) await mkdir(join(root, folder), { recursive: true });
    for (const name of ['one', 'two'])
      await writeFile(join(root, 'modules', name, 'module.js'), 'throw new Error("x");');
    const switches = join(root, 'config/modules.json');
    await writeFile(switches, JSON.stringify({ modules: { one: true, two: true } }));
    let said = '';
    const say = (text: string): void => {
      said += text;
    };
    const code = await runCli({
      argv: ['module:disable', 'one'],
      installation: installationAt(pathToFileURL(join(root, 'cli.ts')).href),
      readEnvironment: () => environment({ root }),
      stdout: say,
      stderr: say,
    });
    expect([code, said]).to.deep.equal([0, 'Disabled: one. Start the host anew.\n']);
    expect(JSON.parse(await readFile(switches, 'utf8'))).to.deep.equal({ modules: { one: false, two: true } });
  });
});
