import { expect } from 'chai';
import { DuplicateKeyError, type Executor, type Query, raw, sql } from '../../../modules/framework/index.ts';
import { computed, planned } from '../../../modules/provisioning/preview/rehearsal/planned-write.ts';
import { isStandIn, rehearseOn } from '../../../modules/provisioning/preview/rehearsal/rehearsed-database.ts';

/** A store that answers every question with the same rows, and keeps what it was asked. */
function storeOf(rows: readonly Record<string, unknown>[] = []) {
  const asked: string[] = [];
  const answer = (query: Query): readonly Record<string, unknown>[] => {
    asked.push(query.sql.replaceAll(/\s+/g, ' ').trim());
    return rows;
  };
  const store = {
    dialect: { forUpdate: raw('FOR UPDATE') },
    all: async (query: Query) => answer(query),
    first: async (query: Query) => answer(query)[0],
    run: async (query: Query) => {
      answer(query);
      return { affectedRows: 1, insertId: 1 };
    },
  } as unknown as Executor;
  return { store, asked };
}

const thrown = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('A rehearsed database', () => {
  it('plans writes and sends none, in a transaction and outside of one', async () => {
    const { store, asked } = storeOf();
    const database = rehearseOn(store);
    const { insertId } = await database.run(sql`INSERT INTO {a} (b) VALUES (${1})`);
    await database.transaction(async (tx) => {
      tx.later(sql`DELETE FROM {a} WHERE b = ${2}`);
      await tx.run(sql`UPDATE {a} SET b = ${3} WHERE c = ${insertId}`);
    });
    expect(asked).to.deep.equal([]);
    expect(database.writes.map(({ verb, table }) => `${verb} ${table}`)).to.deep.equal([
      'insert a',
      'delete a',
      'update a',
    ]);
    expect(isStandIn(insertId)).to.equal(true);
  });

  it('reads without holding a row, and refuses to read by anything but a SELECT', async () => {
    const { store, asked } = storeOf([{ n: 1 }]);
    const database = rehearseOn(store);
    await database.transaction((tx) => tx.first(sql`SELECT n FROM {a} WHERE b = ${1} ${tx.dialect.forUpdate}`));
    expect(asked).to.deep.equal(['SELECT n FROM {a} WHERE b = ?']);
    expect(await thrown(() => database.all(sql`UPDATE {a} SET b = 1 RETURNING b`))).to.be.instanceOf(Error);
    expect(asked).to.have.length(1);
  });

  it('says how many rows a write would have found', async () => {
    const { store } = storeOf([{ n: 7 }]);
    const database = rehearseOn(store);
    expect(await database.run(sql`DELETE FROM {a} WHERE b = ${1}`)).to.deep.equal({ affectedRows: 7, insertId: 0 });
  });

  it('meets a unique key that is taken, and forgets what that transaction planned', async () => {
    const { store } = storeOf([{ entity_id: 7 }]);
    const database = rehearseOn(store);
    const error = await thrown(() =>
      database.transaction((tx) =>
        tx.run(sql`INSERT INTO {customer_entity} (email, website_id) VALUES (${'a@b.c'}, 1)`),
      ),
    );
    expect(error).to.be.instanceOf(DuplicateKeyError).with.deep.property('columns', ['email', 'website_id']);
    expect(database.writes).to.deep.equal([]);
  });

  it('drops effects of a commit that is never made', async () => {
    let happened = false;
    await rehearseOn(storeOf().store).transaction(async (tx) => {
      tx.afterCommit(() => {
        happened = true;
      });
    });
    expect(happened).to.equal(false);
  });
});

describe('A planned write', () => {
  it('is read from the statements of the house', () => {
    expect(planned(sql`INSERT INTO {t} (a, \`b\`, c) VALUES (${1}, NULL, 'x'), (2, ${'y'}, NOW())`)).to.deep.equal({
      verb: 'insert',
      table: 't',
      rows: [
        { a: 1, b: null, c: 'x' },
        { a: 2, b: 'y', c: computed },
      ],
    });
    expect(
      planned(sql`UPDATE {t} SET a = ${1}, b = b + ${2}, c = COALESCE(${3}, d) WHERE e = ${4} AND f = 5`),
    ).to.deep.equal({
      verb: 'update',
      table: 't',
      rows: [{ a: 1, b: computed, c: computed }],
      where: { sql: 'e = ? AND f = 5', values: [4] },
    });
    expect(planned(sql`DELETE FROM {t} WHERE a IN (${1}, ${2})`)).to.deep.equal({
      verb: 'delete',
      table: 't',
      rows: [],
      where: { sql: 'a IN (?, ?)', values: [1, 2] },
    });
    expect(planned(sql`INSERT IGNORE INTO {t} (a) SELECT b FROM {u} WHERE c = ${1}`)).to.include({
      verb: 'insert',
      table: 't',
    });
    expect(planned(sql`REPLACE INTO {t} (a) VALUES (1)`)).to.include({ verb: 'other' });
  });
});
