import { join, type Sql, sql } from '../framework/index.ts';
import type { ActivityEntry, ActivityOutcome, StoredActivity } from './activity.ts';

interface ActivityRow {
  activity_id: number;
  occurred_at: string;
  operation: string;
  outcome: ActivityOutcome;
  status: number;
  connection_id: number | null;
  customer_id: number | null;
  subject: string | null;
  request_id: string | null;
  details: string | null;
}

const limited = (text: string | undefined, length: number): string | null =>
  text === undefined ? null : text.length <= length ? text : text.slice(0, length);

/** `YYYY-MM-DD HH:MM:SS.mmm` in UTC. */
const milliseconds = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '');

function detailsOf(entry: ActivityEntry): string | null {
  const { changed, notes, reason } = entry;
  if (!changed?.length && !notes?.length && reason === undefined) return null;
  return JSON.stringify({
    ...(changed?.length ? { changed } : {}),
    ...(notes?.length ? { notes } : {}),
    ...(reason === undefined ? {} : { reason: limited(reason, 1000) }),
  });
}

const tuple = (entry: ActivityEntry): Sql =>
  sql`(${milliseconds(entry.at)}, ${entry.operation}, ${entry.outcome}, ${entry.status}, ${entry.connectionId ?? null}, ${entry.customerId ?? null}, ${limited(entry.subject, 255)}, ${limited(entry.requestId, 64)}, ${detailsOf(entry)})`;

/** One INSERT for any number of entries; the caller keeps the number of distinct texts small. */
export const insertActivities = (entries: readonly ActivityEntry[]): Sql =>
  sql`INSERT INTO {vestibule_activity} (occurred_at, operation, outcome, status, connection_id, customer_id, subject, request_id, details) VALUES ${join(entries.map(tuple))}`;

/** Newest first; filters are equality on indexed columns. */
export function selectActivities(filter: { connectionId?: number; customerId?: number; limit?: number }): Sql {
  const limit = Math.min(Math.max(1, filter.limit ?? 100), 1000);
  const columns = sql`SELECT activity_id, occurred_at, operation, outcome, status, connection_id, customer_id, subject, request_id, details FROM {vestibule_activity}`;
  if (filter.customerId !== undefined)
    return sql`${columns} WHERE customer_id = ${filter.customerId} ORDER BY activity_id DESC LIMIT ${limit}`;
  if (filter.connectionId !== undefined)
    return sql`${columns} WHERE connection_id = ${filter.connectionId} ORDER BY activity_id DESC LIMIT ${limit}`;
  return sql`${columns} ORDER BY activity_id DESC LIMIT ${limit}`;
}

/** A stored row as other rooms see it. */
export function readActivity(row: unknown): StoredActivity {
  const r = row as ActivityRow;
  const details =
    r.details === null ? {} : (JSON.parse(r.details) as Pick<ActivityEntry, 'changed' | 'notes' | 'reason'>);
  return {
    id: r.activity_id,
    at: r.occurred_at,
    operation: r.operation,
    outcome: r.outcome,
    status: r.status,
    connectionId: r.connection_id ?? undefined,
    customerId: r.customer_id ?? undefined,
    subject: r.subject ?? undefined,
    requestId: r.request_id ?? undefined,
    ...details,
  };
}
