import type { Database, Transaction } from '../framework/index.ts';

/**
 * A transaction on behalf of an identity provider: what it writes has that connection as its cause, so that whoever tells
 * others of changes does not tell this provider of its own. What an administrator decides has no cause.
 */
export function onBehalfOf<T>(
  database: Database,
  connectionId: number,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction((tx) => {
    tx.cause = `connection:${connectionId}`;
    return work(tx);
  });
}
