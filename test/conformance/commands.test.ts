import { expect } from 'chai';
import type { SuiteResult } from '../../modules/conformance/index.ts';
import type { SimulationResult } from '../../modules/conformance/simulate/play.ts';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';
import { createMysqlDatabase, onBothEngines } from '../setup/databases.ts';

/** Tables in which a rehearsal writes, and of which nothing may stay. */
const tables = [
  'customer_entity',
  'customer_address_entity',
  'customer_entity_varchar',
  'customer_grid_flat',
  'customer_group',
  'vestibule_connection',
  'vestibule_connection_token',
  'vestibule_user',
  'vestibule_user_email',
  'vestibule_user_document',
  'vestibule_group',
  'vestibule_group_member',
];

onBothEngines('scim:selftest and scim:simulate', (engine) => {
  let line: CommandLine;
  let own: Awaited<ReturnType<typeof createMysqlDatabase>> | undefined;
  before(async function () {
    this.timeout(60_000);
    own = engine.name === 'mysql' ? await createMysqlDatabase({ migrated: true }) : undefined;
    line = await openCommandLine({ logLevel: 'error', ...(own ? { databaseUrl: own.url } : {}) });
    await line.json('connection:create', '--code', 'okta', '--name', 'Okta', '--profile', 'okta');
  });
  after(async () => {
    await line?.close();
    await own?.drop();
  });
  const run = (...argv: string[]) => line.run(...argv);

  const counts = () =>
    line.onDatabase(async (database) => {
      const found: Record<string, number> = {};
      for (const table of tables) {
        const row = await database.first<{ n: number }>(sql([`SELECT COUNT(*) AS n FROM {${table}}`]));
        found[table] = Number(row?.n);
      }
      return found;
    });

  // The whole suite takes seconds: once in each way is enough, since this is about the command alone. That nothing of a
  // temporary connection stays on the other engine either is seen below.
  if (engine.name === 'mysql')
    it('test this installation for a temporary connection of which nothing stays', async function () {
      this.timeout(120_000);
      const before = await counts();
      const { code, out, err } = await run('scim:selftest', '--json');
      const result = JSON.parse(out) as SuiteResult & { connection: string };
      const failed = result.verdicts.filter(({ level, outcome }) => level === 'MUST' && outcome === 'fail');
      expect({ code, err, failed }).to.deep.equal({ code: 0, err: '', failed: [] });
      expect(result.connection).to.match(/^rehearsal-/);
      expect(await counts()).to.deep.equal(before);
    });

  if (engine.name === 'sqlite')
    it('test for a connection that exists, and take the token away again', async function () {
      this.timeout(120_000);
      const { code, out } = await run('scim:selftest', '--connection', 'okta');
      expect(out).to.match(/^MUST +\d+ passed +0 failed/m);
      expect(code).to.equal(0);
      const tokens = JSON.parse((await run('token:list', '--connection', 'okta', '--json')).out) as { state: string }[];
      expect(tokens.map(({ state }) => state).sort()).to.deep.equal(['active', 'revoked']);
    });

  it('play an identity provider, of which nothing stays', async function () {
    this.timeout(60_000);
    const before = await counts();
    const { code, out, err } = await run('scim:simulate', 'entra', '--users', '3', '--json');
    expect(err).to.contain('create: 3 of 3\n').and.contain('delete: 3 of 3\n');
    const result = JSON.parse(out) as SimulationResult;
    expect(result.faults).to.deep.equal([]);
    expect({ code, users: result.users, left: result.left }).to.deep.equal({ code: 0, users: 3, left: [] });
    expect(await counts()).to.deep.equal(before);
  });

  it('run no first-start hook, whose secrets nobody would see', async () => {
    const codes = JSON.parse((await run('connection:list', '--json')).out) as { code: string }[];
    expect(codes.map(({ code }) => code)).to.deep.equal(['okta']);
  });

  it('say how they are used', async () => {
    for (const argv of [
      ['scim:simulate'],
      ['scim:simulate', 'nobody'],
      ['scim:simulate', 'okta', '--users', '0'],
      ['scim:simulate', 'okta', '--base', 'http://127.0.0.1:1'],
      ['scim:simulate', 'okta', '--base', 'http://127.0.0.1:1', '--token', 'x', '--connection', 'okta'],
    ])
      expect((await run(...argv)).code, argv.join(' ')).to.equal(2);
    const unknown = await run('scim:selftest', '--connection', 'gone');
    expect(unknown.code).to.equal(1);
    expect(unknown.err).to.contain('"gone"');
    const nobody = ['--base', 'http://127.0.0.1:1', '--token', 'x', '--users', '1'];
    const { code, out } = await run('scim:simulate', 'okta', ...nobody);
    expect(code).to.equal(1);
    expect(out).to.match(/ECONNREFUSED/);
  });
});
