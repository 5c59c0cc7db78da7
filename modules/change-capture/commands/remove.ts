import { Config, command, Database, Events, setByCommand } from '../../framework/index.ts';
import { triggersPath } from '../settings.ts';
import { CaptureTriggers } from '../trigger/capture-triggers.ts';

/** `capture:remove` */
export const removeCommand = command('capture:remove', {
  describe: 'Remove all triggers, and leave them out at the next start: changes made by others are not seen any more',
  inject: { triggers: CaptureTriggers, config: Config, database: Database, events: Events },
  async run(_, { triggers, ...parts }) {
    // First, so that a server that looks after its triggers meanwhile does not bring them back.
    await setByCommand(parts, { path: triggersPath, text: '0' });
    return { removed: await triggers.remove() };
  },
  print: ({ removed }) => `${removed} triggers were removed. capture:install brings them back.`,
});
