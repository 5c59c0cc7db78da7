import { expect } from 'chai';
import { type Database, raw, sql } from '../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { declaredTables } from './magento-facts.ts';
import { forgetMigrations, migrateStore } from './migrated-store.ts';

const contents = async (database: Database): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {};
  for (const [name, { primaryKey }] of Object.entries(declaredTables)) {
    const order = primaryKey.map((column) => `\`${column}\``).join(', ');
    found[name] = await database.all(sql`SELECT * FROM ${raw(`{${name}}`)} ORDER BY ${raw(order)}`);
  }
  return found;
};

onBothEngines("The store's migrations", (engine) => {
  let opened: OpenedDatabase;
  let database: Database;

  beforeEach(async () => {
    opened = await engine.open();
    database = opened.database;
    await migrateStore(database);
  });
  afterEach(() => opened.dispose());

  it('change nothing when they run again', async () => {
    const before = await contents(database);
    expect(await migrateStore(database)).to.deep.equal([]);
    await forgetMigrations(database);
    expect(await migrateStore(database)).to.have.length(3);
    expect(await contents(database)).to.deep.equal(before);
  });

  it('leave alone what an administrator has changed since', async () => {
    await database.run(
      sql`UPDATE {customer_group} SET customer_group_code = ${'Staff'} WHERE customer_group_id = ${1}`,
    );
    await database.run(sql`UPDATE {core_config_data} SET value = ${'0'} WHERE path = ${'general/region/display_all'}`);
    const before = await contents(database);
    await forgetMigrations(database);
    await migrateStore(database);
    expect(await contents(database)).to.deep.equal(before);
  });

  it('complete a run that broke off in the middle', async () => {
    const before = await contents(database);
    await database.run(sql`DROP TABLE {directory_country_region_name}`);
    await database.run(sql`DROP TABLE {mview_state}`);
    await database.run(sql`DELETE FROM {customer_form_attribute} WHERE attribute_id > ${10}`);
    await forgetMigrations(database);
    await migrateStore(database);
    expect(await contents(database)).to.deep.equal(before);
  });
});
