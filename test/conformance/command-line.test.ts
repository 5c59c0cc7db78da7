import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { SuiteResult } from '../../modules/conformance/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type BrokenProvider, startBrokenProvider } from './broken-provider.ts';
import { bodies } from './faults/fault.ts';

const program = fileURLToPath(new URL('../../modules/conformance/command-line.ts', import.meta.url));

function run(...argv: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

onBothEngines('npm run conformance', (engine) => {
  if (engine.name !== 'sqlite') return;
  let host: ScimHost;
  let provider: BrokenProvider;
  let target: string[];
  before(async () => {
    host = await openHost(engine);
    provider = await startBrokenProvider(`${host.url}/scim/v2`);
    target = ['--base', `${provider.base}/`, '--token', host.token];
  });
  after(async () => {
    await provider.close();
    await host.close();
  });
  beforeEach(() => provider.spoil());

  it('prints each requirement with id, level and sentence, then the count, and ends with 0', async () => {
    const { code, out, err } = await run(...target, '--only', 'me', '--only', 'discovery');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.match(/^discovery\nPASS {2}MUST +RFC7644-4-01 +GET \/ServiceProviderConfig answers/m);
    expect(out).to.match(/^MUST +\d+ passed +0 failed +\d+ skipped$/m);
    expect(out).to.contain('\nme\n').and.not.contain('\ncreate\n');
    expect(out).not.to.contain(host.token);
  });

  it('says what was sent and found where a MUST fails, and ends with 1', async () => {
    provider.spoil(
      bodies(
        (_, { status }) => status === 404,
        (json) => ({ ...json, status: 404 }),
      ),
    );
    const { code, out } = await run(...target, '--only', 'errors');
    expect(code).to.equal(1);
    expect(out).to.match(
      /^FAIL {2}MUST +RFC7644-3\.12-01 .*\n +status: expected "404", found 404\n +sent: +GET \/Users\/.*\n +found: +404 /m,
    );
  });

  it('prints one JSON value with --json', async () => {
    const { code, out } = await run(...target, '--only', 'me', '--json');
    expect(code).to.equal(0);
    const result = JSON.parse(out) as SuiteResult & { counts: { MUST: { failed: number } } };
    expect(result.counts.MUST.failed).to.equal(0);
    expect(result.verdicts[0]).to.include({ area: 'me', id: 'RFC7644-3.11-01', level: 'MUST', outcome: 'pass' });
  });

  it('ends with 2 where it is used wrongly, with 1 where nobody answers', async () => {
    for (const argv of [
      ['--base', 'http://127.0.0.1:1'],
      [...target, '--only', 'nothing'],
      ['--colour', 'red'],
    ])
      expect((await run(...argv)).code, argv.join(' ')).to.equal(2);
    const { code, err } = await run('--base', 'http://127.0.0.1:1', '--token', 'x');
    expect(code).to.equal(1);
    expect(err).to.match(/^.+\n$/);
  });
});
