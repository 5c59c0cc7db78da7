import { Config, command, Database, Events, setByCommand } from '../../framework/index.ts';
import { triggersPath } from '../settings.ts';
import { CaptureTriggers } from '../trigger/capture-triggers.ts';

/** `capture:install` */
export const installCommand = command('capture:install', {
  describe: 'Make the triggers that are missing or outdated, and keep them from now on',
  inject: { triggers: CaptureTriggers, config: Config, database: Database, events: Events },
  async run(_, { triggers, ...parts }) {
    const found = await triggers.install();
    await setByCommand(parts, { path: triggersPath });
    const made = found.filter(({ state }) => state === 'missing' || state === 'outdated').map(({ name }) => name);
    const removed = found.filter(({ state }) => state === 'leftover').map(({ name }) => name);
    return { made, removed, triggers: found.length - removed.length };
  },
  print({ made, removed, triggers }) {
    if (made.length + removed.length === 0) return `All ${triggers} triggers are in place.`;
    const gone = removed.length === 0 ? '' : ` ${removed.length} that are no longer needed were removed.`;
    return `${made.length} of ${triggers} triggers were made.${gone}`;
  },
});
