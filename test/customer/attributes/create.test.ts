import { expect } from 'chai';
import type { AttributeDefinition } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type CustomerRoom, noon, noonText, openRoom } from '../customer-room.ts';

const eav = 'Magento\\Eav\\Model\\Entity\\Attribute';

/** What Magento writes into eav_attribute for each input, beside what all have. */
const expected: readonly [AttributeDefinition, Record<string, unknown>][] = [
  [{ code: 'motto', backendType: 'varchar', label: 'Motto' }, { frontend_input: 'text' }],
  [
    { code: 'size', backendType: 'int', label: 'Size', defaultValue: '42' },
    { frontend_input: 'text', default_value: '42' },
  ],
  [
    { code: 'limit_eur', backendType: 'decimal', label: 'Limit', defaultValue: '1.5' },
    { frontend_input: 'text', default_value: '1.5000' },
  ],
  [
    { code: 'notes', backendType: 'text', label: 'Notes', required: true },
    { frontend_input: 'textarea', is_required: 1 },
  ],
  [
    { code: 'joined', backendType: 'datetime', label: 'Joined', defaultValue: '2024-02-29' },
    {
      frontend_input: 'date',
      backend_model: `${eav}\\Backend\\Datetime`,
      frontend_model: `${eav}\\Frontend\\Datetime`,
      default_value: '2024-02-29 00:00:00',
    },
  ],
  [
    { code: 'vip', backendType: 'int', input: 'boolean', label: 'VIP', defaultValue: 'Yes' },
    { frontend_input: 'boolean', source_model: `${eav}\\Source\\Boolean`, default_value: '1' },
  ],
  [
    { code: 'tier', backendType: 'int', input: 'select', label: 'Tier', options: ['Gold'] },
    { frontend_input: 'select', source_model: `${eav}\\Source\\Table` },
  ],
  [
    { code: 'likes', backendType: 'varchar', input: 'multiselect', label: 'Likes', options: ['Tea'] },
    {
      frontend_input: 'multiselect',
      source_model: `${eav}\\Source\\Table`,
      backend_model: `${eav}\\Backend\\ArrayBackend`,
    },
  ],
];

onBothEngines('Creating a customer attribute', (engine) => {
  let room: CustomerRoom;
  beforeEach(async () => {
    room = await openRoom(engine);
  });
  afterEach(() => room.close());
  const create = (definition: AttributeDefinition) =>
    room.transaction((tx) => room.attributes.create(tx, definition, noon));
  const refusal = (definition: AttributeDefinition) =>
    create(definition).then(
      () => 'created',
      (error) => error,
    );
  const count = async () => (await room.database.all(sql`SELECT attribute_id FROM {eav_attribute}`)).length;

  for (const [definition, fields] of expected)
    it(`as ${definition.input ?? 'the usual input'} of ${definition.backendType} writes Magento's rows`, async () => {
      const made = await create(definition);
      expect(
        await room.database.first(sql`SELECT * FROM {eav_attribute} WHERE attribute_id = ${made.id}`),
      ).to.deep.equal({
        attribute_id: made.id,
        entity_type_id: 1,
        attribute_code: definition.code,
        attribute_model: null,
        backend_model: null,
        backend_type: definition.backendType,
        backend_table: null,
        frontend_model: null,
        frontend_input: null,
        frontend_label: definition.label,
        frontend_class: null,
        source_model: null,
        is_required: 0,
        is_user_defined: 1,
        default_value: null,
        is_unique: 0,
        note: null,
        ...fields,
      });
      const isDate = definition.backendType === 'datetime';
      expect(
        await room.database.first(sql`SELECT * FROM {customer_eav_attribute} WHERE attribute_id = ${made.id}`),
      ).to.deep.equal({
        attribute_id: made.id,
        is_visible: 1,
        input_filter: isDate ? 'date' : null,
        multiline_count: 0,
        validate_rules: isDate ? '{"input_validation":"date"}' : null,
        is_system: 0,
        sort_order: 200,
        data_model: null,
        is_used_in_grid: 0,
        is_visible_in_grid: 0,
        is_filterable_in_grid: 0,
        is_searchable_in_grid: 0,
        grid_filter_condition_type: 0,
      });
    });

  it('keeps a value of every backend type', async () => {
    for (const [definition] of expected) await create(definition);
    await room.attributes.all(room.database);
    const gold = (await room.attributes.optionId(room.database, 'tier', 'gold')) ?? null;
    const tea = String(await room.attributes.optionId(room.database, 'likes', 'tea'));
    const values = {
      motto: 'Onward',
      size: 7,
      limit_eur: '2.5000',
      notes: 'n'.repeat(300),
      joined: '2024-02-29 00:00:00',
      vip: 1,
      tier: gold,
      likes: tea,
    };
    const { id } = await room.create({ attributes: values });
    expect((await room.read(id)).attributes).to.include(values);
  });

  it('puts its options in order, with labels for store views and the default by its label', async () => {
    const { id } = await create({
      code: 'tier',
      backendType: 'int',
      input: 'select',
      label: 'Tier',
      options: [{ label: ' Silver ', storeLabels: { default: 'Silber' } }, 'Gold'],
      defaultValue: 'GOLD',
    });
    const options = await room.database.all<{ option_id: number; sort_order: number }>(
      sql`SELECT option_id, sort_order FROM {eav_attribute_option} WHERE attribute_id = ${id} ORDER BY option_id`,
    );
    const [silver, gold] = options.map(({ option_id }) => option_id);
    expect(options.map(({ sort_order }) => sort_order)).to.deep.equal([0, 1]);
    expect(
      await room.database.all(
        sql`SELECT option_id, store_id, value FROM {eav_attribute_option_value} WHERE option_id IN (${silver}, ${gold}) ORDER BY value_id`,
      ),
    ).to.deep.equal([
      { option_id: silver, store_id: 0, value: 'Silver' },
      { option_id: silver, store_id: 1, value: 'Silber' },
      { option_id: gold, store_id: 0, value: 'Gold' },
    ]);
    const row = sql`SELECT default_value FROM {eav_attribute} WHERE attribute_id = ${id}`;
    expect(await room.database.first(row)).to.deep.equal({ default_value: String(gold) });
  });

  it('takes several defaults of a multiselect', async () => {
    const { id, options } = await create({
      code: 'likes',
      backendType: 'text',
      input: 'multiselect',
      label: 'Likes',
      options: ['Tea', 'Coffee', 'Water'],
      defaultValue: 'tea, water',
    });
    const row = sql`SELECT default_value FROM {eav_attribute} WHERE attribute_id = ${id}`;
    expect(await room.database.first(row)).to.deep.equal({ default_value: `${options[0]?.id},${options[2]?.id}` });
  });

  it('shows it in the forms that are named, at its place', async () => {
    const { id } = await create({
      code: 'motto',
      backendType: 'varchar',
      label: 'Motto',
      sortOrder: 315,
      forms: ['customer_account_edit', 'adminhtml_customer'],
    });
    expect(
      await room.database.all(
        sql`SELECT form_code FROM {customer_form_attribute} WHERE attribute_id = ${id} ORDER BY form_code`,
      ),
    ).to.deep.equal([{ form_code: 'adminhtml_customer' }, { form_code: 'customer_account_edit' }]);
    expect(
      await room.database.first(sql`SELECT attribute_set_id, attribute_group_id, sort_order
        FROM {eav_entity_attribute} WHERE attribute_id = ${id}`),
    ).to.deep.equal({ attribute_set_id: 1, attribute_group_id: 1, sort_order: 315 });
    const more = sql`SELECT sort_order FROM {customer_eav_attribute} WHERE attribute_id = ${id}`;
    expect(await room.database.first(more)).to.deep.equal({ sort_order: 315 });
  });

  const gridState = sql`SELECT status, updated FROM {indexer_state} WHERE indexer_id = 'customer_grid'`;

  it('asks Magento for a column of the grid where that is wanted', async () => {
    const grid = { filterable: true, searchable: true };
    const { id } = await create({ code: 'motto', backendType: 'varchar', label: 'Motto', grid });
    expect(
      await room.database.first(sql`SELECT is_used_in_grid, is_visible_in_grid, is_filterable_in_grid,
        is_searchable_in_grid FROM {customer_eav_attribute} WHERE attribute_id = ${id}`),
    ).to.deep.equal({
      is_used_in_grid: 1,
      is_visible_in_grid: 1,
      is_filterable_in_grid: 1,
      is_searchable_in_grid: 1,
    });
    expect(await room.database.first(gridState)).to.deep.equal({ status: 'invalid', updated: noonText });
  });

  it('leaves the grid alone where no column is wanted', async () => {
    await create({ code: 'motto', backendType: 'varchar', label: 'Motto' });
    expect(await room.database.first(gridState)).to.deep.equal({ status: 'valid', updated: null });
  });

  it('by eight administrators at once succeeds for one, and the others learn that it is there', async () => {
    const before = await count();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        refusal({ code: 'tier', backendType: 'int', input: 'select', label: `Tier ${i}`, options: ['Gold', 'Silver'] }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).to.have.length(1);
    expect(outcomes.filter((outcome) => outcome.code === 'CUSTOMER_ATTRIBUTE_EXISTS')).to.have.length(7);
    expect(await count()).to.equal(before + 1);
    expect(await room.database.all(sql`SELECT option_id FROM {eav_attribute_option}`)).to.have.length(3 + 2);
  });

  it('says everything that is wrong at once, and writes nothing', async () => {
    const before = await count();
    const error = await refusal({
      code: 'Tier',
      backendType: 'varchar',
      input: 'date',
      label: ' ',
      options: ['x'],
      forms: ['checkout'],
      sortOrder: -1,
      grid: { searchable: true },
    });
    expect(error.code).to.equal('CUSTOMER_ATTRIBUTE_INVALID');
    for (const part of [
      '"Tier" cannot be the code',
      'needs a label',
      'Take datetime',
      'no options',
      '"checkout" is no form',
      '-1 is no sort order',
      'searches texts only',
    ])
      expect(error.message).to.include(part);
    expect(await count()).to.equal(before);
  });

  const select = { backendType: 'int', input: 'select', label: 'Tier', code: 'tier' } as const;
  const wrong: readonly [string, AttributeDefinition, string][] = [
    ['a select without choices', select, 'no option to choose from'],
    ['a label twice', { ...select, options: ['Gold', 'gold '] }, 'is there twice'],
    ['an empty label', { ...select, options: [''] }, 'needs a label'],
    ['a default that is no choice', { ...select, options: ['Gold'], defaultValue: 'Tin' }, 'none of its options'],
    [
      'a default that does not fit',
      { code: 'size', label: 'Size', backendType: 'int', defaultValue: 'x' },
      'does not fit',
    ],
    [
      'an unknown store view',
      { ...select, options: [{ label: 'Gold', storeLabels: { fr: 'Or' } }] },
      'store view "fr"',
    ],
  ];
  for (const [what, definition, says] of wrong)
    it(`refuses ${what}, and writes nothing`, async () => {
      const before = await count();
      const error = await refusal(definition);
      expect(error).to.include({ code: 'CUSTOMER_ATTRIBUTE_INVALID' });
      expect(error.message).to.include(says);
      expect(await count()).to.equal(before);
    });

  it('leaves an attribute that exists as it is', async () => {
    await create({ code: 'motto', backendType: 'varchar', label: 'Motto' });
    const error = await refusal({ code: 'motto', backendType: 'text', label: 'Other' });
    expect(error).to.include({ code: 'CUSTOMER_ATTRIBUTE_EXISTS', attribute: 'motto' });
    const row = sql`SELECT frontend_label, backend_type FROM {eav_attribute} WHERE attribute_code = 'motto'`;
    expect(await room.database.all(row)).to.deep.equal([{ frontend_label: 'Motto', backend_type: 'varchar' }]);
  });
});
