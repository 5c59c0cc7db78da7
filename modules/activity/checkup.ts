import { Checkups, Clock, contribute, Database, Gauges, RecentFaults, sql } from '../framework/index.ts';
import { decodeEntry } from './entry/decode.ts';
import { oldestPending } from './pending.ts';

/** More are not counted: it is too much either way. */
const most = 10_000;
/** What waits is sealed after a minute; twenty minutes are no burst of requests any more. */
const patience = 1_200_000;

export const activityOperations = [
  contribute(Checkups, { database: Database, clock: Clock }, ({ database, clock }) => ({
    name: 'activity.sealing',
    async look() {
      const [oldest] = await oldestPending(database, 1);
      if (oldest === undefined) return [];
      const waited = clock.now().getTime() - decodeEntry(oldest.entry).at;
      if (waited <= patience) return [];
      return [
        {
          severity: 'warning',
          title: 'Activity is not sealed',
          found: `Records have waited for their seal for ${Math.round(waited / 60_000)} minutes; until then somebody with the database could change them unseen.`,
          cure: 'Run activity:seal; where it happens again, look whether a server runs with activity/jobs/background on.',
        },
      ];
    },
  })),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_activity_unsealed',
    help: `Records that wait for their seal, counted up to ${most}`,
    async read() {
      const row = await database.first<{ waiting: number }>(
        sql`SELECT COUNT(*) AS waiting FROM (SELECT activity_id FROM {vestibule_activity_pending} LIMIT ${most}) some_records`,
      );
      return row?.waiting ?? 0;
    },
  })),
  contribute(RecentFaults, { database: Database }, ({ database }) => ({
    name: 'activity.failed',
    // Counted by day and kind: whom it was about stands nowhere here.
    read: () =>
      database.all(
        sql`SELECT k.operation, k.outcome, k.status, k.connection_id, d.day, d.records FROM {vestibule_activity_day} d JOIN {vestibule_activity_kind} k ON k.kind_id = d.kind_id WHERE k.status >= 400 ORDER BY d.day DESC, d.records DESC LIMIT 50`,
      ),
  })),
];
