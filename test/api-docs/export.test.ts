import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Environment, installationAt, runCli } from '../../modules/framework/index.ts';

describe('api:export', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-api-docs-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The command on a database that nobody has set up: it has no need of one. */
  async function run(...argv: readonly string[]): Promise<{ code: number; out: string }> {
    const environment: Environment = {
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'https://id.shop.example',
      databaseUrl: 'sqlite::memory:',
      tablePrefix: '',
      cryptKeys: ['0123456789abcdef0123456789ABCDEF'],
      nodeEnv: 'test',
      logLevel: 'silent',
      root: folder,
      configOverrides: {},
    };
    let out = '';
    const write = (text: string): void => {
      out += text;
    };
    const installation = installationAt(new URL('../../cli.ts', import.meta.url).href);
    const code = await runCli({
      argv: ['api:export', ...argv],
      installation,
      readEnvironment: () => environment,
      stdout: write,
      stderr: write,
    });
    return { code, out };
  }

  it('writes the files for the address that is said, into a folder that it makes', async () => {
    const made = join(folder, 'api');
    const { code, out } = await run('--folder', made, '--base-url', 'https://x.example', '--json');
    expect(code, out).to.equal(0);
    expect(JSON.parse(out).files).to.include.members(['README.md', 'openapi.json', 'postman.json', 'webhooks.md']);
    const document = JSON.parse(await readFile(join(made, 'openapi.json'), 'utf8')) as Record<string, unknown>;
    expect(document.servers).to.deep.equal([{ url: 'https://x.example' }]);
  });

  it('names BASE_URL unless an address is said', async () => {
    const { code, out } = await run('--folder', folder);
    expect(code, out).to.equal(0);
    expect(await readFile(join(folder, 'postman.json'), 'utf8')).to.contain('https://id.shop.example');
  });

  it('takes away its own pages of headings that are gone, and nothing else', async () => {
    const page = await readFile(join(folder, 'webhooks.md'), 'utf8');
    await writeFile(join(folder, 'old-heading.md'), page);
    await writeFile(join(folder, 'notes.md'), 'Mine.');
    await run('--folder', folder);
    expect(await readdir(folder))
      .to.include('notes.md')
      .and.not.to.include('old-heading.md');
  });
});
