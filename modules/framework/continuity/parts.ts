import { Catalogue } from '../database/catalogue.ts';
import { Database } from '../database/executor.ts';
import { Clock } from '../environment/clock.ts';
import { Environment } from '../environment/environment.ts';
import { Logger } from '../log/logger.ts';
import { Events } from '../module/event.ts';
import { onStart, onStop } from '../module/hook.ts';
import { provide } from '../module/provision.ts';
import { createPresence } from '../presence/create-presence.ts';
import { Presence } from '../presence/presence.ts';
import { Continuity } from './continuity.ts';
import { createContinuity } from './create-continuity.ts';

export const continuityProvisions = [
  provide(Continuity, { database: Database, catalogue: Catalogue, events: Events, logger: Logger }, createContinuity),
  provide(Presence, { database: Database, events: Events, clock: Clock, logger: Logger }, createPresence),
];

/** The kernel is first to start and last to stop: rooms hear of a restored database before they begin anything. */
export const continuityHooks = [
  onStart(
    'framework.start-presence',
    { continuity: Continuity, presence: Presence, environment: Environment },
    async ({ continuity, presence, environment }) => {
      // Tests count statements: in theirs nothing runs by itself.
      if (environment.nodeEnv === 'test') return;
      await continuity.start();
      await presence.start();
    },
  ),
  onStop(
    'framework.stop-presence',
    { continuity: Continuity, presence: Presence, environment: Environment },
    async ({ continuity, presence, environment }) => {
      if (environment.nodeEnv === 'test') return;
      await presence.stop();
      await continuity.stop();
    },
  ),
];
