import { expect } from 'chai';
import { connect } from '../../../modules/framework/database/connect.ts';
import { sql } from '../../../modules/framework/database/sql.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { failureOf } from './failure-of.ts';

onBothEngines('A connected database', (engine) => {
  it('waits at closing for what runs, and refuses what comes later', async () => {
    const { url, dispose } = await engine.open({ file: true });
    const database = await connect({ url });
    const running = database.transaction(async (tx) => {
      await tx.all(sql`SELECT 1`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return tx.first(sql`SELECT 2 AS two`);
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    const closing = database.close();
    expect(await running).to.deep.equal({ two: 2 });
    await closing;
    expect(await failureOf(database.all(sql`SELECT 1`))).to.include({ code: 'DB_UNAVAILABLE' });
    await database.close();
    await dispose();
  });

  it('speaks UTC and four-byte text, and reads what others have committed', async () => {
    const { database, dispose } = await engine.open();
    if (engine.name === 'mysql') {
      const row = await database.first(sql`SELECT @@time_zone AS zone, @@character_set_connection AS charset,
        @@tx_isolation AS isolation`);
      expect(row).to.deep.equal({ zone: '+00:00', charset: 'utf8mb4', isolation: 'READ-COMMITTED' });
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
