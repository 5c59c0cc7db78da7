import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Environment, type Installation, installationAt, runCli } from 'vestibule/framework';
import courseSync from '../module.ts';

/** A project in which nothing is enabled but this package and what it needs. */
describe('The commands of the course sync', () => {
  let folder: string;
  let installation: Installation;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-courses-'));
    const house = installationAt(new URL('../../../cli.ts', import.meta.url).href);
    const needed = ['scim', 'attribute-mapping', 'admin', ...(courseSync.sequence ?? [])];
    installation = {
      ...house,
      enabled: async () => [...needed, 'course-sync'],
      load: async (names) => [
        ...(await house.load(names.filter((name) => name !== 'course-sync'))),
        ...(names.includes('course-sync') ? [courseSync] : []),
      ],
    };
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const environment = (): Environment => ({
    host: '127.0.0.1',
    port: 3000,
    baseUrl: 'https://id.shop.example',
    databaseUrl: `sqlite:${folder}/store.sqlite`,
    tablePrefix: '',
    cryptKeys: ['0123456789abcdef0123456789ABCDEF'],
    nodeEnv: 'test',
    logLevel: 'info',
    root: folder,
    configOverrides: {},
  });
  async function run(...argv: string[]) {
    let [out, err] = ['', ''];
    const code = await runCli({
      argv,
      installation,
      readEnvironment: environment,
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
    });
    return { code, out, err };
  }

  it('add to the map, list it, and say what is wrong', async () => {
    expect((await run('setup:upgrade')).code).to.equal(0);
    const made = await run('course:map', '--sku', 'T-1', '--course', 'SAFETY', '--keep');
    expect(made).to.deep.equal({ code: 0, out: '     1  SKU T-1 → SAFETY  (keeps enrolments)\n', err: '' });
    const unknown = await run('course:map', '--customer-group', 'Nobody', '--course', 'C');
    expect(unknown).to.include({ code: 1 });
    expect(unknown.err).to.include('there are General, Wholesale, Retailer');
    const { out } = await run('course:list', '--json');
    expect(JSON.parse(out)).to.have.length(1);
    expect((await run('course:retry', '7')).err).to.include('Nothing waits for customer 7');
  });
});
