import { Database, defineModule, Logger, onStop, provide } from '../framework/index.ts';
import { Activities } from './activity.ts';
import { createJournal } from './journal.ts';
import { insertActivity, readActivity, selectActivities } from './rows.ts';

export default defineModule({
  name: 'activity',
  version: '0.1.0',
  host: '^1',
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(Activities, { database: Database, logger: Logger }, ({ database, logger }) => {
      const journal = createJournal(database, logger);
      return {
        record: (tx, entry) => tx.later(insertActivity(entry)),
        note: (entry) => journal.add(entry),
        flush: () => journal.flush(),
        stop: () => journal.stop(),
        recent: async (db, filter = {}) => (await db.all(selectActivities(filter))).map(readActivity),
      };
    }),
  ],
  hooks: [onStop('activity.flush', { activities: Activities }, ({ activities }) => activities.stop())],
});
