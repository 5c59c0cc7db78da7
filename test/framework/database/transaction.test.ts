import { expect } from 'chai';
import type { Transaction } from '../../../modules/framework/database/executor.ts';
import { sql } from '../../../modules/framework/database/sql.ts';
import { countStatements, rowsRead } from '../../../modules/framework/database/statement-count.ts';
import { type OpenedDatabase, onBothEngines } from '../../setup/databases.ts';
import { failureOf } from './failure-of.ts';

onBothEngines('A transaction', (engine) => {
  let opened: OpenedDatabase;
  let effectErrors: unknown[];

  beforeEach(async () => {
    effectErrors = [];
    opened = await engine.open({ file: true, onEffectError: (error) => effectErrors.push(error) });
    await opened.database.run(sql`CREATE TABLE {t} (name VARCHAR(50) PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0)`);
  });
  afterEach(() => opened.dispose());

  const names = async () =>
    (await opened.database.all<{ name: string }>(sql`SELECT name FROM {t} ORDER BY name`)).map((row) => row.name);
  const insert = (tx: Transaction, name: string) => tx.run(sql`INSERT INTO {t} (name) VALUES (${name})`);

  it('commits all that its work did and answers what it answered', async () => {
    const answer = await opened.database.transaction(async (tx) => {
      await insert(tx, 'a');
      await insert(tx, 'b');
      return tx.first(sql`SELECT COUNT(*) AS n FROM {t}`);
    });
    expect(answer).to.deep.equal({ n: 2 });
    expect(await names()).to.deep.equal(['a', 'b']);
  });

  it('keeps nothing when its work throws, and throws the same', async () => {
    const reason = new Error('no');
    const error = await failureOf(
      opened.database.transaction(async (tx) => {
        await insert(tx, 'a');
        throw reason;
      }),
    );
    expect(error).to.equal(reason);
    expect(await names()).to.deep.equal([]);
    await opened.database.transaction((tx) => insert(tx, 'b'));
    expect(await names()).to.deep.equal(['b']);
  });

  it('never runs again because of a taken key', async () => {
    await opened.database.run(sql`INSERT INTO {t} (name) VALUES (${'a'})`);
    let runs = 0;
    const error = await failureOf(
      opened.database.transaction((tx) => {
        runs++;
        return insert(tx, 'a');
      }),
    );
    expect(error.code).to.equal('DB_DUPLICATE');
    expect(runs).to.equal(1);
  });

  it('goes on after a refused statement that its work deals with', async () => {
    await opened.database.run(sql`INSERT INTO {t} (name) VALUES (${'a'})`);
    await opened.database.transaction(async (tx) => {
      await insert(tx, 'b');
      expect((await failureOf(insert(tx, 'a'))).code).to.equal('DB_DUPLICATE');
      await insert(tx, 'c');
    });
    expect(await names()).to.deep.equal(['a', 'b', 'c']);
  });

  it('lets exactly one of fifty take a key', async () => {
    const tries = Array.from({ length: 50 }, () =>
      opened.database
        .transaction((tx) => insert(tx, 'one'))
        .then(
          () => 'won',
          (error) => error.code,
        ),
    );
    const results = await Promise.all(tries);
    expect(results.filter((result) => result === 'won')).to.have.length(1);
    expect(results.filter((result) => result === 'DB_DUPLICATE')).to.have.length(49);
  });

  it('loses no increment of fifty', async () => {
    const { database } = opened;
    await database.run(sql`INSERT INTO {t} (name) VALUES (${'sum'})`);
    const increment = () =>
      database.transaction(async (tx) => {
        const row = await tx.first<{ n: number }>(sql`SELECT n FROM {t} WHERE name = 'sum' ${tx.dialect.forUpdate}`);
        await tx.run(sql`UPDATE {t} SET n = ${(row?.n ?? 0) + 1} WHERE name = 'sum'`);
      });
    await Promise.all(Array.from({ length: 50 }, increment));
    expect(await database.first(sql`SELECT n FROM {t} WHERE name = 'sum'`)).to.deep.equal({ n: 50 });
  });

  it('runs effects once, in order, after the commit, and tells of their errors without throwing', async () => {
    const seen: unknown[] = [];
    const bad = new Error('mail server');
    await opened.database.transaction(async (tx) => {
      tx.afterCommit(async () => {
        seen.push(await names());
      });
      tx.afterCommit(() => {
        throw bad;
      });
      tx.afterCommit(() => {
        seen.push('last');
      });
      await insert(tx, 'a');
      expect(seen).to.deep.equal([]);
    });
    expect(seen).to.deep.equal([['a'], 'last']);
    expect(effectErrors).to.deep.equal([bad]);
  });

  it('drops effects when it is rolled back', async () => {
    let ran = false;
    await failureOf(
      opened.database.transaction(async (tx) => {
        tx.afterCommit(() => {
          ran = true;
        });
        throw new Error('no');
      }),
    );
    expect(ran).to.equal(false);
  });

  it('refuses statements once it is over', async () => {
    let kept: Transaction | undefined;
    await opened.database.transaction(async (tx) => {
      kept = tx;
    });
    expect((await failureOf(insert(kept as Transaction, 'late'))).code).to.equal('DB_NESTED');
    expect(await names()).to.deep.equal([]);
  });

  it('is not waited for by statements on the database inside it: tests are told of the mistake', async () => {
    const { database } = opened;
    const reads = database.transaction(async () => database.all(sql`SELECT 1`));
    expect((await failureOf(reads)).code).to.equal('DB_NESTED');
    const nests = database.transaction(async () => database.transaction(async () => 1));
    expect((await failureOf(nests)).code).to.equal('DB_NESTED');
    await database.transaction(async (tx) => tx.afterCommit(async () => void (await database.all(sql`SELECT 1`))));
    expect(effectErrors).to.deep.equal([]);
  });

  it('counts its statements, BEGIN and COMMIT aside', async () => {
    const counted = countStatements(opened.database);
    await opened.database.transaction((tx) => insert(tx, 'a'));
    await opened.database.all(sql`SELECT name FROM {t}`);
    expect(counted.statements).to.deep.equal(['INSERT INTO t (name) VALUES (?)', 'SELECT name FROM t']);
    counted.reset();
    expect(counted.statements).to.deep.equal([]);
    counted.stop();
    await opened.database.all(sql`SELECT name FROM {t}`);
    expect(counted.statements).to.deep.equal([]);
  });
});

onBothEngines('Rows read', (engine) => {
  it('are counted where the engine counts', async () => {
    const { database, dispose } = await engine.open({ poolMax: 1 });
    await database.run(sql`CREATE TABLE {t} (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)`);
    for (let id = 1; id <= 20; id++) await database.run(sql`INSERT INTO {t} VALUES (${id}, ${id})`);
    const one = await rowsRead(database, () => database.all(sql`SELECT n FROM {t} WHERE id = ${7}`));
    const all = await rowsRead(database, () => database.all(sql`SELECT id FROM {t} WHERE n = ${7}`));
    // MySQL counts the beginning and the end of a whole walk too.
    if (engine.name === 'mysql') expect([one, Math.min(Number(all), 21)]).to.deep.equal([1, 21]);
    else expect([one, all]).to.deep.equal([undefined, undefined]);
    await dispose();
  });
});
