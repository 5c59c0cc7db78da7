import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { eventsOf } from '../../../modules/framework/host/public-events.ts';
import { BootError, createTestHost, HOST_VERSION, installationAt } from '../../../modules/framework/index.ts';

/** A project on disk: path → content. */
async function project(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'vestibule-project-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, at: (file: string) => installationAt(pathToFileURL(join(root, file)).href) };
}

const manifest = (name: string) => `export default { name: '${name}', version: '1.0.0' };`;
const files = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { '@acme/vestibule-tiers': '1', plain: '1', absent: '1' },
  }),
  'config/modules.json': JSON.stringify({ modules: { store: true, off: false, tiers: true } }),
  'modules/framework/module.ts': '',
  'modules/store/module.ts': manifest('store'),
  'modules/off/module.js': manifest('off'),
  'modules/notes/README.md': '',
  'node_modules/@acme/vestibule-tiers/package.json': JSON.stringify({
    type: 'module',
    vestibule: { module: './dist/module.js', name: 'tiers' },
  }),
  'node_modules/@acme/vestibule-tiers/dist/module.js': manifest('tiers'),
  'node_modules/plain/package.json': '{}',
  'node_modules/stray/package.json': JSON.stringify({ vestibule: { module: './module.js' } }),
};

describe('installation', () => {
  let built: Awaited<ReturnType<typeof project>>;
  beforeEach(async () => {
    built = await project(files);
  });
  afterEach(() => rm(built.root, { recursive: true }));

  it('finds the rooms in modules/ and the dependencies that say they are modules', async () => {
    const available = await built.at('server.ts').available();
    expect([...available.keys()]).to.deep.equal(['off', 'store', 'tiers']);
  });

  it('enables what config/modules.json says and nothing else', async () => {
    const installation = built.at('server.ts');
    expect(await installation.enabled()).to.deep.equal(['store', 'tiers']);
    expect((await installation.load(await installation.enabled())).map(({ name }) => name)).to.deep.equal([
      'store',
      'tiers',
    ]);
  });

  it('finds the project around a built dist/', async () => {
    await mkdir(join(built.root, 'dist/modules/store'), { recursive: true });
    await writeFile(join(built.root, 'dist/modules/store/module.js'), manifest('store'));
    const installation = built.at('dist/server.js');
    expect(installation.root).to.equal(built.root);
    expect((await installation.available()).get('store')?.href).to.match(/dist\/modules\/store\/module\.js$/);
  });

  it('knows the events that enabled modules and the kernel let others observe', async () => {
    const event = (id: string) => `Object.freeze({ kind: 'event', id: '${id}' })`;
    await writeFile(
      join(built.root, 'node_modules/@acme/vestibule-tiers/dist/index.js'),
      `export const Promoted = ${event('tiers.Promoted')}; export const other = { kind: 'service', id: 'x' }; export const text = '';`,
    );
    await writeFile(join(built.root, 'modules/off/index.js'), `export const Off = ${event('off.Happened')};`);
    const events = await eventsOf(built.at('server.ts'));
    expect(events).to.include('tiers.Promoted');
    expect(events.filter((id) => !id.startsWith('framework.'))).to.deep.equal(['tiers.Promoted']);
  });

  it('switches modules on and off and keeps the other switches', async () => {
    const installation = built.at('server.ts');
    await installation.switch(['off'], true);
    await installation.switch(['tiers'], false);
    expect(JSON.parse(await readFile(join(built.root, 'config/modules.json'), 'utf8'))).to.deep.equal({
      modules: { store: true, off: true, tiers: false },
    });
  });

  it("hands an installed package this host's own files, not a copy", async () => {
    const file = join(built.root, 'node_modules/@acme/vestibule-tiers/dist/module.js');
    await writeFile(
      file,
      `export { BootError } from 'vestibule/framework';\nexport { createTestHost } from 'vestibule/testing';\n${manifest('tiers')}`,
    );
    await built.at('server.ts').load(['tiers']);
    expect(await import(pathToFileURL(file).href)).to.include({ BootError, createTestHost });
  });

  it('refuses a package for another host before its code runs, with names and versions', async () => {
    const folder = join(built.root, 'node_modules/@acme/vestibule-tiers');
    const says = { version: '2.3.4', vestibule: { module: './dist/module.js', name: 'tiers', host: '^7.1' } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(says));
    await writeFile(join(folder, 'dist/module.js'), "throw new Error('its code ran');");
    const error = await built
      .at('server.ts')
      .load(['tiers'])
      .catch((caught: unknown) => caught);
    expect((error as Error).message).to.equal(
      `Cannot start: tiers: package @acme/vestibule-tiers 2.3.4 is made for hosts "^7.1", and this host is ${HOST_VERSION}. ` +
        'Install a version of it for this host, or run module:disable tiers. [HOST_RANGE]',
    );
  });

  it('tells at once every module that is missing, broken, misnamed or empty', async () => {
    for (const [name, content] of [
      ['broken', 'throw new Error("no luck");'],
      ['misnamed', manifest('other')],
      ['empty', 'export const nothing = 1;'],
    ] as const) {
      await mkdir(join(built.root, 'modules', name), { recursive: true });
      await writeFile(join(built.root, 'modules', name, 'module.js'), content);
    }
    const error = await built
      .at('server.ts')
      .load(['gone', 'broken', 'misnamed', 'empty', 'store'])
      .catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(BootError);
    const told = (error as BootError).problems
      .map(({ module, code, message }) => `${module} ${code} ${message}`)
      .sort();
    expect(told).to.have.length(4);
    expect(told[0]).to.match(/^broken MODULE_LOAD cannot be loaded: no luck/);
    expect(told[1]).to.match(/^empty MODULE_LOAD .*no default export/);
    expect(told[2]).to.match(/^gone MODULE_LOAD .*no such module/);
    expect(told[3]).to.match(/^misnamed MODULE_LOAD .*"other"/);
  });
});
