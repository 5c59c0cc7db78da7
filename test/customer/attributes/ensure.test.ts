import { expect } from 'chai';
import type { AttributeDefinition } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type CustomerRoom, openRoom } from '../customer-room.ts';
import { slowToWrite } from '../slow-transaction.ts';

const definitions: readonly AttributeDefinition[] = [
  { code: 'zone', backendType: 'varchar', label: 'Zone' },
  { code: 'active_from', backendType: 'datetime', label: 'Active from', sortOrder: 310 },
  { code: 'tier', backendType: 'int', label: 'Tier', input: 'select', options: ['Gold', 'Silver'] },
];

onBothEngines('Ensuring custom attributes', (engine) => {
  let room: CustomerRoom;
  beforeEach(async () => {
    room = await openRoom(engine);
  });
  afterEach(() => room.close());
  const ensure = () => room.transaction((tx) => room.attributes.ensure(tx, definitions));
  const count = async (table: 'eav_attribute' | 'eav_attribute_option') => {
    const query =
      table === 'eav_attribute' ? sql`SELECT * FROM {eav_attribute}` : sql`SELECT * FROM {eav_attribute_option}`;
    return (await room.database.all(query)).length;
  };

  it('writes the rows that the administration would', async () => {
    expect(await ensure()).to.have.members(['zone', 'active_from', 'tier']);
    const zone = await room.database.first<{ attribute_id: number }>(
      sql`SELECT * FROM {eav_attribute} WHERE attribute_code = 'zone'`,
    );
    const id = zone?.attribute_id ?? 0;
    expect(zone).to.deep.equal({
      attribute_id: id,
      entity_type_id: 1,
      attribute_code: 'zone',
      attribute_model: null,
      backend_model: null,
      backend_type: 'varchar',
      backend_table: null,
      frontend_model: null,
      frontend_input: 'text',
      frontend_label: 'Zone',
      frontend_class: null,
      source_model: null,
      is_required: 0,
      is_user_defined: 1,
      default_value: null,
      is_unique: 0,
      note: null,
    });
    expect(
      await room.database.first(sql`SELECT * FROM {customer_eav_attribute} WHERE attribute_id = ${id}`),
    ).to.include({
      is_visible: 1,
      is_system: 0,
      multiline_count: 0,
      sort_order: 200,
      is_used_in_grid: 0,
    });
    const places = await room.database.all(sql`SELECT * FROM {eav_entity_attribute} WHERE attribute_id = ${id}`);
    expect(places).to.have.length(1);
    expect(places[0]).to.include({ entity_type_id: 1, attribute_set_id: 1, attribute_group_id: 1 });
    expect(
      await room.database.all(sql`SELECT form_code FROM {customer_form_attribute} WHERE attribute_id = ${id}`),
    ).to.deep.equal([{ form_code: 'adminhtml_customer' }]);
    const date = await room.database.first(sql`SELECT * FROM {eav_attribute} WHERE attribute_code = 'active_from'`);
    expect(date).to.include({
      frontend_input: 'date',
      backend_model: 'Magento\\Eav\\Model\\Entity\\Attribute\\Backend\\Datetime',
    });
  });

  it('is done once: the second time writes nothing, and one statement is enough to know', async () => {
    await ensure();
    const before = await count('eav_attribute');
    await room.attributes.all(room.database);
    room.statements.reset();
    expect(await ensure()).to.deep.equal([]);
    expect(room.statements.statements).to.have.length(1);
    expect(await count('eav_attribute')).to.equal(before);
  });

  it('by eight writers at once makes each attribute once', async () => {
    const before = await count('eav_attribute');
    const reversed = [...definitions].reverse();
    const created = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        room.transaction((tx) => room.attributes.ensure(tx, i % 2 === 0 ? definitions : reversed)),
      ),
    );
    expect(created.flat().sort()).to.deep.equal(['active_from', 'tier', 'zone']);
    expect(await count('eav_attribute')).to.equal(before + 3);
    expect(await count('eav_attribute_option')).to.equal(3 + 2);
  });

  it('by two writers in opposite orders is no deadlock: each looks twice at most, before the lock and under it', async () => {
    room.statements.reset();
    const slowly = (wanted: readonly AttributeDefinition[]) =>
      room.transaction((tx) => room.attributes.ensure(slowToWrite(tx), wanted));
    await Promise.all([slowly(definitions), slowly([...definitions].reverse())]);
    const looks = room.statements.statements.filter((text) => text.includes('a.attribute_code IN'));
    expect(looks.length).to.be.at.most(4);
  });

  it('makes them known to the next reader and writer', async () => {
    await ensure();
    const gold = await room.attributes.optionId(room.database, 'tier', ' gold ');
    const made = await room.create({ attributes: { zone: 'north', tier: gold ?? null } });
    expect((await room.read(made.id)).attributes).to.include({ zone: 'north', tier: gold });
    expect(await room.attributes.optionLabel(room.database, 'tier', gold ?? 0)).to.equal('Gold');
  });

  it('lets the same transaction write them, and a rollback leaves no trace', async () => {
    const failed = await room
      .transaction(async (tx) => {
        await room.attributes.ensure(tx, definitions);
        await room.customers.create(tx, { websiteId: 1, attributes: { email: 'a@b.c', zone: 'x' } }, new Date());
        throw new Error('no');
      })
      .catch((error) => error.message);
    expect(failed).to.equal('no');
    const error = await room.create({ attributes: { zone: 'north' } }).catch((e) => e);
    expect(error.code).to.equal('CUSTOMER_ATTRIBUTE_UNKNOWN');
  });

  it('leaves an attribute of the same type alone and refuses one of another type', async () => {
    await ensure();
    const other: AttributeDefinition = { code: 'zone', backendType: 'int', label: 'Zone' };
    const error = await room.transaction((tx) => room.attributes.ensure(tx, [other])).catch((e) => e);
    expect(error).to.deep.include({ code: 'CUSTOMER_ATTRIBUTE_DIFFERS', attribute: 'zone' });
  });

  for (const code of ['Zone', '9lives', 'a-b', 'email', 'is_active', '__proto__', 'x'.repeat(61), '']) {
    it(`refuses the code ${JSON.stringify(code)}`, async () => {
      const bad: AttributeDefinition = { code, backendType: 'varchar', label: 'x' };
      const error = await room.transaction((tx) => room.attributes.ensure(tx, [bad])).catch((e) => e);
      expect(error.code).to.equal('CUSTOMER_ATTRIBUTE_INVALID');
    });
  }

  it('knows the genders by their labels', async () => {
    const { database } = room;
    expect(await room.attributes.optionId(database, 'gender', 'female')).to.equal(2);
    expect(await room.attributes.optionId(database, 'gender', 'Other')).to.equal(undefined);
    expect(await room.attributes.optionLabel(database, 'gender', 3)).to.equal('Not Specified');
  });
});
