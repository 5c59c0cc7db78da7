import { expect } from 'chai';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';

describe('The commands of connections and tokens', () => {
  let line: CommandLine;
  before(async () => {
    line = await openCommandLine({ tablePrefix: 'm2_' });
  });
  after(() => line.close());
  const run = (...argv: string[]) => line.run(...argv);
  const json = <T = Record<string, unknown>>(...argv: string[]) => line.json<T>(...argv);

  async function fails(...argv: string[]): Promise<string> {
    const { code, out, err } = await run(...argv);
    expect({ code, out }, argv.join(' ')).to.deep.equal({ code: 1, out: '' });
    expect(err).to.match(/^[^\n]+\n$/);
    return err;
  }

  async function misused(...argv: string[]): Promise<string> {
    const { code, out, err } = await run(...argv);
    expect({ code, out }, argv.join(' ')).to.deep.equal({ code: 2, out: '' });
    return err;
  }

  it('print the four values to paste, for people too', async () => {
    const { code, out, err } = await run('connection:create', '--code', 'entra', '--name', 'Entra ID');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    const [, token] = /^SCIM Bearer Token: +(vsb_\S+)$/m.exec(out) ?? [];
    expect(out).to.match(/^Connection: +entra$/m);
    expect(out).to.match(/^SCIM Base URL: +https:\/\/id\.shop\.example\/scim\/v2$/m);
    expect(out)
      .to.contain(`Bearer ${token}\n`)
      .and.match(/^Authorization Header: +Bearer /m);
    expect(out).to.contain('only now');
  });

  it('list connections without their tokens', async () => {
    const made = await json<{ token: string }>(
      'connection:create',
      '--code',
      'okta',
      '--name',
      'Okta',
      '--profile',
      'okta',
    );
    const all = await json<Record<string, unknown>[]>('connection:list');
    expect(all.map(({ code }) => code)).to.deep.equal(['entra', 'okta']);
    expect(all[1]).to.include({ name: 'Okta', profile: 'okta', websiteId: 1, active: true, match: 'link' });
    const { out } = await run('connection:list');
    expect(out.split('\n')).to.have.length(3);
    expect(out + JSON.stringify(all)).not.to.contain(made.token.slice(4));
  });

  it('change what is said and nothing else', async () => {
    const changed = await json('connection:set', '--code', 'okta', '--match', 'refuse', '--name', 'Okta (staff)');
    expect(changed).to.include({ match: 'refuse', name: 'Okta (staff)', profile: 'okta', active: true });
    expect(await json('connection:pause', '--code', 'okta')).to.include({ active: false, match: 'refuse' });
    expect(await json('connection:set', '--code', 'okta', '--profile', 'entra')).to.include({ active: false });
    expect(await json('connection:resume', '--code', 'okta')).to.include({ active: true, profile: 'entra' });
    expect(await misused('connection:set', '--code', 'okta'))
      .to.contain('--name, --profile, --match')
      .and.contain('--rate-limit');
  });

  it('make, rotate, revoke and list tokens', async () => {
    const made = await json<Record<string, string>>(
      ...['token:create', '--connection', 'okta', '--name', 'spare', '--expires', '90d'],
    );
    expect(Object.keys(made)).to.have.members([
      ...['id', 'name', 'scopes', 'addresses', 'expiresAt', 'token', 'authorization'],
    ]);
    const days = (Date.parse(`${made.expiresAt}Z`) - Date.now()) / 86_400_000;
    expect(days).to.be.within(89.9, 90.1);
    const limit = await fails('token:create', '--connection', 'okta');
    expect(limit).to.contain('2 active tokens').and.contain('token:rotate');
    const rotated = await json<Record<string, string>>('token:rotate', '--connection', 'okta', '--overlap', '1h');
    type Listed = { publicId: string; state: string; expiresAt: string | null };
    const listed = await json<Listed[]>('token:list', '--connection', 'okta');
    expect(listed.map(({ publicId, state }) => [publicId, state])).to.deep.equal([
      [rotated.id, 'active'],
      [made.id, 'active'],
      [listed[2]?.publicId, 'revoked'],
    ]);
    expect((Date.parse(`${listed[1]?.expiresAt}Z`) - Date.now()) / 3_600_000).to.be.within(0.9, 1.1);
    await json('token:rotate', '--connection', 'okta', '--overlap', '0m');
    const states = (await json<Listed[]>('token:list', '--connection', 'okta')).map(({ state }) => state);
    expect(states).to.deep.equal(['active', 'expired', 'revoked', 'revoked']);
    const { out } = await run('token:list');
    expect(out).to.match(new RegExp(`^${rotated.id} .* expired .* never used$`, 'm'));
    expect(out).not.to.contain(String(made.token).slice(14, 40));
    expect(await json('token:revoke', String(rotated.token))).to.include({ publicId: rotated.id });
  });

  it('are recorded, one by one', async () => {
    const { items } = await json<{ items: { operation: string; actor: string; application: string }[] }>(
      ...['report:provisioning', '--application', 'okta'],
    );
    expect(new Set(items.map(({ actor }) => actor))).to.deep.equal(new Set(['command line']));
    expect(items.map(({ operation }) => operation).reverse()).to.deep.equal([
      'connection.create',
      'token.create',
      ...Array.from({ length: 4 }, () => 'connection.change'),
      'token.create',
      'token.rotate',
      'token.rotate',
      'token.revoke',
    ]);
  });

  it('say what is wrong, on one line, and end with 1', async () => {
    const create = ['connection:create', '--name', 'x', '--code'];
    expect(await fails(...create, 'Okta')).to.contain('a–z, 0–9');
    expect(await fails(...create, 'admin')).to.contain('reserved');
    expect(await fails(...create, 'okta')).to.contain('exists already');
    expect(await fails(...create, 'x', '--website', 'nowhere')).to.contain('no website with the code "nowhere"');
    expect(await fails(...create, 'x', '--website', 'admin')).to.contain('administration');
    expect(await fails('connection:create', '--code', 'x', '--name', '')).to.contain('is empty');
    for (const command of ['connection:pause', 'connection:resume'])
      expect(await fails(command, '--code', 'gone'))
        .to.contain('"gone"')
        .and.contain('connection:list');
    expect(await fails('connection:set', '--code', 'gone', '--name', 'x')).to.contain('connection:list');
    for (const command of ['token:create', 'token:rotate', 'token:list'])
      expect(await fails(command, '--connection', 'gone')).to.contain('connection:list');
    expect(await fails('token:create', '--connection', 'okta', '--expires', 'd')).to.contain('1m to 730d');
    expect(await fails('token:rotate', '--connection', 'okta', '--overlap', '8d')).to.contain('0m to 7d');
    expect(await fails('token:revoke', 'abcd1234')).to.contain('token:list');
    expect(await json<unknown[]>('connection:list')).to.have.length(2);
  });

  it('end with 2 where they are used wrongly', async () => {
    expect(await misused('connection:create', '--code', 'x')).to.contain('--name');
    expect(await misused('connection:create', '--name', 'x')).to.contain('--code');
    expect(await misused('connection:create', '--code', 'x', '--name', 'x', '--profile', 'nobody')).to.contain('okta');
    expect(await misused('connection:set', '--code', 'okta', '--match', 'maybe')).to.contain('link');
    expect(await misused('connection:set', '--code', 'okta', '--colour', 'red')).to.contain('--colour');
    expect(await misused('token:create')).to.contain('--connection');
    expect(await misused('token:revoke')).to.contain('id');
    expect(await misused('connection:delete', '--code', 'okta')).to.contain('--customers');
    expect(await misused('connection:delete', '--code', 'okta', '--customers', 'burn')).to.contain('transfer:<code');
    expect(await misused('connection:delete', '--code', 'okta', '--customers', 'transfer:')).to.contain('keep');
    expect(await misused('connection:lose')).to.contain('connection:lose');
  });

  it('explain themselves', async () => {
    const { code, out } = await run('--help');
    expect(code).to.equal(0);
    const commands = ['create', 'list', 'set', 'pause', 'resume', 'delete'].map((verb) => `connection:${verb}`);
    for (const command of [...commands, 'token:create', 'token:rotate', 'token:revoke', 'token:list']) {
      expect(out).to.contain(command);
      const help = await run(command, '--help');
      expect(help).to.include({ code: 0, err: '' });
      expect(help.out).to.contain(`Usage: vestibule ${command}`).and.contain('--json');
    }
  });

  it('tell on a dry run what a deletion would do', async () => {
    const told = await json('connection:delete', '--code', 'okta', '--customers', 'transfer:entra', '--dry-run');
    expect(told).to.deep.include({
      code: 'okta',
      customers: 'transfer:entra',
      dryRun: true,
      users: 0,
      tombstones: 0,
      deactivated: 0,
      groups: 0,
      tokens: 4,
      protected: 0,
    });
    const { out } = await run('connection:delete', '--code', 'okta', '--customers', 'keep', '--dry-run');
    expect(out).to.contain('This would delete the connection "okta"').and.contain('Nothing was changed.');
    expect(await fails('connection:delete', '--code', 'gone', '--customers', 'keep')).to.contain('connection:list');
    expect(await json<unknown[]>('connection:list')).to.have.length(2);
  });
});
