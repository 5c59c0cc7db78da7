import { type Executor, type Query, sql } from '../framework/index.ts';
import type { ActivityEntry } from './activity.ts';
import { encodeEntry } from './entry/encode.ts';
import { insertsOf } from './many-rows.ts';

/** A record that waits for its seal. */
export interface PendingRow {
  readonly activity_id: number;
  readonly entry: string;
}

const inserts = insertsOf('vestibule_activity_pending', ['entry']);

/** The one INSERT that goes along with a change: one text into a table that has no index but its key. */
export const insertActivity = (entry: ActivityEntry): Query => inserts.of([[encodeEntry(entry)]]);

/** One INSERT for several entries; the caller keeps the number of different sizes small. */
export const insertActivities = (entries: readonly ActivityEntry[]): Query =>
  inserts.of(entries.map((entry) => [encodeEntry(entry)]));

/** The oldest that wait, lowest id first. */
export const oldestPending = (db: Executor, limit: number): Promise<PendingRow[]> =>
  db.all(sql`SELECT activity_id, entry FROM {vestibule_activity_pending} ORDER BY activity_id LIMIT ${limit}`);

/** Those that wait are read in groups of this size. */
export const pendingGroup = 500;

/** Those below an id, highest id first. */
export const pendingBelow = (db: Executor, id: number, limit: number): Promise<PendingRow[]> =>
  db.all(
    sql`SELECT activity_id, entry FROM {vestibule_activity_pending} WHERE activity_id < ${id} ORDER BY activity_id DESC LIMIT ${limit}`,
  );
