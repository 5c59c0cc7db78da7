import { expect } from 'chai';
import {
  connect,
  createLogger,
  createTestHost,
  installationAt,
  type ModuleManifest,
} from '../../modules/framework/index.ts';
import { scimClient } from '../provisioning/client.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type MagentoDatabase, magentoDatabase } from './magento/database.ts';
import { dump, tablesOfOthers } from './magento/dump.ts';

/** Magento's keys: an old one, by which the mail server's password is kept, and a new one in the form of 2.4.7. */
const cryptKeys = ['0123456789abcdef0123456789ABCDEF', `base64${Buffer.alloc(32, 7).toString('base64')}`];
const secret = '0:3:AAECAwQFBgcICQoL8zFSSMP+wGBImk3u661HQ+hy9+3ewAeqZbdXIg==';

const installation = installationAt(new URL('../../server.ts', import.meta.url).href);

// The facts of this file follow one store from the first look to the last: each begins where the one before it ended.
onBothEngines('A Magento 2.4.6 in a database of latin1', (engine) => {
  if (engine.name !== 'mysql') return;
  let magento: MagentoDatabase;
  let found: Awaited<ReturnType<typeof dump>>;
  let line: CommandLine;
  let modules: readonly ModuleManifest[];
  /** As a user who may do what docs/operations.md asks for, and no more. */
  let url: string;
  const user = `'attach_${process.pid}'@'%'`;

  before(async function () {
    this.timeout(60_000);
    magento = await magentoDatabase({
      line: '2.4.6',
      config: {
        'customer/password/minimum_password_length': '12',
        'customer/address/street_lines': '3',
        'system/smtp/password': secret,
      },
    });
    found = await dump(magento);
    const own = new URL(magento.url);
    await magento.run(
      `CREATE USER ${user} IDENTIFIED BY 'Tandem-42'`,
      `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP, REFERENCES, TRIGGER ON \`${own.pathname.slice(1)}\`.* TO ${user}`,
    );
    [own.username, own.password] = [`attach_${process.pid}`, 'Tandem-42'];
    url = own.href;
    modules = await installation.load(await installation.enabled());
  });
  after(async () => {
    await line?.close();
    await magento?.run(`DROP USER IF EXISTS ${user}`);
    await magento?.dispose();
  });

  it('is taken over by two upgrades at once, and none of the tables is made, filled or altered', async function () {
    this.timeout(60_000);
    const environment = { databaseUrl: url, cryptKeys };
    const lines = await Promise.all([openCommandLine(environment), openCommandLine(environment)]);
    line = lines[0];
    await lines[1].close();
    const after = await dump(magento);
    const others = Object.entries(after).filter(([name]) => !name.includes('vestibule_'));
    expect(Object.fromEntries(others)).to.deep.equal(found);
    expect(await line.json('setup:db:status')).to.deep.include({ state: 'up-to-date', attached: ['store'] });
    const ran = await magento.rows("SELECT name FROM vestibule_migration WHERE module IN ('', 'store')");
    expect(ran).to.have.deep.members([{ name: 'attached:store' }, { name: '0001-written-configuration' }]);
  });

  it('holds what providers send in all of Unicode, whatever the database begins with', async () => {
    const charsets = await magento.rows(
      `SELECT DISTINCT table_name AS name, character_set_name AS charset FROM information_schema.columns
       WHERE table_schema = DATABASE() AND character_set_name NOT IN ('utf8mb4', 'ascii') AND table_name LIKE 'vestibule\\_%'`,
    );
    // Names of modules, hooks and machines: plain ASCII.
    const plain = ['vestibule_migration', 'vestibule_process', 'vestibule_setup_claim', 'vestibule_setup_hook'];
    expect(charsets.map(({ name }) => name)).to.have.members(plain);
  });

  it('is looked at before: what it is like, and whether the keys are its own', async () => {
    const { code, out } = await line.run('setup:attach:check');
    expect({ code, out }).to.deep.include({ code: 0 });
    expect(out)
      .to.contain('texts: utf8mb3 (names with characters such as emoji are refused)')
      .and.contain('customer accounts: each website’s own')
      .and.contain('customer grid: update on save')
      .and.contain('active administrators: 2');
    const strange = await line.with({ cryptKeys: [cryptKeys[1] ?? ''] }).run('setup:attach:check');
    expect(strange.code).to.equal(1);
    expect(strange.out).to.contain('None of 1 secrets').and.contain('Set CRYPT_KEY to all of crypt/key');
    const told = (await line.with({ cryptKeys: [cryptKeys[1] ?? ''] }).run('doctor')).out;
    expect(told).to.contain('Another key than Magento’s');
  });

  it("has its configuration and its administrators read, and gets no administrator of this host's", async function () {
    this.timeout(60_000);
    const shown = await line.json<{ value: unknown; origin: string }[]>(
      'config:show',
      'customer/password/minimum_password_length',
      '--origin',
    );
    expect(JSON.stringify(shown)).to.contain('12');
    const database = await connect({ url, detectNesting: true });
    const said: string[] = [];
    const logger = createLogger({ level: 'error', json: true, write: (text) => said.push(text) });
    const host = await createTestHost({ modules, database, logger, environment: { cryptKeys: [cryptKeys[1] ?? ''] } });
    try {
      const { url: base, told } = await host.host.listen();
      expect(told.map(({ label }) => label)).not.to.include('Admin password');
      const token = told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '';
      const { status, json } = await scimClient(`${base}/scim/v2`, token).post({
        userName: 'smile@live.example',
        name: { givenName: '\u{1F600}', familyName: 'X' },
      });
      expect(said.join()).to.contain('Set CRYPT_KEY to all of crypt/key');
      expect({ status, type: json.scimType }).to.deep.equal({ status: 400, type: 'invalidValue' });
    } finally {
      await host.close();
      await database.close();
    }
    expect(await line.json('admin:user:list')).to.have.length(2);
  });

  it('gets back everything as it was by setup:detach, after it was shown what that is', async function () {
    this.timeout(60_000);
    await line.json('config:set', 'customer/password/minimum_password_length', '9');
    await line.json('config:set', 'change_capture/general/background', '0');
    await line.json('attribute:create', '--code', 'badge', '--label', 'Badge');
    await line.json(
      'admin:user:create',
      '--user',
      'guest',
      '--password',
      'Tandem-Kettle-42',
      '--email',
      'guest@live.example',
    );
    await line.json('capture:install');
    await magento.run(
      "INSERT INTO customer_entity_varchar (attribute_id, entity_id, value) SELECT attribute_id, 2, '7' FROM eav_attribute WHERE attribute_code = 'badge'",
      "INSERT INTO authorization_rule (role_id, resource_id, permission) VALUES (8, 'customer::view', 'allow')",
    );
    const attached = await dump(magento);
    expect(tablesOfOthers(attached)).to.deep.equal(tablesOfOthers(found));
    expect(Object.keys(attached).filter((name) => name.startsWith('trigger '))).to.have.length(36);

    const dry = await line.json<Detached>('setup:detach');
    expect(dry.done).to.equal(false);
    expect(await dump(magento)).to.deep.equal(attached);
    const named = Object.fromEntries(dry.traces.map(({ name, found }) => [name, found]));
    expect(named['change-capture.triggers']).to.have.length(36);
    expect(named['store.configuration']).to.deep.equal([
      'change_capture/general/background',
      'customer/password/minimum_password_length: "12" again',
    ]);
    expect(named['customer.attributes']).to.include('badge, with 1 values').and.not.include('department');
    expect(named['admin.administration']).to.deep.equal([
      'customer::view of the role "Orders"',
      'the administrator "guest"',
    ]);

    const keeping = await line.json<Detached>('setup:detach', '--keep-attributes');
    expect(keeping.kept.map(({ name }) => name)).to.deep.equal(['customer.attributes']);
    expect(keeping.traces).to.deep.equal(dry.traces.filter(({ name }) => name !== 'customer.attributes'));

    await magento.run("INSERT INTO vestibule_process (name, started_ms, seen_ms) VALUES ('elsewhere.1.2', 1, 1)");
    expect((await line.run('setup:detach', '--yes')).err).to.match(/running \(elsewhere\.1\.2\): stop them first/);
    await magento.run('DELETE FROM vestibule_process');

    const done = await line.json<Detached>('setup:detach', '--yes');
    expect(done).to.deep.include({ done: true, traces: dry.traces, kept: [] });
    expect(await dump(magento)).to.deep.equal(found);
    expect((await line.run('setup:detach', '--yes')).out).to.equal('Nothing of this host is in this database.\n');
  });
});

interface Detached {
  readonly done: boolean;
  readonly traces: readonly { readonly name: string; readonly found: readonly string[] }[];
  readonly kept: readonly { readonly name: string }[];
}
