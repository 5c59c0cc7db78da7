import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../../setup/databases.ts';

onBothEngines('What is run on each connection', (engine) => {
  let opened: OpenedDatabase;
  beforeEach(async () => {
    opened = await engine.open({ file: true, poolMax: 1 });
  });
  afterEach(() => opened.dispose());
  const insert = sql`INSERT INTO {noted} (n) VALUES (1)`;
  const count = sql`SELECT COUNT(*) AS n FROM {noted}`;

  it('is run once, before an open connection is used again, for statements and transactions', async () => {
    const { database } = opened;
    const alone = sql`SELECT 1 AS one`;
    await database.all(alone);
    await database.transaction((tx) => tx.all(alone));
    database.onEachConnection(sql`CREATE TEMPORARY TABLE {noted} (n INT)`);
    // Run a second time it would be refused, and passed over; run the first time too late, these would be.
    for (let i = 0; i < 2; i++) {
      await database.run(insert);
      await database.transaction((tx) => tx.run(insert));
    }
    const [outside, inside] = [await database.first(count), await database.transaction((tx) => tx.first(count))];
    // MySQL has one connection for each of them.
    const each = engine.name === 'mysql' ? 2 : 4;
    expect([outside, inside]).to.deep.equal([{ n: each }, { n: each }]);
  });

  it('is run again on a connection that takes the place of another', async () => {
    const { database } = opened;
    database.onEachConnection(sql`CREATE TEMPORARY TABLE {noted} (n INT)`);
    await database.run(insert);
    const { engine: connections } = database;
    connections.discard(await connections.acquire('statement'));
    await database.run(insert);
    expect(await database.first(count)).to.deep.equal({ n: 1 });
  });

  it('costs no connection where the database refuses it', async () => {
    const { database } = opened;
    database.onEachConnection(sql`INSERT INTO {missing} (n) VALUES (1)`);
    database.onEachConnection(sql`CREATE TEMPORARY TABLE {noted} (n INT)`);
    await database.run(insert);
    expect(await database.first(count)).to.deep.equal({ n: 1 });
  });
});
