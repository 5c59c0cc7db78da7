import { Connections } from '../../connection/index.ts';
import { Clock, Database } from '../../framework/index.ts';
import { ApiAccounts } from '../account/api-account.ts';

/** What pages about API accounts ask. */
export const services = { database: Database, connections: Connections, accounts: ApiAccounts, clock: Clock };
export interface Services {
  readonly database: Database;
  readonly connections: Connections;
  readonly accounts: ApiAccounts;
  readonly clock: Clock;
}
