import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';

describe('api:export', () => {
  let line: CommandLine;
  let folder: string;
  before(async () => {
    line = await openCommandLine();
    folder = await mkdtemp(join(tmpdir(), 'vestibule-api-docs-'));
  });
  after(async () => {
    await line.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('writes the files for the address that is said, into a folder that it makes', async () => {
    const made = join(folder, 'api');
    const { files } = await line.json<{ files: string[] }>(
      'api:export',
      '--folder',
      made,
      '--base-url',
      'https://x.example',
    );
    expect(files).to.include.members(['README.md', 'openapi.json', 'postman.json', 'webhooks.md']);
    const document = JSON.parse(await readFile(join(made, 'openapi.json'), 'utf8')) as Record<string, unknown>;
    expect(document.servers).to.deep.equal([{ url: 'https://x.example' }]);
  });

  it('names BASE_URL unless an address is said', async () => {
    expect(await line.run('api:export', '--folder', folder)).to.include({ code: 0, err: '' });
    expect(await readFile(join(folder, 'postman.json'), 'utf8')).to.contain('https://id.shop.example');
  });
});
