import type { Transaction } from '../../modules/framework/index.ts';

/**
 * The same transaction, slow to write: two writers that look before they write both get to look before either has
 * written, unless something keeps them apart.
 */
export const slowToWrite = (tx: Transaction): Transaction => ({
  dialect: tx.dialect,
  all: (query) => tx.all(query),
  first: (query) => tx.first(query),
  run: async (query) => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    return tx.run(query);
  },
  later: (query, then) => tx.later(query, then),
  afterCommit: (effect) => tx.afterCommit(effect),
});
