import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../../setup/databases.ts';

onBothEngines('One text asked for all rows and for the first', (engine) => {
  let opened: OpenedDatabase;
  before(async () => {
    opened = await engine.open();
    await opened.database.run(sql`CREATE TABLE {t} (n INTEGER PRIMARY KEY, name VARCHAR(8))`);
    await opened.database.run(sql`INSERT INTO {t} (n, name) VALUES (${1}, ${'a'}), (${2}, ${'b'})`);
  });
  after(() => opened.dispose());

  const named = (name: string) => sql`SELECT n FROM {t} WHERE name = ${name}`;

  // libsql's get() after all() of one prepared statement goes on with the values of all().
  it('is answered for the values of each question', async () => {
    const { database } = opened;
    expect(await database.all(named('a'))).to.deep.equal([{ n: 1 }]);
    expect(await database.first(named('b'))).to.deep.equal({ n: 2 });
    expect(await database.all(named('b'))).to.deep.equal([{ n: 2 }]);
    expect(await database.first(named('nobody'))).to.equal(undefined);
    expect(await database.all(named('nobody'))).to.deep.equal([]);
    expect(await database.first(named('a'))).to.deep.equal({ n: 1 });
  });
});
