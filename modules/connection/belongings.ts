import { type Executor, type ExtensionPoint, extensionPoint, type Transaction } from '../framework/index.ts';

/**
 * What other rooms keep for connections, besides users and groups, and what goes with a connection that is deleted:
 * versions of its mapping, held operations, match requests.
 */
export interface Belonging {
  /** In the plural, as in "3 match requests". */
  readonly label: string;
  count(db: Executor, connectionId: number): Promise<number>;
  /** Where no foreign key takes it along: in the transaction that deletes the connection, before its row. */
  remove?(tx: Transaction, connectionId: number): Promise<void>;
}
export const Belongings: ExtensionPoint<Belonging> = extensionPoint<Belonging>('connection.Belongings');
