import { expect } from 'chai';
import { type Database, raw, sql } from '../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { declaredRows } from './magento-facts.ts';
import { migrateStore } from './migrated-store.ts';

const { attributes } = declaredRows;
const entityTypeOf = (code: string): number => (code === 'customer' ? 1 : 2);

/** Every row of a table by its first column, with the columns the facts name. */
const rowsOf = (database: Database, table: string, columns: readonly string[]) => {
  const names = columns.map((name) => `\`${name}\``).join(', ');
  return database.all(sql`SELECT ${raw(names)} FROM ${raw(`{${table}}`)} ORDER BY ${raw(`\`${columns[0]}\``)}`);
};

onBothEngines('The rows of a fresh install', (engine) => {
  let opened: OpenedDatabase;
  let database: Database;

  before(async () => {
    opened = await engine.open();
    database = opened.database;
    await migrateStore(database);
  });
  after(() => opened.dispose());

  const straight = [
    'store_website',
    'store_group',
    'store',
    'customer_group',
    'eav_entity_type',
    'eav_attribute_set',
    'eav_attribute_group',
    'authorization_rule',
  ] as const;
  for (const table of straight) {
    it(`are Magento's in ${table}, rows with id 0 included`, async () => {
      const expected = declaredRows[table];
      expect(await rowsOf(database, table, Object.keys(expected[0] ?? {}))).to.deep.equal(expected);
    });
  }

  it('have one role, which is allowed everything', async () => {
    const [role = {}] = declaredRows.authorization_role;
    expect(await rowsOf(database, 'authorization_role', Object.keys(role))).to.deep.equal([role]);
  });

  it('have all 44 stock attributes in eav_attribute', async () => {
    const columns = [
      'backend_type',
      'backend_model',
      'frontend_model',
      'frontend_input',
      'frontend_label',
      'source_model',
      'is_required',
      'is_user_defined',
      'default_value',
      'is_unique',
    ];
    const rows = await rowsOf(database, 'eav_attribute', [
      'attribute_id',
      'entity_type_id',
      'attribute_code',
      ...columns,
    ]);
    expect(rows).to.have.length(44);
    expect(rows).to.deep.equal(
      attributes.map((attribute) => ({
        attribute_id: attribute.attribute_id_on_fresh_install,
        entity_type_id: entityTypeOf(attribute.entity_type),
        attribute_code: attribute.attribute_code,
        ...Object.fromEntries(columns.map((column) => [column, attribute[column]])),
      })),
    );
  });

  it('say of each in customer_eav_attribute what Magento says', async () => {
    const columns = Object.keys(attributes[0]?.customer_eav_attribute ?? {});
    expect(await rowsOf(database, 'customer_eav_attribute', ['attribute_id', ...columns])).to.deep.equal(
      attributes.map(({ attribute_id_on_fresh_install: id, customer_eav_attribute: it }) => ({
        attribute_id: id,
        ...it,
        validate_rules: it.validate_rules === null ? null : JSON.stringify(it.validate_rules),
      })),
    );
  });

  it('put each into the set and group of its entity type', async () => {
    const rows = await database.all<{ attribute_id: number; sort_order: number }>(
      sql`SELECT entity_type_id, attribute_set_id, attribute_group_id, attribute_id, sort_order
        FROM {eav_entity_attribute} ORDER BY attribute_id`,
    );
    // Those without a place of their own come after all that were there before them.
    const appended = new Map([
      ['disable_auto_group_change', 121],
      ['vat_id', 131],
      ['vat_is_valid', 132],
      ['vat_request_id', 133],
      ['vat_request_date', 134],
      ['vat_request_success', 135],
    ]);
    expect(rows).to.deep.equal(
      attributes.map((attribute) => ({
        entity_type_id: entityTypeOf(attribute.entity_type),
        attribute_set_id: entityTypeOf(attribute.entity_type),
        attribute_group_id: entityTypeOf(attribute.entity_type),
        attribute_id: attribute.attribute_id_on_fresh_install,
        sort_order: attribute.eav_entity_attribute_sort_order ?? appended.get(attribute.attribute_code),
      })),
    );
  });

  it('show each in the forms Magento shows it in', async () => {
    const rows = await database.all<{ attribute_id: number; form_code: string }>(
      sql`SELECT attribute_id, form_code FROM {customer_form_attribute}`,
    );
    const expected = attributes.flatMap(({ attribute_id_on_fresh_install: attribute_id, forms }) =>
      forms.map((form_code) => ({ attribute_id, form_code })),
    );
    expect(rows).to.have.deep.members(expected);
  });

  it('have the three options of gender, labelled for every store', async () => {
    const rows = await database.all(
      sql`SELECT o.option_id AS option_id_on_fresh_install, o.sort_order, v.value, v.store_id, a.attribute_code
        FROM {eav_attribute_option} o JOIN {eav_attribute_option_value} v ON v.option_id = o.option_id
        JOIN {eav_attribute} a ON a.attribute_id = o.attribute_id ORDER BY o.option_id`,
    );
    expect(rows).to.deep.equal(
      declaredRows.gender_options.map((option) => ({ ...option, store_id: 0, attribute_code: 'gender' })),
    );
  });

  it('have the customer grid valid and updated on save', async () => {
    expect(await database.all(sql`SELECT indexer_id, status FROM {indexer_state}`)).to.deep.equal([
      { indexer_id: 'customer_grid', status: 'valid' },
    ]);
    expect(await database.all(sql`SELECT view_id, mode, status, version_id FROM {mview_state}`)).to.deep.equal([
      { view_id: 'customer_dummy', mode: 'disabled', status: 'idle', version_id: 0 },
    ]);
  });

  it('give the next website, group and store the id 2, and the next customer group 4', async () => {
    const { insertId: website } = await database.run(sql`INSERT INTO {store_website} (code) VALUES (${'two'})`);
    const { insertId: group } = await database.run(
      sql`INSERT INTO {store_group} (website_id, name) VALUES (${website}, ${'Two'})`,
    );
    const { insertId: store } = await database.run(
      sql`INSERT INTO {store} (code, website_id, group_id, name) VALUES (${'two'}, ${website}, ${group}, ${'Two'})`,
    );
    const { insertId: customerGroup } = await database.run(
      sql`INSERT INTO {customer_group} (customer_group_code) VALUES (${'Staff'})`,
    );
    expect({ website, group, store, customerGroup }).to.deep.equal({
      website: 2,
      group: 2,
      store: 2,
      customerGroup: 4,
    });
  });
});
