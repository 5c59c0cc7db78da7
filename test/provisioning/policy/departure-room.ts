import { Activities } from '../../../modules/activity/index.ts';
import { Belongings, Connections, Tokens } from '../../../modules/connection/index.ts';
import { Customers, Sessions } from '../../../modules/customer/index.ts';
import { Clock, Events } from '../../../modules/framework/index.ts';
import type { DeletionRoom } from '../../../modules/provisioning/departure/delete-connection.ts';
import type { ScimHost } from '../host.ts';

/** What a deletion of a connection works with, of a host whose clock stands still. */
export const departureRoom = ({ host, database }: ScimHost): DeletionRoom => ({
  database,
  customers: host.resolve(Customers),
  sessions: host.resolve(Sessions),
  activities: host.resolve(Activities),
  connections: host.resolve(Connections),
  tokens: host.resolve(Tokens),
  belongings: host.resolve(Belongings),
  clock: host.resolve(Clock),
  events: host.resolve(Events),
});
