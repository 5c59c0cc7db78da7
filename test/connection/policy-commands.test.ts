import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';

describe('The commands about policies, rights and rotations', () => {
  let line: CommandLine;
  before(async () => {
    line = await openCommandLine();
    await line.json('connection:create', '--code', 'okta', '--name', 'Okta');
  });
  after(() => line.close());
  const run = (...argv: string[]) => line.run(...argv);
  const json = <T = Record<string, unknown>>(...argv: string[]) => line.json<T>(...argv);

  async function fails(expected: number, ...argv: string[]): Promise<string> {
    const { code, out, err } = await run(...argv);
    expect({ code, out }, argv.join(' ')).to.deep.equal({ code: expected, out: '' });
    return err;
  }

  const set = (...argv: string[]) =>
    json<{ policy: Record<string, unknown> }>('connection:set', '--code', 'okta', ...argv);

  for (const [option, name] of [
    ['scim', 'scim'],
    ['new-customers', 'newCustomers'],
    ['create', 'create'],
    ['update', 'update'],
    ['deactivate', 'deactivate'],
    ['delete', 'delete'],
    ['guard', 'guard'],
    ['passwords', 'passwords'],
  ] as const)
    it(`turn --${option} off and on, and nothing else`, async () => {
      const before = (await set('--name', 'Okta')).policy;
      const off = (await set(`--${option}`, 'off')).policy;
      expect(off).to.deep.equal({ ...before, [name]: false });
      expect((await json<{ policy: object }[]>('connection:list'))[0]?.policy).to.deep.equal(off);
      expect((await set(`--${option}`, 'on')).policy).to.deep.equal({ ...before, [name]: true });
      if (before[name] === false) await set(`--${option}`, 'off');
    });

  for (const [option, name, value] of [
    ['visibility', 'visibility', 'website'],
    ['deactivation', 'deactivation', 'flag'],
    ['deletion', 'deletion', 'anonymise'],
    ['missing-email', 'missingEmail', 'refuse'],
    ['welcome-mail', 'welcomeMail', 'activation'],
    ['guard-percent', 'guardPercent', 35],
    ['guard-at-least', 'guardAtLeast', 7],
    ['guard-most', 'guardMost', 90],
  ] as const)
    it(`set --${option}, and nothing else`, async () => {
      const before = (await set('--name', 'Okta')).policy;
      const after = (await set(`--${option}`, String(value))).policy;
      expect(after).to.deep.equal({ ...before, [name]: value });
      expect((await json<{ policy: object }>('connection:show', 'okta')).policy).to.deep.equal(after);
      expect((await set(`--${option}`, String(before[name]))).policy).to.deep.equal(before);
    });

  it('set verified domains in lower case, and take them back', async () => {
    const { policy } = await set('--verified-domains', '@Shop.example, bücher.example shop.example');
    expect(policy.verifiedDomains).to.deep.equal(['shop.example', 'bücher.example']);
    expect((await run('connection:show', 'okta')).out).to.match(/^Verified domains: +shop\.example, bücher\.example$/m);
    expect((await set('--verified-domains', 'any')).policy.verifiedDomains).to.deep.equal([]);
  });

  it('tell a pause and SCIM that is off apart', async () => {
    const off = await json('connection:set', '--code', 'okta', '--scim', 'off');
    expect(off).to.deep.include({ active: true });
    const paused = await json<{ policy: object }>('connection:pause', '--code', 'okta');
    expect(paused).to.deep.include({ active: false });
    expect(paused.policy).to.include({ scim: false });
    expect(await json('connection:resume', '--code', 'okta')).to.deep.include({ active: true });
    expect((await run('connection:list')).out).to.contain('(off: Enable SCIM Provisioning)');
    await set('--scim', 'on');
  });

  it('set addresses and pace, and take them back', async () => {
    const { policy } = await set('--addresses', '10.0.0.0/8, 2001:db8::/32', '--rate-limit', '50');
    expect(policy).to.deep.include({ addresses: ['10.0.0.0/8', '2001:db8::/32'], requestsPerSecond: 50 });
    const { out } = await run('connection:show', 'okta');
    expect(out)
      .to.match(/^Addresses: +10\.0\.0\.0\/8, 2001:db8::\/32$/m)
      .and.match(/^Requests: +50 a second$/m);
    expect((await set('--rate-limit', '0')).policy).to.include({ requestsPerSecond: 0 });
    expect((await set('--addresses', 'any', '--rate-limit', 'default')).policy).to.deep.include({
      addresses: [],
      requestsPerSecond: null,
    });
  });

  it('show a connection whole, in the words of the administration', async () => {
    await set('--new-customers', 'off', '--delete', 'off');
    const { out, code } = await run('connection:show', 'okta');
    expect(code).to.equal(0);
    for (const [label, state] of [
      ['SCIM Base URL', 'https://id.shop.example/scim/v2'],
      ['Enable SCIM Provisioning', 'on'],
      ['Enable New Customer Creation', 'off'],
      ['Create', 'on'],
      ['Update', 'on'],
      ['Deactivate', 'on'],
      ['Delete', 'off'],
      ['Addresses', 'any'],
    ])
      expect(out).to.match(new RegExp(`^${label}: +${state}$`, 'm'));
    const shown = await json<{ tokens: object[] }>('connection:show', 'okta');
    expect(shown).to.include({ code: 'okta', baseUrl: 'https://id.shop.example/scim/v2' });
    expect(shown.tokens).to.have.length(1);
    await set('--new-customers', 'on', '--delete', 'on');
  });

  it('refuse what they do not understand, and change nothing', async () => {
    const before = await json('connection:list');
    const change = ['connection:set', '--code', 'okta'];
    expect(await fails(2, ...change, '--scim', 'maybe')).to.contain('on, off');
    expect(await fails(2, ...change)).to.contain('--scim, --new-customers');
    expect(await fails(1, ...change, '--addresses', 'intranet')).to.contain('"intranet" is neither');
    expect(await fails(1, ...change, '--rate-limit', 'fast')).to.contain('"fast" is no number');
    expect(await fails(1, ...change, '--rate-limit', '9000000')).to.contain('1 to 1000000');
    expect(await fails(1, ...change, '--verified-domains', 'shop')).to.contain('"shop" is no domain');
    expect(await fails(1, ...change, '--guard-percent', '101')).to.contain('a number from 1 to 100');
    expect(await fails(1, ...change, '--guard-most', 'many')).to.contain('can\'t be "many"');
    expect(await fails(2, ...change, '--deletion', 'burn')).to.contain('deactivate, anonymise, delete');
    expect(await fails(1, 'connection:show', 'gone')).to.contain('connection:list');
    expect(await json('connection:list')).to.deep.equal(before);
  });

  it('make tokens with rights of their own', async () => {
    const create = ['token:create', '--connection', 'okta'];
    expect(await fails(1, ...create, '--scopes', 'users:delete')).to.contain('"users:delete" is not a scope');
    expect(await fails(1, ...create, '--addresses', 'x')).to.contain('"x" is neither');
    const made = await json<{ id: string }>(...create, '--scopes', 'read', '--addresses', '192.0.2.0/24');
    expect(made).to.deep.include({ scopes: ['users:read', 'groups:read'], addresses: ['192.0.2.0/24'] });
    const listed = await json<Record<string, unknown>[]>('token:list', '--connection', 'okta');
    expect(listed[0]).to.deep.include({
      publicId: made.id,
      scopes: ['users:read', 'groups:read'],
      addresses: ['192.0.2.0/24'],
      state: 'active',
      warning: null,
    });
    const { out } = await run('token:list');
    expect(out).to.match(
      new RegExp(`^${made.id} .* users:read groups:read +from 192\\.0\\.2\\.0/24 +never used$`, 'm'),
    );
    await json('token:revoke', made.id);
  });

  it('rotate in steps', async () => {
    const rotate = ['token:rotate', '--connection', 'okta'];
    expect(await fails(1, ...rotate, '--complete')).to.contain('--start');
    const [old] = (await json<{ publicId: string; state: string }[]>('token:list', '--connection', 'okta')).filter(
      ({ state }) => state === 'active',
    );
    const first = await json<{ id: string; token: string }>(...rotate, '--start');
    expect((await run('token:list')).out).to.contain(`replaced by ${first.id}`);
    expect(await fails(1, ...rotate, '--start')).to.contain('--cancel');
    expect(await json(...rotate, '--cancel')).to.deep.equal({
      works: old?.publicId,
      ended: first.id,
      endedLastUsedAt: null,
    });
    const second = await json<{ id: string; expiresAt: string }>(...rotate, '--start', '--expires', '90d');
    expect(second.expiresAt).to.match(/^\d{4}-/);
    const { out } = await run(...rotate, '--complete');
    expect(out).to.contain(`The token ${second.id} works on; the token ${old?.publicId} is revoked and was never used`);
    expect(await fails(2, ...rotate, '--start', '--cancel')).to.contain('one of');
    expect(await fails(2, ...rotate, '--start', '--overlap', '1h')).to.contain('--overlap');
  });

  it('warn of the end of tokens', async () => {
    await json('connection:create', '--code', 'entra', '--name', 'Entra');
    const { id } = await json<{ id: string }>('token:create', '--connection', 'entra', '--expires', '20d');
    const entra = async () => (await json<{ warnings: Record<string, unknown>[] }[]>('connection:list'))[0];
    // A token made for 20 days is news from the 14th before its end.
    expect((await entra())?.warnings).to.deep.equal([]);
    await line.onDatabase((database) =>
      database.run(
        sql`UPDATE {vestibule_connection_token} SET created_at = '2020-01-01 00:00:00' WHERE public_id = ${id}`,
      ),
    );
    expect(
      (await json<{ warnings: object[] }[]>('connection:list')).map(({ warnings }) => warnings.length),
    ).to.deep.equal([1, 0]);
    expect((await entra())?.warnings[0]).to.include({ token: id, days: 30 });
    const message = new RegExp(`! The token ${id} \\(token\\) of the connection "entra" works for \\d+ days more`);
    for (const command of [['connection:list'], ['connection:show', 'entra'], ['token:list']])
      expect((await run(...command)).out).to.match(message);
    const [token] = await json<{ warning: object }[]>('token:list', '--connection', 'entra');
    expect(token?.warning).to.include({ days: 30 });
  });
});
