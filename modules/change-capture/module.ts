import {
  Catalogue,
  Clock,
  Database,
  defineModule,
  Environment,
  Events,
  Logger,
  onStart,
  onStop,
  provide,
} from '../framework/index.ts';
import { ChangeInterests } from './change-interest.ts';
import { captureOperations } from './checkup.ts';
import { installCommand } from './commands/install.ts';
import { removeCommand } from './commands/remove.ts';
import { statusCommand } from './commands/status.ts';
import { observers } from './observers.ts';
import { createOwnChanges, OwnChanges } from './own-changes.ts';
import { ChangePump } from './pump/change-pump.ts';
import { createPump } from './pump/create-pump.ts';
import { captureSettings } from './settings.ts';
import { captureTrace } from './trace.ts';
import { CaptureTriggers } from './trigger/capture-triggers.ts';
import { createTriggers } from './trigger/create-triggers.ts';
import { createUpkeep, TriggerUpkeep } from './trigger/upkeep.ts';

export default defineModule({
  name: 'change-capture',
  version: '0.1.0',
  host: '^1',
  sequence: ['customer'],
  acl: { 'change-capture::config': 'Configure how changes of customers are seen' },
  config: [captureSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(ChangePump, { database: Database, events: Events, clock: Clock, logger: Logger }, createPump),
    provide(
      OwnChanges,
      { catalogue: Catalogue, pump: ChangePump, clock: Clock, events: Events, interests: ChangeInterests },
      createOwnChanges,
    ),
    provide(CaptureTriggers, { catalogue: Catalogue, database: Database }, createTriggers),
    provide(
      TriggerUpkeep,
      {
        triggers: CaptureTriggers,
        database: Database,
        events: Events,
        config: captureSettings.token,
        clock: Clock,
        logger: Logger,
      },
      createUpkeep,
    ),
  ],
  contributes: [...captureOperations, captureTrace],
  observers,
  commands: [statusCommand, installCommand, removeCommand],
  hooks: [
    // Tests hand on themselves: in theirs nothing runs by itself.
    onStart(
      'change-capture.start',
      { pump: ChangePump, upkeep: TriggerUpkeep, environment: Environment, config: captureSettings.token },
      async ({ pump, upkeep, environment, config }) => {
        if (environment.nodeEnv === 'test') return;
        upkeep.start();
        if (await config.get('background')) pump.start();
      },
    ),
    onStop('change-capture.stop', { pump: ChangePump, upkeep: TriggerUpkeep }, async ({ pump, upkeep }) => {
      await upkeep.stop();
      await pump.stop();
    }),
  ],
});
