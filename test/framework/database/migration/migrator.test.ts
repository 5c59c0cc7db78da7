import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { MigrationSource } from '../../../../modules/framework/database/migration/migration.ts';
import { migrate, migrationStatus } from '../../../../modules/framework/database/migration/migrator.ts';
import { sql } from '../../../../modules/framework/database/sql.ts';
import { type OpenedDatabase, onBothEngines } from '../../../setup/databases.ts';
import { failureOf } from '../failure-of.ts';

const source = (name: string): MigrationSource => ({
  name,
  migrations: new URL(`./fixtures/${name}/`, import.meta.url),
});
const shop = [
  { module: 'shop', name: '0001-create-things' },
  { module: 'shop', name: '0002-name-things' },
];

onBothEngines('Migrations', (engine) => {
  let opened: OpenedDatabase;
  beforeEach(async () => {
    opened = await engine.open({ tablePrefix: 'pre_', file: true });
  });
  afterEach(() => opened.dispose());

  it('run once, in order, with knex and SQL, and are written down', async () => {
    const { database } = opened;
    const told: unknown[] = [];
    expect(await migrate(database, [source('shop')], { onApplied: (step) => told.push(step) })).to.deep.equal(shop);
    expect(told).to.deep.equal(shop);
    expect(await database.all(sql`SELECT name, flag FROM {thing} ORDER BY id`)).to.deep.equal([
      { name: 'first second third', flag: 1 },
      { name: 'second', flag: 0 },
      { name: 'third', flag: 0 },
    ]);
    expect(await migrate(database, [source('shop')])).to.deep.equal([]);
    const ledger = await database.all<{ applied_at: string }>(sql`SELECT * FROM {vestibule_migration}`);
    expect(ledger).to.have.length(2);
    expect(ledger[0]?.applied_at).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('tell what is pending and applied, and what the code does not know, without writing', async () => {
    const { database } = opened;
    expect(await migrationStatus(database, [source('shop')])).to.deep.equal({
      pending: shop,
      applied: [],
      unknown: [],
      attached: [],
    });
    expect(await migrationStatus(database, [])).to.deep.equal({ pending: [], applied: [], unknown: [], attached: [] });
    expect((await failureOf(database.all(sql`SELECT 1 FROM {vestibule_migration}`))).code).to.equal('DB_STATEMENT');
    await migrate(database, [source('shop')]);
    await database.run(sql`INSERT INTO {vestibule_migration} VALUES ('shop', '0009-newer', '2026-01-01 00:00:00')`);
    await database.run(sql`INSERT INTO {vestibule_migration} VALUES ('gone', '0001-x', '2026-01-01 00:00:00')`);
    const newer = { module: 'shop', name: '0009-newer' };
    expect(await migrationStatus(database, [source('shop')])).to.deep.equal({
      pending: [],
      applied: [{ module: 'gone', name: '0001-x' }, ...shop, newer],
      unknown: [newer],
      attached: [],
    });
  });

  it('of a module can be left out', async () => {
    const { database } = opened;
    expect(await migrate(database, [source('shop')], { except: ['shop'] })).to.deep.equal([]);
    const status = await migrationStatus(database, [source('shop')], { except: ['shop'] });
    expect(status).to.deep.equal({ pending: [], applied: [], unknown: [], attached: [] });
  });

  it('that fail name module and file, keep what ran before, and can be tried again', async () => {
    const { database } = opened;
    const error = await failureOf(migrate(database, [source('shop'), source('broken')]));
    expect(error.code).to.equal('DB_MIGRATION');
    expect(error.message).to.include('0001-half').and.include('broken').and.include('pre_missing');
    expect((await migrationStatus(database, [source('shop'), source('broken')])).pending).to.have.length(1);
    await database.run(sql`CREATE TABLE {missing} (id INTEGER PRIMARY KEY)`);
    expect(await migrate(database, [source('shop'), source('broken')])).to.have.length(1);
  });

  it('that are no migrations are refused by name', async () => {
    for (const [folder, word] of [
      ['badname', '1-short.ts'],
      ['noexport', '0001-nothing'],
      ['absent', 'absent'],
    ] as const) {
      const error = await failureOf(migrate(opened.database, [source(folder)]));
      expect(error.code).to.equal('DB_MIGRATION');
      expect(error.message).to.include(word).and.include(folder);
    }
  });

  it('started by three processes at once run once', async function () {
    this.timeout(30_000);
    const script = new URL('./migrate-process.ts', import.meta.url).pathname;
    const start = () => promisify(execFile)(process.execPath, ['--import', 'tsx', script, opened.url]);
    const outputs = await Promise.all([start(), start(), start()]);
    expect(outputs.map(({ stdout }) => stdout).sort()).to.deep.equal(['0', '0', '1']);
  });

  it('wait for a process that migrates, and take over from one that died', async () => {
    const { database } = opened;
    await migrate(database, [source('shop')]);
    const expired = '2026-01-01 00:00:00';
    await database.run(sql`INSERT INTO {vestibule_migration} VALUES ('', 'lock', ${expired})`);
    expect(await migrate(database, [source('late')])).to.have.length(1);
    const { applied } = await migrationStatus(database, []);
    expect(applied).to.have.length(3);
  });
});
