import { randomBytes } from 'node:crypto';
import { idList, sql, type Transaction } from '../../../framework/index.ts';
import { WebhookError } from '../../webhook-error.ts';
import type { DeliveryFilter } from '../deliveries.ts';
import { newestIds } from './ranges.ts';

/** As many are replayed by one call. */
export const mostReplayed = 5_000;

/**
 * Lets what has ended wait once more, in its old place: ahead of what is newer of the same customer. What was replayed
 * after `nowMs` is left out, so that a caller may repeat itself with the same moment until nothing is left.
 * @throws WebhookError `DELIVERY_UNKNOWN`, `DELIVERY_NOT_ENDED`
 */
export async function replay(
  tx: Transaction,
  which: { readonly id: number } | (DeliveryFilter & { readonly webhookId: number }),
  nowMs: number,
): Promise<number> {
  if ('id' in which) {
    const found = await tx.first<{ state: string }>(
      sql`SELECT state FROM {vestibule_webhook_delivery} WHERE delivery_id = ${which.id} AND webhook_id IN (SELECT webhook_id FROM {vestibule_webhook})`,
    );
    if (!found)
      throw new WebhookError(
        'DELIVERY_UNKNOWN',
        `There is no delivery ${which.id}; webhook:log shows those there are.`,
      );
    if (found.state === 'waiting')
      throw new WebhookError(
        'DELIVERY_NOT_ENDED',
        `Delivery ${which.id} has not ended: it is sent without being asked to.`,
      );
    return again(tx, [which.id], nowMs);
  }
  const [newest] = await newestIds(tx, { ...which, ended: true }, mostReplayed, nowMs);
  if (!newest) return 0;
  const rows = await tx.all<{ id: number }>(
    sql`SELECT d.delivery_id AS id FROM (${newest}) i JOIN {vestibule_webhook_delivery} d ON d.delivery_id = i.delivery_id
      WHERE d.ended_ms <= ${nowMs} LIMIT ${mostReplayed}`,
  );
  return rows.length === 0
    ? 0
    : again(
        tx,
        rows.map(({ id }) => id),
        nowMs,
      );
}

async function again(tx: Transaction, list: readonly number[], nowMs: number): Promise<number> {
  const ids = idList(list);
  const { affectedRows } = await tx.run(
    sql`UPDATE {vestibule_webhook_delivery} SET state = 'waiting', attempts = 0, tried_ms = NULL, ended_ms = NULL WHERE delivery_id IN (${ids}) AND state <> 'waiting'`,
  );
  const mark = `rep_${randomBytes(15).toString('base64url')}`;
  tx.later(sql`INSERT INTO {vestibule_webhook_lane} (webhook_id, lane, next_ms, newest)
    SELECT DISTINCT webhook_id, lane, ${nowMs}, ${mark} FROM {vestibule_webhook_delivery} WHERE delivery_id IN (${ids}) AND state = 'waiting'
    ${tx.dialect.onDuplicate(['webhook_id', 'lane'], ['newest'])}`);
  return affectedRows;
}
