import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenedDatabase } from '../../setup/databases.ts';

/** What was asked of a database while it could only be read. */
interface Asked {
  readonly reads: string[];
  /** Statements and transactions that were refused, whether or not anybody was told. */
  readonly refused: string[];
}

const inside = new AsyncLocalStorage<Asked>();

const isRead = (text: string): boolean =>
  /^\s*(SELECT|WITH)\b/i.test(text) && !/\bFOR UPDATE\b|\bLOCK IN SHARE MODE\b/i.test(text);

/**
 * Runs work for which a database refuses everything but plain SELECTs: no write, no lock, no transaction of the work, or of
 * anything that it sets off, gets as far as the driver. What the host does beside it is not concerned.
 */
export async function readOnly<T>(
  { database }: Pick<OpenedDatabase, 'database'>,
  work: () => Promise<T>,
): Promise<Asked & { readonly result: T }> {
  const asked: Asked = { reads: [], refused: [] };
  const refuse = (what: string): Error => {
    inside.getStore()?.refused.push(what);
    return new Error(`refused, because only reads are allowed: ${what}`);
  };
  const stop = database.observe((text) => {
    if (inside.getStore() !== asked) return;
    if (!isRead(text)) throw refuse(text);
    asked.reads.push(text);
  });
  const real = database.transaction.bind(database) as (given: never) => Promise<never>;
  const guarded = (given: never): Promise<never> =>
    inside.getStore() === asked ? Promise.reject(refuse('a transaction')) : real(given);
  Object.defineProperty(database, 'transaction', { configurable: true, value: guarded });
  try {
    return { ...asked, result: await inside.run(asked, work) };
  } finally {
    stop();
    Reflect.deleteProperty(database, 'transaction');
  }
}
