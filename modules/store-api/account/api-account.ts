import type { BearerToken, Connection, StoreScope } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Credentials } from './credentials.ts';

/** An importer's access to a connection: a token of it that is for the store API, known by its client id. */
export type ApiAccount = BearerToken;

export interface NewApiAccount {
  readonly name: string;
  /** All of the store API's when left out. */
  readonly scopes?: readonly StoreScope[] | undefined;
  readonly expiresAt?: Date | undefined;
  /** From anywhere when left out. */
  readonly addresses?: readonly string[] | undefined;
}

/**
 * API accounts of connections. Expiry, address lists, pace and revocation are those of any token; `by` is who does it, for
 * the record.
 */
export interface ApiAccounts {
  /**
   * Makes an account and answers its credentials, which exist nowhere else. Two are active per connection at most.
   * @throws ConnectionError `TOKEN_LIMIT`, `NAME_INVALID`, `ADDRESS_INVALID`
   */
  create(
    tx: Transaction,
    connection: Connection,
    account: NewApiAccount,
    now: Date,
    by?: string,
  ): Promise<{ readonly account: ApiAccount; readonly credentials: Credentials }>;
  /** The newest first; of one connection, or of all. */
  list(db: Executor, connectionId?: number): Promise<readonly ApiAccount[]>;
  /** Running servers refuse it within 5 seconds. @throws StoreRefusal 404 for a client id that no account has */
  revoke(tx: Transaction, clientId: string, now: Date, by?: string): Promise<ApiAccount>;
  /** Where the connection's store API is, with a slash at the end. */
  apiPath(connection: Pick<Connection, 'id'>): string;
}
export const ApiAccounts: ServiceToken<ApiAccounts> = service<ApiAccounts>('store-api.ApiAccounts');
