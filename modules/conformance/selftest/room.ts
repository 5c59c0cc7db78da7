import { Activities } from '../../activity/index.ts';
import { Belongings, Connections, Tokens } from '../../connection/index.ts';
import { Customers, Sessions } from '../../customer/index.ts';
import { Clock, Database, Environment, Logger } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import type { GuestRoom } from './guest.ts';

/** What a rehearsal in this installation asks for. */
export const rehearsalNeeds = {
  environment: Environment,
  database: Database,
  logger: Logger,
  connections: Connections,
  tokens: Tokens,
  belongings: Belongings,
  websites: Websites,
  customers: Customers,
  sessions: Sessions,
  activities: Activities,
  clock: Clock,
};

export interface RehearsalRoom extends GuestRoom {
  readonly environment: Environment;
  readonly logger: Logger;
}
