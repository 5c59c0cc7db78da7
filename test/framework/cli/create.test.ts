import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { installationAt, runCli } from '../../../modules/framework/index.ts';
import { partNames } from '../../../modules/framework/scaffold/part.ts';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));

describe('module:create', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'vestibule-create-'));
    for (const file of ['package.json', 'biome.json']) await cp(join(checkout, file), join(root, file));
    for (const folder of ['config', 'modules/taken', 'test']) await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, 'config/modules.json'), '{ "modules": {} }');
    await writeFile(join(root, 'modules/taken/module.ts'), 'export default {};');
  });
  after(() => rm(root, { recursive: true }));

  async function create(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    let [out, err] = ['', ''];
    const code = await runCli({
      argv: ['module:create', ...argv],
      installation: installationAt(pathToFileURL(join(root, 'cli.ts')).href),
      readEnvironment() {
        throw new Error('no setting is needed');
      },
      stdout(text) {
        out += text;
      },
      stderr(text) {
        err += text;
      },
    });
    return { code, out, err };
  }
  const filesIn = async (folder: string): Promise<string[]> =>
    (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();

  it('writes a room and its test, and says what comes next', async () => {
    const { code, out } = await create('bare');
    expect(code).to.equal(0);
    expect(out).to.contain('npm run -s test:room test/bare').and.contain('module:enable bare');
    expect(await filesIn('modules/bare')).to.deep.equal(['README.md', 'index.ts', 'module.ts', 'service.ts']);
    expect(await filesIn('test/bare')).to.deep.equal(['bare.test.ts']);
    const text = await readFile(join(root, 'test/bare/bare.test.ts'), 'utf8');
    expect(text.match(/\bit\(/g)).to.have.length(1);
    expect(text).to.contain("'../../modules/bare/module.ts'").and.contain('Unfinished: ');
  });

  it('writes what the linter of the project has nothing to say about, whatever the name', async () => {
    const names = ['a1', 'loyalty-tier', 'abcdefghij-klmnopqrstu'];
    for (const name of names) expect((await create(name, '--with', partNames.join(','))).code).to.equal(0);
    expect((await create('packed', '--with', partNames.join(), '--path', join(root, 'packed'))).code).to.equal(0);
    const biome = join(checkout, 'node_modules/@biomejs/biome/bin/biome');
    const folders = [...names.flatMap((name) => [`modules/${name}`, `test/${name}`]), 'packed'];
    const { stdout } = await promisify(execFile)(process.execPath, [biome, 'check', ...folders], { cwd: root });
    expect(stdout).to.match(/^Checked [45]\d files/m);
  });

  it('writes a package that knows this host by its folder and says with which hosts it works', async () => {
    const { code, out } = await create('boxed', '--path', join(root, 'packages/boxed'), '--json');
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.include({ name: 'boxed' });
    const file = JSON.parse(await readFile(join(root, 'packages/boxed/package.json'), 'utf8'));
    expect(file).to.deep.include({ name: 'boxed', vestibule: { module: './dist/module.js', host: '^1' } });
    expect(file.devDependencies.vestibule).to.equal('file:../..');
    expect(file).not.to.have.any.keys('dependencies', 'peerDependencies');
  });

  const refused: [string, number, string[], RegExp][] = [
    ['a name that is none', 2, ['Loyalty'], /"Loyalty" is no name for a module.*loyalty-tier/],
    ['the name of a module that is there', 1, ['taken'], /a module "taken" already/],
    ['a name with a meaning of its own', 1, ['testing'], /a module "testing" already/],
    ['a folder that is there', 1, ['config', '--path', '.'], /is not empty/],
    ['a part that nobody knows', 2, ['new', '--with', 'plugin,magic'], /does not know magic.*observer/],
    ['no name', 2, [], /missing required argument/],
  ];
  for (const [what, code, argv, words] of refused)
    it(`refuses ${what} and writes nothing`, async () => {
      const before = await filesIn('.');
      const outcome = await create(...argv);
      expect([outcome.code, outcome.out]).to.deep.equal([code, '']);
      expect(outcome.err).to.match(words);
      expect(await filesIn('.')).to.deep.equal(before);
    });

  it('refuses a room whose test folder is there, and an installation without sources', async () => {
    await mkdir(join(root, 'test/half'));
    expect((await create('half')).err).to.match(/^test\/half is there already/);
    await rm(join(root, 'modules'), { recursive: true });
    expect((await create('late')).err).to.match(/ENOENT|no sources.*--path/);
  });
});
