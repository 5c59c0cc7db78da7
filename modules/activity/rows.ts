import { constant, join, type Sql, sql, sqlTimestampMs } from '../framework/index.ts';
import type { ActivityEntry, ActivityOutcome, StoredActivity } from './activity.ts';
import { withoutValues } from './reason.ts';

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

/** Cut to `length`, and without U+0000, which no text column takes: an entry is never refused for what a client sent. */
function limited(text: string | undefined, length: number): string | null {
  if (text === undefined) return null;
  const cut = text.length <= length ? text : text.slice(0, length);
  return cut.includes('\0') ? cut.replaceAll('\0', '\ufffd') : cut;
}

/** Clients decide how many names they send and how long: an entry stays small however many they are. */
const mostSentences = 100;
const longestSentence = 500;
const longestReason = 10_000;

function bounded(sentences: readonly string[]): readonly string[] {
  const cut = sentences.slice(0, mostSentences).map((sentence) => String(limited(sentence, longestSentence)));
  return sentences.length > mostSentences ? [...cut, `… and ${sentences.length - mostSentences} more`] : cut;
}

function detailsOf(entry: ActivityEntry): string | null {
  const { changed, notes, reason } = entry;
  if (!changed?.length && !notes?.length && reason === undefined) return null;
  return JSON.stringify({
    ...(changed?.length ? { changed: bounded(changed) } : {}),
    ...(notes?.length ? { notes: bounded(notes) } : {}),
    ...(reason === undefined ? {} : { reason: limited(withoutValues(reason.slice(0, longestReason)), 1000) }),
  });
}

const tuple = (entry: ActivityEntry): Sql =>
  sql`(${sqlTimestampMs(entry.at)}, ${limited(entry.operation, 40)}, ${entry.outcome}, ${entry.status}, ${entry.connectionId ?? null}, ${entry.customerId ?? null}, ${limited(entry.subject, 255)}, ${limited(entry.requestId, 64)}, ${detailsOf(entry)})`;

/** One INSERT for one entry, as it goes along with a change. */
export const insertActivity = constant((entry: ActivityEntry) => insertActivities([entry]));

/** One INSERT for any number of entries; the caller keeps the number of distinct texts small. */
export const insertActivities = (entries: readonly ActivityEntry[]): Sql =>
  sql`INSERT INTO {vestibule_activity} (occurred_at, operation, outcome, status, connection_id, customer_id, subject, request_id, details) VALUES ${join(entries.map(tuple))}`;

/** Newest first; filters are equality on indexed columns, and all of those given hold. */
export function selectActivities(filter: { connectionId?: number; customerId?: number; limit?: number }): Sql {
  const limit = Math.min(Math.max(1, filter.limit ?? 100), 1000);
  const columns = sql`SELECT activity_id, occurred_at, operation, outcome, status, connection_id, customer_id, subject, request_id, details FROM {vestibule_activity}`;
  const { customerId, connectionId } = filter;
  if (customerId !== undefined && connectionId !== undefined)
    return sql`${columns} WHERE customer_id = ${customerId} AND connection_id = ${connectionId} ORDER BY activity_id DESC LIMIT ${limit}`;
  if (customerId !== undefined)
    return sql`${columns} WHERE customer_id = ${customerId} ORDER BY activity_id DESC LIMIT ${limit}`;
  if (connectionId !== undefined)
    return sql`${columns} WHERE connection_id = ${connectionId} ORDER BY activity_id DESC LIMIT ${limit}`;
  return sql`${columns} ORDER BY activity_id DESC LIMIT ${limit}`;
}

/** A stored row as other rooms see it. */
export function readActivity(row: unknown): StoredActivity {
  const r = row as ActivityRow;
  const details =
    r.details === null ? {} : (JSON.parse(r.details) as Pick<ActivityEntry, 'changed' | 'notes' | 'reason'>);
  return {
    id: r.activity_id,
    // MySQL's binary protocol leaves a fraction of zero out.
    at: r.occurred_at.length === 19 ? `${r.occurred_at}.000` : r.occurred_at,
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
