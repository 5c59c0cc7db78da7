import { expect } from 'chai';
import { connect } from '../../../../modules/framework/database/connect.ts';
import { sql } from '../../../../modules/framework/database/sql.ts';
import type { SqlDatabase } from '../../../../modules/framework/database/sql-database.ts';
import { type OpenedDatabase, onBothEngines } from '../../../setup/databases.ts';
import { failureOf } from '../failure-of.ts';
import { type CuttingProxy, startProxy } from './proxy.ts';

onBothEngines('A connection lost', (engine) => {
  if (engine.name !== 'mysql') return;
  let opened: OpenedDatabase;
  let proxy: CuttingProxy;
  let database: SqlDatabase;

  beforeEach(async () => {
    opened = await engine.open();
    await opened.database.run(sql`CREATE TABLE {t} (n INTEGER PRIMARY KEY)`);
    const url = new URL(opened.url);
    proxy = await startProxy(Number(url.port || 3306));
    url.port = String(proxy.port);
    database = await connect({ url: url.href });
    // Opens the pools' first connections, so that no cut hits their setting up.
    await database.all(sql`SELECT 1`);
    await database.transaction((tx) => tx.all(sql`SELECT 1`));
  });
  afterEach(async () => {
    await database.close();
    await proxy.close();
    await opened.dispose();
  });

  const count = () => opened.database.first(sql`SELECT COUNT(*) AS n FROM {t}`);

  /** Inserts in a transaction that is cut as told; answers how often the work ran. */
  async function insertWhile(cut: NonNullable<CuttingProxy['cut']>): Promise<{ runs: number; error?: string }> {
    proxy.cut = cut;
    let runs = 0;
    const outcome = database.transaction(async (tx) => {
      runs++;
      await tx.run(sql`INSERT INTO {t} VALUES (${1})`);
      await tx.all(sql`SELECT n AS marked FROM {t}`);
    });
    return outcome.then(
      () => ({ runs }),
      (error) => ({ runs, error: error.code }),
    );
  }

  it('before COMMIT was sent lets the work run again on another connection', async () => {
    expect(await insertWhile({ text: 'marked', when: 'before', times: 1 })).to.deep.equal({ runs: 2 });
    expect(await count()).to.deep.equal({ n: 1 });
  });

  it('at the first statement lets the work run again on another connection', async () => {
    expect(await insertWhile({ text: 'INSERT', when: 'before', times: 1 })).to.deep.equal({ runs: 2 });
    expect(await count()).to.deep.equal({ n: 1 });
  });

  it('while a batch is under way lets the whole work run again', async () => {
    proxy.cut = { text: 'VALUES', when: 'before', times: 1 };
    let runs = 0;
    await database.transaction(async (tx) => {
      runs++;
      tx.later(sql`INSERT INTO {t} VALUES (${1})`);
      tx.later(sql`INSERT INTO {t} VALUES (${2})`);
    });
    expect(runs).to.equal(2);
    expect(await count()).to.deep.equal({ n: 2 });
  });

  it('between COMMIT and its answer is DB_COMMIT_UNKNOWN, and the work does not run again', async () => {
    const outcome = await insertWhile({ text: 'COMMIT', when: 'answered', times: 1 });
    expect(outcome).to.deep.equal({ runs: 1, error: 'DB_COMMIT_UNKNOWN' });
    expect(await count()).to.deep.equal({ n: 1 });
  });

  it('before COMMIT arrives is DB_COMMIT_UNKNOWN as well, for nobody here can tell', async () => {
    const outcome = await insertWhile({ text: 'COMMIT', when: 'before', times: 1 });
    expect(outcome).to.deep.equal({ runs: 1, error: 'DB_COMMIT_UNKNOWN' });
    expect(await count()).to.deep.equal({ n: 0 });
    await database.transaction((tx) => tx.run(sql`INSERT INTO {t} VALUES (${1})`));
    expect(await count()).to.deep.equal({ n: 1 });
  });

  it('during a single read goes unnoticed', async () => {
    proxy.cut = { text: 'marked', when: 'answered', times: 2 };
    expect(await database.all(sql`SELECT COUNT(*) AS marked FROM {t}`)).to.deep.equal([{ marked: 0 }]);
  });

  it('during a single write is DB_COMMIT_UNKNOWN', async () => {
    proxy.cut = { text: 'INSERT', when: 'answered', times: 1 };
    const error = await failureOf(database.run(sql`INSERT INTO {t} VALUES (${1})`));
    expect(error.code).to.equal('DB_COMMIT_UNKNOWN');
  });

  it('by KILL of all idle connections goes unnoticed', async () => {
    await Promise.all(Array.from({ length: 5 }, () => database.all(sql`SELECT SLEEP(0.05)`)));
    const rows = await opened.database.all<{ id: number }>(sql`SELECT id FROM information_schema.processlist
      WHERE db = DATABASE() AND id <> CONNECTION_ID()`);
    expect(rows.length).to.be.greaterThan(1);
    for (const { id } of rows) await opened.database.run(sql`KILL ${id}`).catch(() => {});
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => database.transaction((tx) => tx.run(sql`INSERT INTO {t} VALUES (${n})`))),
    );
    expect(await count()).to.deep.equal({ n: 10 });
  });

  it('for good is DB_UNAVAILABLE with host and port, for reads, writes and transactions', async () => {
    await proxy.close();
    const refusals = await Promise.all([
      failureOf(database.all(sql`SELECT 1`)),
      failureOf(database.run(sql`INSERT INTO {t} VALUES (${1})`)),
      failureOf(database.transaction((tx) => tx.all(sql`SELECT 1`))),
    ]);
    for (const error of refusals) {
      expect(error.code).to.equal('DB_UNAVAILABLE');
      expect(error.message).to.include(`127.0.0.1:${proxy.port}`).and.include('ECONNREFUSED');
    }
  });
});
