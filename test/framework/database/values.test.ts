import { expect } from 'chai';
import fc from 'fast-check';
import { DuplicateKeyError } from '../../../modules/framework/database/errors.ts';
import { empty, raw, sql } from '../../../modules/framework/database/sql.ts';
import { type OpenedDatabase, onBothEngines } from '../../setup/databases.ts';
import { failureOf } from './failure-of.ts';

onBothEngines('Values', (engine) => {
  let opened: OpenedDatabase;
  const key =
    engine.name === 'mysql' ? raw('INTEGER AUTO_INCREMENT PRIMARY KEY') : raw('INTEGER PRIMARY KEY AUTOINCREMENT');
  /** Exact to the last blank: the collation for that has a name of its own in MariaDB and in MySQL. */
  async function exact({ database }: OpenedDatabase) {
    if (engine.name !== 'mysql') return empty;
    const named = await database.first<{ name: string }>(
      sql`SELECT COLLATION_NAME AS name FROM information_schema.COLLATIONS WHERE COLLATION_NAME IN ('utf8mb4_nopad_bin', 'utf8mb4_0900_bin') ORDER BY 1 DESC`,
    );
    return raw(`CHARACTER SET utf8mb4 COLLATE ${named?.name}`);
  }

  before(async () => {
    opened = await engine.open({ tablePrefix: 'pre_' });
    const { database } = opened;
    const binary = await exact(opened);
    await database.run(sql`CREATE TABLE {thing} (id ${key}, name VARCHAR(190) ${binary} NULL, amount DECIMAL(12,4) NULL,
      ratio DOUBLE NULL, flag SMALLINT NOT NULL DEFAULT 0, made DATETIME NULL, bytes BLOB NULL, big BIGINT NULL)`);
    await database.run(sql`CREATE UNIQUE INDEX thing_name ON {thing} (name)`);
    await database.run(sql`CREATE TABLE {part} (id ${key}, thing_id INTEGER NOT NULL, place INTEGER NOT NULL,
      UNIQUE (thing_id, place), FOREIGN KEY (thing_id) REFERENCES {thing} (id))`);
  });
  after(() => opened.dispose());

  it('come back as they went in, the same on every engine', async () => {
    const { database } = opened;
    const name = `O'Neil "q" \\ ẞ é 😀 \u2028 %_`;
    const { insertId } = await database.run(sql`INSERT INTO {thing} (name, amount, ratio, flag, made, bytes, big) VALUES
      (${name}, ${'12.5'}, ${0.1}, ${true}, ${'2026-01-02 03:04:05'}, ${Buffer.from([0, 255, 10])}, ${2n ** 40n})`);
    const rows = await database.all(sql`SELECT * FROM {thing} WHERE id = ${insertId}`);
    const expected = {
      id: insertId,
      name,
      amount: '12.5000',
      ratio: 0.1,
      flag: 1,
      made: '2026-01-02 03:04:05',
      bytes: Buffer.from([0, 255, 10]),
      big: 2 ** 40,
    };
    expect(rows).to.deep.equal([expected]);
    expect(Buffer.isBuffer(rows[0]?.bytes)).to.equal(true);
    expect(await database.first(sql`SELECT * FROM {thing} WHERE id = ${insertId}`)).to.deep.equal(expected);
    expect(await database.first(sql`SELECT * FROM {thing} WHERE id = ${-1}`)).to.equal(undefined);
    expect(await database.all(sql`SELECT * FROM {thing} WHERE id = ${-1}`)).to.deep.equal([]);
  });

  it('of any text come back unchanged and are found again', async () => {
    const { database } = opened;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (text) => {
        if (text.includes('\0')) return;
        const { insertId } = await database.run(sql`INSERT INTO {thing} (name) VALUES (${text})`);
        const found = await database.all(sql`SELECT id, name FROM {thing} WHERE name = ${text}`);
        await database.run(sql`DELETE FROM {thing} WHERE id = ${insertId}`);
        expect(found).to.deep.equal([{ id: insertId, name: text }]);
      }),
      { numRuns: 60 },
    );
  });

  it('that are whole numbers stay whole in text and JSON', async () => {
    const { database } = opened;
    const { insertId } = await database.run(sql`INSERT INTO {thing} (name, amount) VALUES (${5}, ${7})`);
    expect(await database.first(sql`SELECT name, amount FROM {thing} WHERE id = ${insertId}`)).to.deep.equal({
      name: '5',
      amount: '7.0000',
    });
    await database.run(sql`DELETE FROM {thing} WHERE id = ${insertId}`);
  });

  it('limit a page', async () => {
    const rows = await opened.database.all(sql`SELECT 1 AS one UNION SELECT 2 ORDER BY one LIMIT ${1} OFFSET ${1}`);
    expect(rows).to.deep.equal([{ one: 2 }]);
  });

  it('of NULL, and counts, are NULL and numbers', async () => {
    const row = await opened.database.first(sql`SELECT ${null} AS absent, COUNT(*) AS n FROM {part}`);
    expect(row).to.deep.equal({ absent: null, n: 0 });
  });

  const forbidden: [string, unknown][] = [
    ['undefined', undefined],
    ['a Date', new Date(0)],
    ['an object', { a: 1 }],
    ['an object with toString', { toString: () => '1' }],
    ['an array', [1]],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a bigint of 65 bits', 2n ** 64n],
  ];
  for (const [what, value] of forbidden) {
    it(`are never ${what}`, async () => {
      const { database } = opened;
      for (const use of [database.all.bind(database), database.first.bind(database), database.run.bind(database)]) {
        expect((await failureOf(use(sql`SELECT ${value} AS v`))).code).to.equal('DB_BIND');
      }
      const inside = database.transaction((tx) => tx.run(sql`INSERT INTO {thing} (name) VALUES (${value})`));
      expect((await failureOf(inside)).code).to.equal('DB_BIND');
    });
  }

  it('never hold U+0000', async () => {
    const error = await failureOf(opened.database.all(sql`SELECT ${'a\0b'} AS v`));
    expect(error.code).to.equal('DB_VALUE');
  });

  it('that a unique key has already are refused with table and columns, never with the value', async () => {
    const { database } = opened;
    const { insertId } = await database.run(sql`INSERT INTO {thing} (name) VALUES (${'secret-name'})`);
    const named = await failureOf(database.run(sql`INSERT INTO {thing} (name) VALUES (${'secret-name'})`));
    expect(named).to.be.instanceOf(DuplicateKeyError);
    expect(named).to.deep.include({ code: 'DB_DUPLICATE', table: 'thing', columns: ['name'] });
    expect(named.cause).to.equal(undefined);
    expect(named.message).to.not.include('secret-name');
    const primary = await failureOf(database.run(sql`INSERT INTO {thing} (id, name) VALUES (${insertId}, ${'x'})`));
    expect(primary).to.deep.include({ table: 'thing', columns: ['id'] });
    await database.run(sql`INSERT INTO {part} (thing_id, place) VALUES (${insertId}, ${1}), (${insertId}, ${2})`);
    const pair = await failureOf(database.run(sql`UPDATE {part} SET place = ${1} WHERE place = ${2}`));
    expect(pair).to.deep.include({ table: 'part', columns: ['thing_id', 'place'] });
    const within = database.transaction((tx) => tx.run(sql`INSERT INTO {thing} (name) VALUES (${'secret-name'})`));
    expect(await failureOf(within)).to.deep.include({ table: 'thing', columns: ['name'] });
  });

  it('without a partner row are refused as DB_REFERENCE', async () => {
    const error = await failureOf(opened.database.run(sql`INSERT INTO {part} (thing_id, place) VALUES (${-5}, ${1})`));
    expect(error.code).to.equal('DB_REFERENCE');
  });

  it('that are missing are refused as DB_VALUE', async () => {
    const error = await failureOf(
      opened.database.run(sql`INSERT INTO {part} (thing_id, place) VALUES (${null}, ${1})`),
    );
    expect(error.code).to.equal('DB_VALUE');
  });

  it('written by an INSERT that ignores or overwrites duplicates', async () => {
    const { database } = opened;
    const { insertIgnoreInto, onDuplicate } = database.dialect;
    const first = await database.run(sql`${insertIgnoreInto} {thing} (name, flag) VALUES (${'dup'}, ${1})`);
    expect(first.affectedRows).to.equal(1);
    const second = await database.run(sql`${insertIgnoreInto} {thing} (name, flag) VALUES (${'dup'}, ${2})`);
    expect(second).to.deep.equal({ affectedRows: 0, insertId: 0 });
    await database.run(
      sql`INSERT INTO {thing} (name, flag) VALUES (${'dup'}, ${3}) ${onDuplicate(['name'], ['flag'])}`,
    );
    expect(await database.all(sql`SELECT flag FROM {thing} WHERE name = ${'dup'}`)).to.deep.equal([{ flag: 3 }]);
  });

  it('that do not change are counted as affected when their row was found', async () => {
    const { database } = opened;
    await database.run(sql`INSERT INTO {thing} (name, flag) VALUES (${'same'}, ${1})`);
    const update = await database.run(sql`UPDATE {thing} SET flag = ${1} WHERE name = ${'same'}`);
    expect(update).to.deep.equal({ affectedRows: 1, insertId: 0 });
  });

  it('of statements that are wrong say what the engine says', async () => {
    const error = await failureOf(opened.database.all(sql`SELECT nothing FROM {thing}`));
    expect(error.code).to.equal('DB_STATEMENT');
    expect(error.message).to.include('nothing');
  });
});

onBothEngines('Aggregated JSON', (engine) => {
  let opened: OpenedDatabase;
  before(async () => {
    opened = await engine.open();
    await opened.database.run(sql`CREATE TABLE {v} (k INTEGER NOT NULL, t VARCHAR(100) NULL, n INTEGER NULL,
      d DECIMAL(12,4) NULL)`);
    await opened.database.run(
      sql`INSERT INTO {v} VALUES (1, ${`it's "q" \\ é😀`}, 5, ${'1.25'}), (2, ${null}, ${null}, ${null})`,
    );
  });
  after(() => opened.dispose());

  it('is one text per group with the values as they are', async () => {
    const { database } = opened;
    const { jsonObjectAggregate, jsonArrayAggregate } = database.dialect;
    const row = await database.first<{ o: string; a: string }>(sql`SELECT
      ${jsonObjectAggregate(sql`k`, sql`t`)} AS o,
      ${jsonArrayAggregate({ k: sql`k`, text: sql`t`, n: sql`n`, d: sql`d`, fixed: sql`${'x'}` })} AS a FROM {v}`);
    expect(row?.o).to.be.a('string');
    expect(JSON.parse(row?.o ?? '')).to.deep.equal({ 1: `it's "q" \\ é😀`, 2: null });
    expect(JSON.parse(row?.a ?? '')).to.have.deep.members([
      { k: 1, text: `it's "q" \\ é😀`, n: 5, d: 1.25, fixed: 'x' },
      { k: 2, text: null, n: null, d: null, fixed: 'x' },
    ]);
  });

  it('of no rows is NULL or empty', async () => {
    const { jsonObjectAggregate } = opened.database.dialect;
    const row = await opened.database.first<{ o: string | null }>(
      sql`SELECT ${jsonObjectAggregate(sql`k`, sql`t`)} AS o FROM {v} WHERE k = ${9}`,
    );
    expect(row?.o ?? '{}').to.equal('{}');
  });

  it('is not cut off when it is large', async () => {
    const { database } = opened;
    await database.run(sql`CREATE TABLE {large} (k INTEGER NOT NULL, t LONGTEXT NOT NULL)`);
    const text = 'x'.repeat(700_000);
    await database.run(sql`INSERT INTO {large} VALUES (1, ${text}), (2, ${text})`);
    const { jsonObjectAggregate, jsonArrayAggregate } = database.dialect;
    const row = await database.first<{ o: string; a: string }>(sql`SELECT ${jsonObjectAggregate(sql`k`, sql`t`)} AS o,
      ${jsonArrayAggregate({ t: sql`t` })} AS a FROM {large}`);
    expect(Object.keys(JSON.parse(row?.o ?? ''))).to.deep.equal(['1', '2']);
    expect(JSON.parse(row?.a ?? '')).to.deep.equal([{ t: text }, { t: text }]);
  });
});
