import { join, type Sql, sql, type Transaction } from '../../../framework/index.ts';
import { never } from '../held/hold.ts';
import type { DeliveryQueue, Enqueued } from '../queue.ts';
import { laneOf } from './lane.ts';
import { newMessageId } from './message-id.ts';
import { pieces } from './rows.ts';

/** A lane that has something new in it. */
export interface StirredLane {
  readonly webhookId: number;
  readonly lane: number;
  /** Different each time, so that whoever empties the lane notices. */
  readonly newest: string;
  /** When it is due, unless it is there already. */
  readonly nextMs: number;
}

/**
 * `ring` is called once what was enqueued can be read. Events from before `heldBefore` stood in a backup and were not yet
 * handed on then: they are held as what waited there for its delivery.
 */
export const createQueue = (ring: () => void, heldBefore: () => number = () => 0): DeliveryQueue => ({
  async enqueue(tx, nowMs, items) {
    const deliveries: Sql[] = [];
    const lanes = new Map<string, StirredLane>();
    for (const item of items) {
      const messageId = newMessageId();
      const lane = laneOf(item.event.customerId);
      for (const webhookId of item.webhookIds) {
        deliveries.push(rowOf(item, webhookId, lane, messageId));
        const nextMs = item.event.atMs < heldBefore() ? never : nowMs;
        lanes.set(`${webhookId} ${lane}`, { webhookId, lane, newest: messageId, nextMs });
      }
    }
    if (deliveries.length === 0) return;
    for (const piece of pieces(deliveries))
      tx.later(sql`INSERT INTO {vestibule_webhook_delivery}
        (webhook_id, lane, state, message_id, scope, data, website_id, hash, created_ms) VALUES ${join([...piece])}`);
    stir(tx, [...lanes.values()]);
    tx.afterCommit(ring);
  },
});

const rowOf = ({ event, hash }: Enqueued, webhookId: number, lane: number, messageId: string): Sql =>
  sql`(${webhookId}, ${lane}, 'waiting', ${messageId}, ${event.scope}, ${JSON.stringify(event.data)}, ${event.websiteId}, ${hash}, ${event.atMs})`;

/**
 * Makes lanes due, and marks those that are there as changed: whoever ends the last delivery that it knows of finds the
 * mark different and keeps the lane. Always in one order, so that two who do this wait for each other and no more.
 */
export function stir(tx: Transaction, lanes: readonly StirredLane[]): void {
  const sorted = [...lanes].sort((a, b) => a.webhookId - b.webhookId || a.lane - b.lane);
  for (const piece of pieces(sorted)) {
    const rows = piece.map(({ webhookId, lane, newest, nextMs }) => sql`(${webhookId}, ${lane}, ${nextMs}, ${newest})`);
    tx.later(sql`INSERT INTO {vestibule_webhook_lane} (webhook_id, lane, next_ms, newest) VALUES ${join(rows)}
      ${tx.dialect.onDuplicate(['webhook_id', 'lane'], ['newest'])}`);
  }
}
