import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';

interface Made {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accessToken: string;
  readonly apiPath: string;
  readonly scopes: readonly string[];
  readonly file: string | null;
}

describe('The commands of API accounts', () => {
  let line: CommandLine;
  let folder: string;
  before(async function () {
    this.timeout(60_000);
    line = await openCommandLine();
    folder = await mkdtemp(join(tmpdir(), 'vestibule-accounts-'));
    await line.run('connection:create', '--code', 'mini', '--name', 'miniOrange', '--profile', 'miniorange');
  });
  after(async () => {
    await line?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const create = (...options: string[]) => ['api-account:create', '--connection', 'mini', ...options] as const;
  const listed = () =>
    line.json<{ clientId: string; name: string; state: string; apiPath: string }[]>('api-account:list');

  it('make one, and show its credentials once', async () => {
    const made = await line.json<Made>(...create('--name', 'importer', '--expires', '90d'));
    expect(made.accessToken).to.match(/^vsb_[a-z0-9]{8}_.{49}$/);
    expect(made.apiPath).to.match(/^https:\/\/id\.shop\.example\/stores\/[a-z0-9]{10}\/v3\/$/);
    expect(made.scopes).to.deep.equal(['store:customers', 'store:hooks']);
    const [account] = await listed();
    expect(account).to.include({ clientId: made.clientId, name: 'importer', state: 'active', apiPath: made.apiPath });
    expect(JSON.stringify(account)).to.not.contain(made.accessToken).and.not.contain(made.clientSecret);
    const { out } = await line.run('api-account:list', '--connection', 'mini');
    expect(out).to.contain(made.clientId).and.contain('never used').and.contain(made.apiPath);
    expect(
      (await line.json<unknown[]>('token:list')).length,
      'beside the token that the connection began with',
    ).to.equal(2);
  });

  it('write them into a file that only its owner reads, and make none where that is impossible', async () => {
    const file = join(folder, 'credentials.txt');
    const { code, out } = await line.run(...create('--name', 'by file', '--scopes', 'store:hooks', '--output', file));
    expect(code).to.equal(0);
    const text = await readFile(file, 'utf8');
    expect(text.match(/^[A-Z ]+(?=: )/gm)).to.deep.equal([
      'CLIENT ID',
      'CLIENT SECRET',
      'ACCESS TOKEN',
      'NAME',
      'API PATH',
    ]);
    expect(text).to.contain('NAME: by file\r\n');
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(out).to.contain(file).and.not.contain('vsb_');
    const before = (await listed()).length;
    await line.run('api-account:revoke', (await listed())[0]?.clientId ?? '');
    const again = await line.run(...create('--name', 'twice', '--output', file));
    expect([again.code, (await listed()).length]).to.deep.equal([1, before]);
    expect(await readFile(file, 'utf8')).to.equal(text);
  });

  it('stop one', async () => {
    const [, first] = await listed();
    const { code, out } = await line.run('api-account:revoke', first?.clientId ?? '');
    expect([code, out]).to.satisfy(
      ([status, text]: [number, string]) => status === 0 && text.includes('is revoked since'),
    );
    expect((await listed()).map(({ state }) => state)).to.deep.equal(['revoked', 'revoked']);
  });

  it('and say what is wrong', async () => {
    const wrong = async (...argv: string[]) => {
      const { code, err } = await line.run(...argv);
      expect(code, err).to.equal(1);
      return err;
    };
    expect(await wrong('api-account:revoke', 'nobody12')).to.contain('no API account with the client id "nobody12"');
    expect(await wrong(...create('--name', 'x', '--scopes', 'users:read'))).to.contain('not a scope of the store API');
    expect(await wrong(...create('--name', 'x', '--expires', 'soon'))).to.contain('is not a span of time');
    expect(await wrong('api-account:create', '--connection', 'none', '--name', 'x')).to.contain('no connection');
  });
});
