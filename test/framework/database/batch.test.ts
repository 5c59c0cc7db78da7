import { expect } from 'chai';
import { DuplicateKeyError, sql } from '../../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../../setup/databases.ts';

const rows = (numbers: readonly number[]) => numbers.map((n) => ({ n }));

onBothEngines('A write for later', (engine) => {
  let opened: OpenedDatabase;
  const all = () => opened.database.all(sql`SELECT n FROM {t} ORDER BY n`);

  beforeEach(async () => {
    opened = await engine.open();
    await opened.database.run(sql`CREATE TABLE {t} (n INTEGER PRIMARY KEY, m INTEGER)`);
  });
  afterEach(() => opened.dispose());

  it('is carried out by the commit', async () => {
    await opened.database.transaction(async (tx) => {
      tx.later(sql`INSERT INTO {t} (n) VALUES (${1})`);
      tx.later(sql`INSERT INTO {t} (n) VALUES (${2})`);
    });
    expect(await all()).to.deep.equal(rows([1, 2]));
  });

  it('is seen by the next statement of its transaction, in order', async () => {
    await opened.database.transaction(async (tx) => {
      tx.later(sql`INSERT INTO {t} (n, m) VALUES (${1}, ${0})`);
      for (let m = 1; m <= 20; m++) tx.later(sql`UPDATE {t} SET m = m * 2 + ${m} WHERE n = ${1}`);
      let expected = 0;
      for (let m = 1; m <= 20; m++) expected = expected * 2 + m;
      expect(await tx.first(sql`SELECT m FROM {t}`)).to.deep.equal({ m: expected });
    });
  });

  it('that fails fails the transaction with its own error, and nothing of it stays', async () => {
    let caught: unknown;
    const outcome = opened.database.transaction(async (tx) => {
      tx.later(sql`INSERT INTO {t} (n) VALUES (${1})`);
      tx.later(sql`INSERT INTO {t} (n) VALUES (${1})`);
      tx.later(sql`INSERT INTO {t} (n) VALUES (${3})`);
    });
    await outcome.catch((error: unknown) => {
      caught = error;
    });
    expect(caught).to.be.instanceOf(DuplicateKeyError);
    expect((caught as DuplicateKeyError).columns).to.deep.equal(['n']);
    expect(await all()).to.deep.equal([]);
  });

  it('tells its outcome before the commit, and what is then written for later is committed too', async () => {
    const told: number[] = [];
    await opened.database.transaction(async (tx) => {
      tx.later(sql`UPDATE {t} SET m = 1 WHERE n = ${7}`, ({ affectedRows }) => {
        told.push(affectedRows);
        if (affectedRows === 0) tx.later(sql`INSERT INTO {t} (n) VALUES (${7})`);
      });
      tx.later(sql`INSERT INTO {t} (n) VALUES (${8})`, ({ affectedRows }) => told.push(affectedRows));
    });
    expect(told).to.deep.equal([0, 1]);
    expect(await all()).to.deep.equal(rows([7, 8]));
  });

  it('is dropped when the work throws', async () => {
    await opened.database
      .transaction(async (tx) => {
        tx.later(sql`INSERT INTO {t} (n) VALUES (${1})`);
        throw new Error('no');
      })
      .catch(() => {});
    expect(await all()).to.deep.equal([]);
  });

  if (engine.name === 'mysql')
    it('behind one that met a deadlock is not committed alone: the work runs again whole', async () => {
      await opened.database.run(sql`INSERT INTO {t} (n, m) VALUES (${1}, 0), (${2}, 0)`);
      let meet: () => void = () => {};
      const bothHold = new Promise<void>((resolve) => {
        meet = resolve;
      });
      let holding = 0;
      let runs = 0;
      const crossing = (first: number, second: number) =>
        opened.database.transaction(async (tx) => {
          runs++;
          await tx.run(sql`UPDATE {t} SET m = m + 1 WHERE n = ${first}`);
          if (++holding === 2) meet();
          await bothHold;
          tx.later(sql`UPDATE {t} SET m = m + 1 WHERE n = ${second}`);
          tx.later(sql`INSERT INTO {t} (n, m) VALUES (${first + 10}, ${1})`);
        });
      await Promise.all([crossing(1, 2), crossing(2, 1)]);
      expect(runs).to.equal(3);
      expect(await opened.database.all(sql`SELECT n, m FROM {t} ORDER BY n`)).to.deep.equal([
        { n: 1, m: 2 },
        { n: 2, m: 2 },
        { n: 11, m: 1 },
        { n: 12, m: 1 },
      ]);
    });
});
