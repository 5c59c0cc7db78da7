import type { Activities } from '../activity/index.ts';
import type { UserMapping } from '../attribute-mapping/index.ts';
import type { AuthenticatedConnection, Connection } from '../connection/index.ts';
import type { Customers, Sessions } from '../customer/index.ts';
import type { Database } from '../framework/index.ts';
import type { RequestContext } from '../scim/index.ts';
import type { AddressCompletion } from './user/complete.ts';

/** What the use cases of this room work with. */
export interface Room {
  readonly database: Database;
  readonly customers: Customers;
  readonly sessions: Sessions;
  readonly mapping: UserMapping;
  readonly completion: AddressCompletion;
  readonly activities: Activities;
}

/** One request of an identity provider. */
export type ProvisioningContext = RequestContext<AuthenticatedConnection>;

export const connectionOf = (context: ProvisioningContext): Connection => context.caller.connection;
