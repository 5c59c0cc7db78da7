import type { Database, Executor } from './executor.ts';

/**
 * The same database for the length of one answer: what was asked already is not asked again. Whatever is written through
 * it makes it forget, and transactions see the database itself.
 */
export function remembering(db: Database): Database;
export function remembering(db: Executor): Executor;
export function remembering(db: Executor | Database): Executor | Database {
  const answers = new Map<string, Promise<Record<string, unknown>[]>>();
  const asked: Executor['all'] = (query) => {
    const key = `${query.sql}${JSON.stringify(query.values)}`;
    const known = answers.get(key) ?? db.all(query);
    answers.set(key, known);
    return known as Promise<never[]>;
  };
  const same: Executor = {
    dialect: db.dialect,
    // A copy: several ask, and one of them may sort what it got.
    all: async (query) => [...(await asked<never>(query))],
    first: async (query) => (await asked<never>(query))[0],
    run(query) {
      answers.clear();
      return db.run(query);
    },
  };
  if (!('transaction' in db)) return same;
  return {
    ...same,
    transaction(work) {
      answers.clear();
      return db.transaction(work);
    },
    close: () => db.close(),
  };
}
