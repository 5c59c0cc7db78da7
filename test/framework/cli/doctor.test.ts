import { readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Checkups, contribute, sql } from '../../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';
import { type OpenedDatabase, onBothEngines } from '../../setup/databases.ts';
import { room } from '../kernel.ts';
import { commandLine } from './command-line.ts';

interface Told {
  readonly looked: readonly string[];
  readonly findings: readonly { checkup: string; title: string; found: string; cure: string }[];
}

describe('doctor, where the host does not come far', () => {
  const titlesOf = async (ran: Promise<{ code: number; out: string; err: string }>) => {
    const { code, out, err } = await ran;
    expect({ code, err }).to.deep.equal({ code: 1, err: '' });
    return (JSON.parse(out) as Told).findings.map(({ title, found }) => `${title}: ${found}`);
  };

  it('names modules that are missing or made for another host', async () => {
    const line = await commandLine([room('hall', { host: '^9' })]);
    line.on.add('loft');
    const missing = await titlesOf(line.run('doctor', '--json'));
    expect(missing).to.have.length(1);
    expect(missing[0]).to.contain('[MODULE_LOAD]').and.contain('loft');
    line.on.delete('loft');
    expect((await titlesOf(line.run('doctor', '--json')))[0])
      .to.contain('[HOST_RANGE]')
      .and.contain('"^9"');
    await line.dispose();
  });

  it('tells tables that are not up to date, and nothing of what hangs on them', async () => {
    const line = await commandLine([
      room('hall', {
        contributes: [
          contribute(Checkups, {}, () => ({
            name: 'hall.floor',
            look: () => Promise.reject(new TypeError('Jane Doe')),
          })),
        ],
      }),
    ]);
    const outdated = await titlesOf(line.run('doctor', '--json'));
    expect(outdated).to.have.length(1);
    expect(outdated[0]).to.match(/^Tables not up to date: .*framework 0001/);
    await line.run('setup:upgrade');
    // A checkup that fails is a finding, without what its error repeats.
    const { code, out } = await line.run('doctor');
    expect(code).to.equal(1);
    expect(out).to.contain('hall.floor failed: TypeError').and.not.contain('Jane');
    await line.dispose();
  });

  it('tells a wrong variable', async () => {
    const line = await commandLine([], { changes: { databaseUrl: 'oracle:x' } });
    expect((await titlesOf(line.run('doctor', '--json')))[0]).to.contain('DATABASE_URL is wrong');
    await line.dispose();
  });
});

onBothEngines('doctor with every room', (engine) => {
  let opened: OpenedDatabase;
  let line: CommandLine;
  const file = join(tmpdir(), `vestibule-bundle-${process.pid}-${engine.name}.json.gz`);
  let token = '';

  before(async () => {
    opened = await engine.open({ migrated: true, file: true });
    line = await openCommandLine({ databaseUrl: opened.url });
    token = (await line.json<{ token: string }>('connection:create', '--code', 'okta', '--name', 'Canary Ltd')).token;
    await line.json('capture:install');
  });
  after(async () => {
    await line.close();
    await opened.dispose();
    rmSync(file, { force: true });
  });

  /** What the test server's own settings are is not this test's business. */
  const roomsIn = ({ findings }: Told) =>
    findings
      .filter(({ checkup }) => checkup !== 'framework.database')
      .map(({ checkup, title }) => `${checkup}: ${title}`);
  const doctor = async (...more: string[]): Promise<Told> =>
    JSON.parse((await line.run('doctor', '--json', ...more)).out);

  it('finds nothing in a good installation, having looked at every room', async () => {
    const { looked, findings } = await doctor();
    expect(roomsIn({ looked, findings })).to.deep.equal([]);
    expect(looked).to.include.members([
      'framework.database',
      'framework.configuration',
      'change-capture.capture',
      'mail.queue',
      'webhook.deliveries',
      'connection.tokens',
      'saml.certificates',
      'activity.sealing',
      'provisioning.search',
    ]);
  });

  it('finds what was broken, each with a cure, and writes a bundle without secrets and persons', async () => {
    const long = 'canary'.repeat(8);
    const { database } = opened;
    for (const query of [
      sql`INSERT INTO {core_config_data} (scope, scope_id, path, value) VALUES ('default', 0, 'system/smtp/port', ${long})`,
      sql`INSERT INTO {core_config_data} (scope, scope_id, path, value) VALUES ('default', 0, 'system/smtp/password', ${long})`,
      sql`INSERT INTO {core_config_data} (scope, scope_id, path, value) VALUES ('default', 0, 'trans_email/ident_general/name', 'Jane Canary')`,
      sql`INSERT INTO {vestibule_change} (kind, customer_id, at_ms) VALUES ('updated', 1, 1000)`,
      sql`UPDATE {vestibule_connection_token} SET expires_at = '2020-01-01 00:00:00'`,
      sql`DELETE FROM {vestibule_activity_pending}`,
      sql`INSERT INTO {vestibule_activity_pending} (entry) VALUES ('{"subject":"canary"}')`,
      sql`INSERT INTO {vestibule_mail} (template, website_id, topic, to_address, to_name, data, state, created_ms, at_ms, note) VALUES ('welcome', 0, 'canary', 'jane@canary.example', 'Jane Canary', '{}', 'failed', 1, 1, '550 Jane Canary')`,
      sql`INSERT INTO {vestibule_mail} (template, website_id, data, state, created_ms, at_ms) VALUES ('welcome', 0, '{}', 'unconfigured', 1, 1)`,
      sql`INSERT INTO {vestibule_webhook} (name, scope, destination, headers, payload, is_active, disabled_because, secret, created_ms, updated_ms) VALUES ('Canary', 'store/customer/*', 'https://canary.example/x', '{}', 'light', 0, '410 from canary', 'canary', 1, 1)`,
      sql`INSERT INTO {vestibule_webhook_delivery} (webhook_id, lane, state, message_id, scope, data, hash, created_ms, ended_ms, status, note, answer) VALUES (1, 1, 'failed', 'm', 'store/customer/created', '{"canary":1}', 'h', 1, 2, 500, 'canary', 'canary')`,
      sql`INSERT INTO {vestibule_saml_provider} (connection_id, is_on) SELECT connection_id, 1 FROM {vestibule_connection}`,
      sql`INSERT INTO {vestibule_saml_certificate} (connection_id, fingerprint, state, pem, subject, not_before, not_after, added_at, warned_days) SELECT connection_id, 'abcdef', 'trusted', 'canary', 'CN=Jane Canary', '2020-01-01 00:00:00', '2021-01-01 00:00:00', '2020-01-01 00:00:00', 1 FROM {vestibule_connection}`,
    ])
      await database.run(query);
    line = line.with({ configOverrides: { CONFIG__DEFAULT__NO__SUCH__FIELD: 'canary' } });

    const told = await doctor('--bundle', file);
    expect(roomsIn(told).sort()).to.deep.equal([
      'activity.sealing: Activity is not sealed',
      'change-capture.capture: Changes of customers are not captured',
      'connection.tokens: Token expired',
      'framework.configuration: A secret that cannot be decrypted',
      'framework.configuration: A value that does not fit',
      'framework.configuration: A variable without effect',
      'mail.queue: Mails were given up',
      'mail.queue: No mail server',
      'saml.certificates: SAML certificate has ended',
      'webhook.deliveries: Webhooks switched off',
    ]);
    for (const { found, cure } of told.findings) expect(found && cure).to.match(/\w/);

    const text = gunzipSync(readFileSync(file)).toString();
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    for (const secret of ['canary', 'jane', token, '0123456789abcdef0123456789ABCDEF', opened.url])
      expect(text.toLowerCase(), secret).not.to.contain(secret.toLowerCase());
    const bundle = JSON.parse(text);
    expect(bundle.counts.vestibule_mails).to.include({ failed: 1, unconfigured: 1 });
    expect(bundle.counts.vestibule_webhooks).to.include({ disabled: 1, working: 0 });
    expect(bundle.counts.vestibule_activity_unsealed).to.equal(1);
    expect(bundle.faults['webhook.failed']).to.have.length(1);
    expect(JSON.stringify([bundle.counts, bundle.faults])).not.to.contain('failed:');
    expect(bundle.environment.overrides).to.deep.equal(['CONFIG__DEFAULT__NO__SUCH__FIELD']);
    expect(bundle.configuration).to.deep.include({
      path: 'system/smtp/transport',
      origin: 'declared',
      value: 'sendmail',
    });
    // The name that somebody typed is told by its length.
    expect(text).to.contain('<set, 11 characters>');

    const again = await line.run('doctor', '--bundle', file);
    expect([again.code, again.err]).to.deep.equal([
      1,
      `${file} cannot be written: it is there already. Name another file.\n`,
    ]);
  });
});
