import type { Activities } from '../activity/index.ts';
import type { ConnectionMapping, UserMapping } from '../attribute-mapping/index.ts';
import type { AuthenticatedConnection, Connection } from '../connection/index.ts';
import type { CustomerGroups, Customers, Newsletter, Passwords, Sessions } from '../customer/index.ts';
import { type Database, type Events, type ServiceToken, service } from '../framework/index.ts';
import type { RequestContext } from '../scim/index.ts';
import type { GroupJobs } from './group/jobs.ts';
import type { GroupLimits } from './group/limits.ts';
import type { Approval } from './guard/approval.ts';
import type { Guard } from './guard/guard.ts';
import type { Done } from './record.ts';
import type { Search } from './search/search.ts';
import type { Completion } from './user/complete.ts';

/** What the use cases of this room work with. */
export interface Room {
  readonly database: Database;
  readonly customers: Customers;
  readonly customerGroups: CustomerGroups;
  readonly sessions: Sessions;
  readonly newsletter: Newsletter;
  readonly passwords: Passwords;
  readonly mapping: UserMapping;
  readonly completion: Completion;
  readonly activities: Activities;
  readonly events: Events;
  readonly search: Search;
  readonly groupJobs: GroupJobs;
  readonly groupLimits: GroupLimits;
  readonly guard: Guard;
}

/** One per host, whatever the use cases are of. */
export const Room: ServiceToken<Room> = service<Room>('provisioning.Room');

/** Who asks. */
export interface Caller extends AuthenticatedConnection {
  /** Given, everything happens in this room instead of the host's: a rehearsal, which writes nothing. */
  readonly rehearsal?: Room;
  /** Who carries a request out once more, where it is not the provider itself. */
  readonly actor?: string;
  /** The decision of an administrator that lets it pass the mass-deprovision guard, which held it before. */
  readonly approval?: Approval;
  /** Given, a change is not recorded by itself: whoever gives it tells it together with what else was done. */
  readonly gathers?: (done: Done) => void;
}

/** One request of an identity provider. */
export type ProvisioningContext = RequestContext<Caller>;

/** The room that a request happens in. */
export const roomFor = (room: Room, { caller }: Pick<ProvisioningContext, 'caller'>): Room => caller.rehearsal ?? room;

export const connectionOf = (context: ProvisioningContext): Connection => context.caller.connection;

/** How users of the calling connection become customers at the moment. */
export const mappingFor = ({ mapping }: Pick<Room, 'mapping'>, context: ProvisioningContext): ConnectionMapping =>
  mapping.of(connectionOf(context));

/** What users of the calling connection are held with. */
export const holdingFor = (
  room: Room,
  context: ProvisioningContext,
): { customers: Customers; mapping: ConnectionMapping } => ({
  customers: room.customers,
  mapping: mappingFor(room, context),
});
