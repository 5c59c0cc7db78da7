import { type Executor, empty, join, type Sql, sql } from '../../../framework/index.ts';
import type { DeliveryFilter } from '../deliveries.ts';

/** As many ranges are read by one statement: engines bound how many SELECTs one may have. */
const mostRanges = 120;

/** Where a page goes on: behind this delivery. */
export interface Position {
  readonly id: number;
  /** Undefined where it is no longer there. */
  readonly createdMs: number | undefined;
}

const states = ['waiting', 'delivered', 'failed'] as const;

const statesOf = ({ state, ended }: DeliveryFilter): readonly string[] =>
  states.filter((one) => (!state || one === state) && !(ended && one === 'waiting'));

/** Subscriptions whose deliveries are shown: those of deleted ones wait to be removed. */
async function webhooksOf(db: Executor, { webhookId }: DeliveryFilter): Promise<readonly number[]> {
  const only = webhookId === undefined ? empty : sql`WHERE webhook_id = ${webhookId}`;
  return (await db.all<{ id: number }>(sql`SELECT webhook_id AS id FROM {vestibule_webhook} ${only}`)).map(
    ({ id }) => id,
  );
}

/**
 * Statements that together read the ids of the newest deliveries of a filter, at most `limit` each range: every range is
 * the beginning of an index, so a page costs the same whatever lies before and behind it.
 */
export async function newestIds(
  db: Executor,
  filter: DeliveryFilter,
  limit: number,
  nowMs: number,
  before?: Position,
): Promise<readonly Sql[]> {
  const { customerId, fromMs, toMs } = filter;
  const conditions = [
    customerId === undefined ? empty : sql`AND lane = ${customerId}`,
    fromMs === undefined ? empty : sql`AND created_ms >= ${fromMs}`,
    toMs === undefined ? empty : sql`AND created_ms <= ${toMs}`,
    behind(before),
  ];
  const webhooks = await webhooksOf(db, filter);
  if (filter.state === 'sending')
    return inPieces(webhooks.map((id) => beingSent(db, id, nowMs, join(conditions, ' '), limit)));
  const index = customerId === undefined ? 'vestibule_webhook_delivery_log' : 'vestibule_webhook_delivery_lane';
  const from = sql`FROM {vestibule_webhook_delivery} ${db.dialect.readBy(index)}`;
  const ranges = webhooks.flatMap((webhookId) =>
    statesOf(filter).map(
      (
        state,
      ) => sql`SELECT * FROM (SELECT delivery_id, created_ms ${from} WHERE webhook_id = ${webhookId} AND state = ${state} ${join(conditions, ' ')}
        ORDER BY created_ms DESC, delivery_id DESC LIMIT ${limit}) r`,
    ),
  );
  return inPieces(ranges);
}

/** What is being sent now stands first in a lane that is claimed; there are few of those, and all are due later. */
const beingSent = (db: Executor, webhookId: number, nowMs: number, conditions: Sql, limit: number): Sql =>
  sql`SELECT * FROM (SELECT delivery_id, created_ms FROM {vestibule_webhook_delivery} WHERE delivery_id IN (
      SELECT (SELECT f.delivery_id FROM {vestibule_webhook_delivery} f ${db.dialect.readBy('vestibule_webhook_delivery_lane')}
        WHERE f.webhook_id = l.webhook_id AND f.lane = l.lane AND f.state = 'waiting' ORDER BY f.delivery_id LIMIT 1)
      FROM {vestibule_webhook_lane} l WHERE l.webhook_id = ${webhookId} AND l.next_ms > ${nowMs} AND l.claim IS NOT NULL)
    ${conditions} ORDER BY created_ms DESC, delivery_id DESC LIMIT ${limit}) r`;

function inPieces(ranges: readonly Sql[]): readonly Sql[] {
  const statements: Sql[] = [];
  for (let at = 0; at < ranges.length; at += mostRanges)
    statements.push(join(ranges.slice(at, at + mostRanges), ' UNION ALL '));
  return statements;
}

/** Statements that select the newest delivery of each of these subscriptions, and some more. */
export const newestOfEach = (db: Executor, webhookIds: readonly number[]): readonly Sql[] =>
  inPieces(
    webhookIds.flatMap((webhookId) =>
      states.map(
        (
          state,
        ) => sql`SELECT * FROM (SELECT delivery_id, created_ms FROM {vestibule_webhook_delivery} ${db.dialect.readBy('vestibule_webhook_delivery_log')}
          WHERE webhook_id = ${webhookId} AND state = ${state} ORDER BY created_ms DESC, delivery_id DESC LIMIT 1) r`,
      ),
    ),
  );

function behind(before: Position | undefined): Sql {
  if (!before) return empty;
  if (before.createdMs === undefined) return sql`AND delivery_id < ${before.id}`;
  return sql`AND created_ms <= ${before.createdMs} AND (created_ms < ${before.createdMs} OR delivery_id < ${before.id})`;
}
