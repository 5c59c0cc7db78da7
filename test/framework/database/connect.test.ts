import { expect } from 'chai';
import { connect } from '../../../modules/framework/database/connect.ts';
import { sql } from '../../../modules/framework/database/sql.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { failureOf } from './failure-of.ts';

onBothEngines('A connected database', (engine) => {
  it('waits at closing for what runs and what waits for a connection, and refuses what comes later', async () => {
    const { url, dispose } = await engine.open({ file: true });
    const database = await connect({ url, poolMax: 1 });
    let [begun, goOn] = [() => {}, () => {}];
    const first = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const running = database.transaction(async (tx) => {
      await tx.all(sql`SELECT 1`);
      begun();
      await asked;
      return tx.first(sql`SELECT 2 AS two`);
    });
    await first;
    const waiting = database.transaction((tx) => tx.first(sql`SELECT 3 AS three`));
    const alone = database.first(sql`SELECT 4 AS four`);
    const closing = database.close();
    const late = failureOf(database.all(sql`SELECT 1`));
    goOn();
    expect(await Promise.all([running, waiting, alone])).to.deep.equal([{ two: 2 }, { three: 3 }, { four: 4 }]);
    expect(await late).to.include({ code: 'DB_UNAVAILABLE', message: 'The database has been closed by this process' });
    await closing;
    expect(await failureOf(database.all(sql`SELECT 1`))).to.include({ code: 'DB_UNAVAILABLE' });
    await database.close();
    await dispose();
  });

  it('speaks UTC and four-byte text, and reads what others have committed', async () => {
    const { database, dispose } = await engine.open();
    if (engine.name === 'mysql') {
      const row = await database.first(sql`SELECT @@time_zone AS zone, @@character_set_connection AS charset`);
      expect(row).to.deep.equal({ zone: '+00:00', charset: 'utf8mb4' });
      // Newer MariaDB and MySQL 8 call it transaction_isolation, older MariaDB tx_isolation.
      const [isolation] = await database.all<{ Value: string }>(
        sql`SHOW VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')`,
      );
      expect(isolation?.Value).to.equal('READ-COMMITTED');
    }
    const now = await database.first<{ now: string }>(sql`SELECT CURRENT_TIMESTAMP AS now`);
    expect(Math.abs(Date.parse(`${now?.now.replace(' ', 'T')}Z`) - Date.now())).to.be.lessThan(60_000);
    await dispose();
  });

  it('serves more callers than it has connections', async () => {
    const { database, dispose } = await engine.open({ poolMax: 2 });
    const rows = await Promise.all(Array.from({ length: 200 }, (_, n) => database.first(sql`SELECT ${n} AS n`)));
    expect(rows).to.have.length(200);
    await dispose();
  });
});
