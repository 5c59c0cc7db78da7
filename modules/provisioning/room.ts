import type { Activities } from '../activity/index.ts';
import type { UserMapping } from '../attribute-mapping/index.ts';
import type { AuthenticatedConnection, Connection } from '../connection/index.ts';
import type { CustomerGroups, Customers, Sessions } from '../customer/index.ts';
import { type Database, type ServiceToken, service } from '../framework/index.ts';
import type { RequestContext } from '../scim/index.ts';
import type { GroupJobs } from './group/jobs.ts';
import type { GroupLimits } from './group/limits.ts';
import type { Search } from './search/search.ts';
import type { AddressCompletion } from './user/complete.ts';

/** What the use cases of this room work with. */
export interface Room {
  readonly database: Database;
  readonly customers: Customers;
  readonly customerGroups: CustomerGroups;
  readonly sessions: Sessions;
  readonly mapping: UserMapping;
  readonly completion: AddressCompletion;
  readonly activities: Activities;
  readonly search: Search;
  readonly groupJobs: GroupJobs;
  readonly groupLimits: GroupLimits;
}

/** One per host, whatever the use cases are of. */
export const Room: ServiceToken<Room> = service<Room>('provisioning.Room');

/** One request of an identity provider. */
export type ProvisioningContext = RequestContext<AuthenticatedConnection>;

export const connectionOf = (context: ProvisioningContext): Connection => context.caller.connection;
