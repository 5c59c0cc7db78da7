import type { Executor } from './executor.ts';

/** The same database for the length of one answer: what was asked already is not asked again. */
export function remembering(db: Executor): Executor {
  const answers = new Map<string, Promise<Record<string, unknown>[]>>();
  const all: Executor['all'] = <R>(query: Parameters<Executor['all']>[0]) => {
    const key = `${query.sql}${JSON.stringify(query.values)}`;
    const known = answers.get(key) ?? db.all(query);
    answers.set(key, known);
    return known as Promise<R[]>;
  };
  return { dialect: db.dialect, all, first: (query) => db.first(query), run: (query) => db.run(query) };
}
