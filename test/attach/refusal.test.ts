import { expect } from 'chai';
import { connect } from '../../modules/framework/database/connect.ts';
import {
  createTestHost,
  DatabaseError,
  type ForeignTables,
  migrate,
  migrationStatus,
} from '../../modules/framework/index.ts';
import { magentoTables } from '../../modules/store/attach/magento.ts';
import store from '../../modules/store/module.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type MagentoDatabase, magentoDatabase } from './magento/database.ts';
import { dump } from './magento/dump.ts';

onBothEngines('Magento tables that do not suit', (engine) => {
  if (engine.name !== 'mysql') return;
  let magento: MagentoDatabase;
  /** On a store of this host's own. */
  let line: CommandLine;
  before(async function () {
    this.timeout(30_000);
    magento = await magentoDatabase({ line: '2.4.8' });
    line = await openCommandLine();
  });
  after(async () => {
    await line?.close();
    await magento?.dispose();
  });

  async function refusal(tablePrefix = ''): Promise<DatabaseError> {
    const database = await connect({ url: magento.url, tablePrefix });
    try {
      const error: unknown = await createTestHost({ modules: [store], database }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(DatabaseError).and.include({ code: 'DB_FOREIGN' });
      return error as DatabaseError;
    } finally {
      await database.close();
    }
  }

  it('stop the start with a list, and nothing is written', async () => {
    const worse = [
      'ALTER TABLE customer_entity DROP COLUMN session_cutoff, MODIFY rp_token varchar(64) NULL, ADD tenant int NOT NULL',
      'RENAME TABLE persistent_session TO persistent_session_away, customer_grid_flat_cl TO customer_grid_flat_cl_away',
    ];
    await magento.run(...worse);
    const before = await dump(magento);
    const { message } = await refusal();
    const [first, ...lines] = message.split('\n  ');
    expect(first).to.match(/^This is a database of Magento, whose tables are never altered, and \d+ things/);
    expect(lines.slice(0, 4)).to.deep.equal([
      'customer_entity.rp_token is varchar(64); at least varchar(128) is needed',
      'customer_entity.session_cutoff is missing (timestamp)',
      'customer_entity.tenant (int) is NOT NULL without a default, and this host does not know what to put there',
      'persistent_session is missing',
    ]);
    expect(lines[4]).to.match(/^the trigger trg_customer_\w+ writes into customer_grid_flat_cl, which is missing/);
    const upgrade = await line.with({ databaseUrl: magento.url }).run('setup:upgrade');
    expect(upgrade.code).to.equal(1);
    expect(upgrade.err).to.match(/^This is a database of Magento.*session_cutoff is missing.*start again\.\n$/);
    expect(lines).to.include('customer_grid_flat_cl is missing although the customer grid is on schedule');
    expect(await dump(magento)).to.deep.equal(before);
    await magento.run(
      'RENAME TABLE persistent_session_away TO persistent_session, customer_grid_flat_cl_away TO customer_grid_flat_cl',
      'ALTER TABLE customer_entity ADD session_cutoff timestamp NULL, MODIFY rp_token varchar(128) NULL, DROP tenant',
    );
  });

  it('are those of another prefix than the one that is set', async () => {
    const before = await dump(magento);
    expect((await refusal('mg_')).message)
      .to.contain("Magento's tables are here under no prefix")
      .and.contain('Set DATABASE_TABLE_PREFIX=');
    const command = await line.with({ databaseUrl: magento.url, tablePrefix: 'mg_' }).run('connection:list');
    expect(command.err).to.contain('Set DATABASE_TABLE_PREFIX=');
    expect(await dump(magento)).to.deep.equal(before);
  });

  it('stop every later start, too', async () => {
    const database = await connect({ url: magento.url });
    const { migrations, ...foreign } = magentoTables;
    const sources = [
      { name: 'store', migrations, foreign: foreign as ForeignTables },
      { name: 'store', migrations: store.migrations as URL },
    ];
    try {
      expect(await migrate(database, sources)).to.deep.equal([{ module: 'store', name: '0001-written-configuration' }]);
      // Not by how it looks any more: it is kept.
      await magento.run('DELETE FROM setup_module');
      expect(await migrationStatus(database, sources)).to.deep.include({ pending: [], attached: ['store'] });
      await magento.run('ALTER TABLE customer_group DROP tax_class_id');
      const error: unknown = await migrate(database, sources).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(DatabaseError).and.include({ code: 'DB_FOREIGN' });
      // A store of this host's own that was cut off while it was being made has customers' tables as well.
      await magento.run("DELETE FROM vestibule_migration WHERE module = ''");
      expect((await migrationStatus(database, sources)).attached).to.deep.equal([]);
    } finally {
      await database.close();
    }
  });

  it("are not looked for by setup:detach in a store of this host's own", async () => {
    const { code, err } = await line.run('setup:detach', '--yes');
    expect({ code, err }).to.deep.equal({
      code: 1,
      err: "This host made the store's tables itself, so there is nobody to leave them to. To be rid of it, drop the database.\n",
    });
    expect((await line.run('setup:attach:check')).code).to.equal(2);
  });
});
