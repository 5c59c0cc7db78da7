import { expect } from 'chai';
import type { AttributeValue } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type CustomerRoom, openRoom } from '../customer-room.ts';

const nasty =
  'a "quoted" \\ back\\slash \'single\' \n\t\r \u0001 \u2028 ünï 日本語 👩‍👩‍👧 {"json":[1]} </script> %_ null';
const later = new Date('2024-05-07T08:09:10Z');

onBothEngines('Custom attributes', (engine) => {
  let room: CustomerRoom;
  before(async () => {
    room = await openRoom(engine);
    await room.transaction((tx) =>
      room.attributes.ensure(tx, [
        { code: 'department', backendType: 'varchar', label: 'Department' },
        { code: 'title', backendType: 'varchar', label: 'Title' },
        { code: 'badge', backendType: 'int', label: 'Badge' },
        { code: 'salary', backendType: 'decimal', label: 'Salary' },
        { code: 'note', backendType: 'text', label: 'Note' },
        { code: 'hired_at', backendType: 'datetime', label: 'Hired' },
      ]),
    );
    await room.customers.selection(room.database);
  });
  after(() => room.close());

  const all: Record<string, AttributeValue> = {
    department: nasty,
    title: '',
    badge: -2_147_483_648,
    salary: '99999999.9999',
    note: nasty.repeat(300),
    hired_at: '1999-12-31 23:59:59',
  };

  it('of all five types come back as they were written, on create and on update', async () => {
    const made = await room.create({ attributes: all });
    expect(made.attributes).to.include(all);
    expect(await room.read(made.id)).to.deep.equal(made);
    const bare = await room.create();
    expect((await room.read(bare.id)).attributes).to.include({
      department: null,
      badge: null,
      salary: null,
      note: null,
    });
    const changed = await room.transaction((tx) => room.customers.update(tx, bare, all, later));
    expect(await room.read(bare.id)).to.deep.equal(changed);
    expect(changed.attributes).to.include(all);
  });

  it('hold a text of 64 KiB less one byte, and no more', async () => {
    const note = `${'é'.repeat(32_767)}x`;
    const made = await room.create({ attributes: { note } });
    expect((await room.read(made.id)).attributes.note).to.equal(note);
    const error = await room.create({ attributes: { note: `${note}x` } }).catch((e) => e);
    expect(error.code).to.equal('CUSTOMER_VALUE_TOO_LONG');
  });

  it('take one statement per value table on create', async () => {
    room.statements.reset();
    await room.create({ attributes: { department: 'a', title: 'b', badge: 7 } });
    expect(room.statements.statements).to.have.length(4);
  });

  it('take one statement per value table that changes, beside the update of the row', async () => {
    const made = await room.create({ attributes: { department: 'a', title: 'b' } });
    room.statements.reset();
    await room.transaction((tx) => room.customers.update(tx, made, { department: 'c', title: 'd', note: 'e' }, later));
    expect(room.statements.statements).to.have.length(3);
  });

  it('lose their row when they are cleared, and only theirs', async () => {
    const made = await room.create({ attributes: all });
    await room.transaction((tx) => room.customers.update(tx, made, { department: null, salary: null }, later));
    const values = await room.database.all(sql`SELECT a.attribute_code AS code FROM {customer_entity_varchar} v
      JOIN {eav_attribute} a ON a.attribute_id = v.attribute_id WHERE v.entity_id = ${made.id}`);
    expect(values).to.deep.equal([{ code: 'title' }]);
    expect((await room.read(made.id)).attributes).to.include({ ...all, department: null, salary: null });
  });

  it('keep one row per attribute when they are written again', async () => {
    const made = await room.create({ attributes: { badge: 1 } });
    const next = await room.transaction((tx) => room.customers.update(tx, made, { badge: 2 }, later));
    await room.transaction((tx) => room.customers.update(tx, next, { badge: '3' }, later));
    const rows = await room.database.all(sql`SELECT value FROM {customer_entity_int} WHERE entity_id = ${made.id}`);
    expect(rows).to.deep.equal([{ value: 3 }]);
  });

  it('that another writer left in the table are read, decimals with four places', async () => {
    const made = await room.create();
    const salary = (await room.attributes.byCode(room.database, 'salary'))?.id ?? 0;
    await room.database.run(sql`INSERT INTO {customer_entity_decimal} (attribute_id, entity_id, value)
      VALUES (${salary}, ${made.id}, '12.5')`);
    expect((await room.read(made.id)).attributes.salary).to.equal('12.5000');
  });

  it('take decimals in any writing and round as the database does', async () => {
    for (const [given, held] of [
      ['1', '1.0000'],
      ['-0.00005', '-0.0001'],
      [12.34567, '12.3457'],
      ['0.00004', '0.0000'],
      ['+7.', '7.0000'],
    ] as const) {
      const made = await room.create({ attributes: { salary: given } });
      expect(made.attributes.salary, String(given)).to.equal(held);
      expect((await room.read(made.id)).attributes.salary, String(given)).to.equal(held);
    }
  });

  for (const [code, value] of [
    ['badge', '12.5'],
    ['badge', 2_147_483_648],
    ['salary', '100000000'],
    ['salary', '1e3'],
    ['hired_at', '2024-02-30 00:00:00'],
    ['hired_at', '2024-02-03T00:00:00Z'],
  ] as const) {
    it(`refuse ${JSON.stringify(value)} for ${code}`, async () => {
      const error = await room.create({ attributes: { [code]: value } }).catch((e) => e);
      expect(error).to.deep.include({ code: 'CUSTOMER_VALUE_INVALID', attribute: code });
    });
  }

  it('are read for a hundred customers in one statement', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 100; i++) ids.push((await room.create({ attributes: { department: `d${i}`, badge: i } })).id);
    const { columns, hydrate } = await room.customers.selection(room.database);
    room.statements.reset();
    const rows = await room.database.all(
      sql`SELECT ${columns} FROM {customer_entity} c WHERE c.entity_id >= ${ids[0]} ORDER BY c.entity_id LIMIT 100`,
    );
    expect(room.statements.statements).to.have.length(1);
    expect(rows.map(hydrate).map(({ id, attributes }) => [id, attributes.department, attributes.badge])).to.deep.equal(
      ids.map((id, i) => [id, `d${i}`, i]),
    );
  });
});
