import { expect } from 'chai';
import mysql from 'mysql2/promise';
import type { Transaction } from '../../../../modules/framework/database/executor.ts';
import { sql } from '../../../../modules/framework/database/sql.ts';
import { type OpenedDatabase, onBothEngines } from '../../../setup/databases.ts';
import { failureOf } from '../failure-of.ts';

onBothEngines('Contention', (engine) => {
  if (engine.name !== 'mysql') return;
  let opened: OpenedDatabase;

  beforeEach(async () => {
    opened = await engine.open();
    await opened.database.run(sql`CREATE TABLE {t} (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)`);
    await opened.database.run(sql`INSERT INTO {t} VALUES (1, 0), (2, 0)`);
    // By a procedure, because MySQL prepares no SIGNAL; and by a connection of its own, because it prepares no procedure.
    const connection = await mysql.createConnection(opened.url);
    await connection.query(`CREATE PROCEDURE fail_with(errno INT) SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = errno`);
    await connection.end();
  });
  afterEach(() => opened.dispose());

  const fail = (tx: Transaction, errno: number) => tx.run(sql`CALL fail_with(${errno})`);
  const add = (tx: Transaction, id: number) => tx.run(sql`UPDATE {t} SET n = n + 1 WHERE id = ${id}`);
  const sums = () => opened.database.all(sql`SELECT n FROM {t} ORDER BY id`);

  /** Two transactions that take two rows in opposite order, both holding their first before asking for the second. */
  async function deadlock(onError: (error: unknown) => void): Promise<{ runs: number[]; effects: string[] }> {
    const runs = [0, 0];
    const effects: string[] = [];
    let met = 0;
    let release = () => {};
    const bothHold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const work = (index: number, first: number, second: number) => async (tx: Transaction) => {
      runs[index] = (runs[index] ?? 0) + 1;
      tx.afterCommit(() => {
        effects.push(`${index}`);
      });
      await add(tx, first);
      if (++met === 2) release();
      await bothHold;
      try {
        await add(tx, second);
      } catch (error) {
        onError(error);
      }
    };
    const { database } = opened;
    await Promise.all([database.transaction(work(0, 1, 2)), database.transaction(work(1, 2, 1))]);
    return { runs, effects: effects.sort() };
  }

  it('by a deadlock runs the whole work of one again, and its effects once', async () => {
    const { runs, effects } = await deadlock((error) => {
      throw error;
    });
    expect(runs.reduce((sum, count) => sum + count)).to.equal(3);
    expect(effects).to.deep.equal(['0', '1']);
    expect(await sums()).to.deep.equal([{ n: 2 }, { n: 2 }]);
  });

  it('by a deadlock runs the work again even when it swallowed the error', async () => {
    const { runs } = await deadlock(() => {});
    expect(runs.reduce((sum, count) => sum + count)).to.equal(3);
    expect(await sums()).to.deep.equal([{ n: 2 }, { n: 2 }]);
  });

  it('by a deadlock refuses further statements, which the server would commit on their own', async () => {
    const late: unknown[] = [];
    let tx: Transaction | undefined;
    await opened.database.transaction(async (mine) => {
      tx ??= mine;
      await mine.run(sql`UPDATE {t} SET n = n + 1 WHERE id = ${1}`);
      if (tx !== mine) return;
      const error = await failureOf(fail(mine, 1213));
      expect(error.code).to.equal('DB_CONTENTION');
      late.push((await failureOf(add(mine, 2))).code);
    });
    expect(late).to.deep.equal(['DB_CONTENTION']);
    expect(await sums()).to.deep.equal([{ n: 1 }, { n: 0 }]);
  });

  for (const errno of [1213, 1205, 1020, 3101]) {
    it(`by ${errno} rolls back before the work runs again, five times at most`, async () => {
      let runs = 0;
      const work = async (tx: Transaction) => {
        runs++;
        await add(tx, 1);
        await fail(tx, errno);
      };
      const error = await failureOf(opened.database.transaction(work));
      expect(error.code).to.equal('DB_CONTENTION');
      expect(runs).to.equal(5);
      expect(await sums()).to.deep.equal([{ n: 0 }, { n: 0 }]);
    });
  }

  for (const errno of [1062, 1452, 1406, 1366, 1064, 1317]) {
    it(`is not what ${errno} means: the work runs once`, async () => {
      let runs = 0;
      const work = async (tx: Transaction) => {
        runs++;
        await fail(tx, errno);
      };
      await failureOf(opened.database.transaction(work));
      expect(runs).to.equal(1);
    });
  }
});
