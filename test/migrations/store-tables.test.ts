import { expect } from 'chai';
import { storeTables } from '../../migrations/store-schema/index.ts';
import { type Database, DatabaseError, DuplicateKeyError, sql } from '../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { declaredTables } from './magento-facts.ts';
import { migrateStore, tablesOf } from './migrated-store.ts';
import * as mysql from './mysql-catalogue.ts';
import * as sqlite from './sqlite-catalogue.ts';

const { actualShape: onMysql, declaredShape: mysqlShape } = mysql;
const { actualShape: onSqlite, declaredShape: sqliteShape } = sqlite;

const insertCustomer = (database: Database, email: string) =>
  database.run(sql`INSERT INTO {customer_entity} (email, website_id) VALUES (${email}, ${1})`);

onBothEngines("The store's tables", (engine) => {
  let opened: OpenedDatabase;
  let database: Database;

  before(async () => {
    opened = await engine.open();
    database = opened.database;
    await migrateStore(database);
  });
  after(() => opened.dispose());

  it('are those Magento declares, and no others', async () => {
    expect(await tablesOf(database)).to.have.members(Object.keys(declaredTables));
    expect(storeTables.map(({ name }) => name)).to.have.members(Object.keys(declaredTables));
  });

  for (const [name, table] of Object.entries(declaredTables)) {
    it(`have ${name} with the columns and keys Magento declares`, async () => {
      if (engine.name === 'mysql') expect(await onMysql(database, name)).to.deep.equal(mysqlShape(table));
      else expect(await onSqlite(database, name)).to.deep.equal(sqliteShape(table));
    });
  }

  if (engine.name === 'mysql') {
    it('are InnoDB tables that compare text as general_ci', async () => {
      const kinds = await database.all(
        sql`SELECT DISTINCT engine AS engine, table_collation AS collation FROM information_schema.tables
          WHERE table_schema = DATABASE() AND table_name NOT LIKE 'vestibule%'`,
      );
      expect(kinds).to.deep.equal([{ engine: 'InnoDB', collation: 'utf8mb4_general_ci' }]);
      const columns = await database.all(
        sql`SELECT DISTINCT collation_name AS collation FROM information_schema.columns
          WHERE table_schema = DATABASE() AND table_name NOT LIKE 'vestibule%' AND collation_name IS NOT NULL`,
      );
      expect(columns).to.deep.equal([{ collation: 'utf8mb4_general_ci' }]);
    });
  }

  it('never give the id of a deleted row again', async () => {
    const { insertId: first } = await insertCustomer(database, 'gone@example.com');
    await database.run(sql`DELETE FROM {customer_entity} WHERE entity_id = ${first}`);
    const { insertId: second } = await insertCustomer(database, 'new@example.com');
    expect(second).to.be.greaterThan(first);
    await database.run(sql`DELETE FROM {customer_entity}`);
    expect((await insertCustomer(database, 'newest@example.com')).insertId).to.be.greaterThan(second);
  });

  it('fill in the declared defaults', async () => {
    const { insertId } = await insertCustomer(database, 'defaults@example.com');
    const row = await database.first(
      sql`SELECT group_id, is_active, store_id, failures_num, session_cutoff, created_at
        FROM {customer_entity} WHERE entity_id = ${insertId}`,
    );
    expect(row).to.include({ group_id: 0, is_active: 1, store_id: 0, failures_num: 0, session_cutoff: null });
    expect(row?.created_at).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('hold an e-mail once per website, whatever its case', async () => {
    await insertCustomer(database, 'Ann@Example.com');
    const again = await insertCustomer(database, 'ann@example.COM').catch((error: unknown) => error);
    expect(again).to.be.instanceOf(DuplicateKeyError);
    expect(again).to.deep.include({ table: 'customer_entity', columns: ['email', 'website_id'] });
    const found = await database.all(sql`SELECT email FROM {customer_entity} WHERE email = ${'ANN@EXAMPLE.COM'}`);
    expect(found).to.deep.equal([{ email: 'Ann@Example.com' }]);
  });

  it('refuse a text that is longer than its column', async () => {
    const refused = await database
      .run(sql`UPDATE {customer_group} SET customer_group_code = ${'x'.repeat(33)} WHERE customer_group_id = ${1}`)
      .catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(DatabaseError).and.include({ code: 'DB_VALUE' });
    await database.run(
      sql`INSERT INTO {customer_group} (customer_group_code, tax_class_id) VALUES (${'é'.repeat(32)}, ${3})`,
    );
  });

  it('delete what hangs on a customer, and keep customers of a deleted website', async () => {
    const { insertId: website } = await database.run(
      sql`INSERT INTO {store_website} (code, name) VALUES (${'second'}, ${'Second'})`,
    );
    const { insertId: customer } = await database.run(
      sql`INSERT INTO {customer_entity} (email, website_id) VALUES (${'orphan@example.com'}, ${website})`,
    );
    await database.run(
      sql`INSERT INTO {customer_entity_varchar} (attribute_id, entity_id, value) VALUES (${1}, ${customer}, ${'x'})`,
    );
    await database.run(sql`DELETE FROM {store_website} WHERE website_id = ${website}`);
    const kept = await database.first(sql`SELECT website_id FROM {customer_entity} WHERE entity_id = ${customer}`);
    expect(kept).to.deep.equal({ website_id: null });
    await database.run(sql`DELETE FROM {customer_entity} WHERE entity_id = ${customer}`);
    expect(await database.all(sql`SELECT value_id FROM {customer_entity_varchar}`)).to.deep.equal([]);
  });
});
