import { Clock, ConfigCommanded, observe } from '../framework/index.ts';
import { Activities } from './activity.ts';

/** Configuration that was changed on the command line, under the same name as what administrators change on its pages. */
export const configurationRecorded = observe(ConfigCommanded, {
  id: 'activity.record-configuration',
  when: 'transaction',
  inject: { activities: Activities, clock: Clock },
  handle({ path, scope, before, after, by, overruled }, { activities, clock }, tx) {
    const attribute = scope === 'default' ? path : `${path} (${scope})`;
    activities.record(tx, {
      at: clock.now(),
      operation: 'admin.configuration',
      outcome: 'done',
      status: 200,
      actor: by,
      subject: path.split('/')[0],
      changed: [attribute],
      modified: [{ attribute, before, after }],
      ...(overruled ? { notes: ['An environment variable sets this field, so that the change has no effect.'] } : {}),
    });
  },
});
