import { AdministratorActed } from '../../admin/index.ts';
import { Clock, observe } from '../../framework/index.ts';
import { Activities } from '../activity.ts';

/** What administrators do in the shell stands among what identity providers did: logins, users, roles, configuration. */
export const administrationRecorded = observe(AdministratorActed, {
  id: 'activity.record-administration',
  when: 'transaction',
  inject: { activities: Activities, clock: Clock },
  handle({ by, outcome, modified = [], ...act }, { activities, clock }, tx) {
    activities.record(tx, {
      ...act,
      at: clock.now(),
      outcome,
      status: outcome === 'done' ? 200 : 401,
      actor: by,
      ...(modified.length > 0 ? { changed: modified.map(({ attribute }) => attribute), modified } : {}),
    });
  },
});
