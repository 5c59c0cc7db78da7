import { expect } from 'chai';
import { connect, createTestHost, installationAt, type ModuleManifest } from '../../modules/framework/index.ts';
import { scimClient } from '../provisioning/client.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type MagentoDatabase, magentoDatabase } from './magento/database.ts';
import { dump, tablesOfOthers } from './magento/dump.ts';

/** Magento's keys: an old one, by which the mail server's password is kept, and a new one in the form of 2.4.7. */
const cryptKeys = ['0123456789abcdef0123456789ABCDEF', 'base64MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY='];
const secret = '0:3:AAECAwQFBgcICQoL8zFSSMP+wGBImk3u661HQ+hy9+3ewAeqZbdXIg==';

const installation = installationAt(new URL('../../server.ts', import.meta.url).href);

// The facts of this file follow one store from the first look to the last: each begins where the one before it ended.
onBothEngines('A Magento 2.4.6 in a database of latin1', (engine) => {
  if (engine.name !== 'mysql') return;
  let magento: MagentoDatabase;
  let before: Awaited<ReturnType<typeof dump>>;
  let line: CommandLine;
  let modules: readonly ModuleManifest[];

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
    before = await dump(magento);
    modules = await installation.load(await installation.enabled());
  });
  after(async () => {
    await line?.close();
    await magento?.dispose();
  });

  it('is taken over by two upgrades at once, and none of the tables is made, filled or altered', async function () {
    this.timeout(60_000);
    const environment = { databaseUrl: magento.url, cryptKeys };
    const lines = await Promise.all([openCommandLine(environment), openCommandLine(environment)]);
    line = lines[0];
    await lines[1].close();
    const after = await dump(magento);
    const others = Object.entries(after).filter(([name]) => !name.includes('vestibule_'));
    expect(Object.fromEntries(others)).to.deep.equal(before);
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
    expect(charsets.map(({ name }) => name)).to.have.members(charsets.map(() => 'x').length === 0 ? [] : ['vestibule_migration', 'vestibule_setup_hook', 'vestibule_process', 'vestibule_continuity'].filter((name) => charsets.some((one) => one.name === name)));
  });
});
