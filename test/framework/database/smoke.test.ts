import { expect } from 'chai';
import { sql } from '../../../modules/framework/database/sql.ts';
import { onBothEngines, type OpenedDatabase } from '../../setup/databases.ts';
onBothEngines('smoke', (engine) => {
  let opened: OpenedDatabase;
  before(async () => { opened = await engine.open({ tablePrefix: 'x_' }); });
  after(() => opened.dispose());
  it('works', async () => {
    const db = opened.database;
    await db.run(sql`CREATE TABLE {t} (a INTEGER PRIMARY KEY ${engine.name === 'mysql' ? sql`AUTO_INCREMENT` : sql`AUTOINCREMENT`}, b VARCHAR(20) UNIQUE, e DECIMAL(12,4))`);
    const { insertId } = await db.run(sql`INSERT INTO {t} (b, e) VALUES (${'x'}, ${'1.5'})`);
    expect(insertId).to.equal(1);
    expect(await db.all(sql`SELECT * FROM {t}`)).to.deep.equal([{ a: 1, b: 'x', e: '1.5000' }]);
    const id = await db.transaction(async (tx) => { const r = await tx.run(sql`INSERT INTO {t} (b) VALUES (${'y'})`); return r.insertId; });
    expect(id).to.equal(2);
    let e: unknown; try { await db.run(sql`INSERT INTO {t} (b) VALUES (${'y'})`); } catch (error) { e = error; }
    expect(e).to.include({ code: 'DB_DUPLICATE', table: 't' }); expect((e as any).columns).to.deep.equal(['b']);
  });
});
