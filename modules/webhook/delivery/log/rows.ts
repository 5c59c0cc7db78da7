import { type Executor, type Sql, sql } from '../../../framework/index.ts';
import type { Delivery } from '../deliveries.ts';
import { never } from '../held/hold.ts';
import { customerOf } from '../lane/lane.ts';

interface Row extends Omit<Delivery, 'customerId' | 'state' | 'held'> {
  readonly lane: number;
  readonly state: 'waiting' | 'delivered' | 'failed';
  /** The lane is claimed, and this is what it was claimed for. */
  readonly claimed: number;
}

/** Deliveries whose ids `ids` selects as `delivery_id`, in no order. */
export async function readDeliveries(db: Executor, ids: Sql, nowMs: number): Promise<Delivery[]> {
  const { dialect } = db;
  const rows = await db.all<Row>(
    sql`SELECT d.delivery_id AS id, d.webhook_id AS webhookId, d.message_id AS messageId, d.scope, d.lane, d.state, d.attempts,
        d.created_ms AS createdMs, l.next_ms AS nextMs, d.ended_ms AS endedMs, d.status, d.duration_ms AS durationMs, d.note, d.answer,
        CASE WHEN d.state = 'waiting' AND l.claim IS NOT NULL AND l.next_ms > ${nowMs} AND d.delivery_id =
          (SELECT f.delivery_id FROM {vestibule_webhook_delivery} f ${dialect.readBy('vestibule_webhook_delivery_lane')}
            WHERE f.webhook_id = d.webhook_id AND f.lane = d.lane AND f.state = 'waiting' ORDER BY f.delivery_id LIMIT 1)
          THEN 1 ELSE 0 END AS claimed
      FROM (${ids}) i JOIN {vestibule_webhook_delivery} d ON d.delivery_id = i.delivery_id
      LEFT JOIN {vestibule_webhook_lane} l ON l.webhook_id = d.webhook_id AND l.lane = d.lane`,
  );
  return rows.map(({ lane, state, claimed, nextMs, ...row }) => ({
    ...row,
    customerId: customerOf(lane),
    state: claimed === 1 ? 'sending' : state,
    nextMs: state === 'waiting' && claimed === 0 && nextMs !== never ? nextMs : null,
    held: state === 'waiting' && nextMs === never,
  }));
}

export const newestFirst = (a: Delivery, b: Delivery): number => b.createdMs - a.createdMs || b.id - a.id;
