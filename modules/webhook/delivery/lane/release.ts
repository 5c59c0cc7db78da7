import { heldBy, sql, type Transaction } from '../../../framework/index.ts';
import { longestTimeout } from '../settings.ts';
import { claimMargin } from './claim.ts';

/** No claim runs out later than so many milliseconds from now. */
const longestClaim = longestTimeout * 1_000 + claimMargin;

/**
 * Makes lanes due that a process has claimed which is gone, and lets endpoints be asked that it has left alone for its own
 * request: their claims would run out by themselves, some seconds later. Few entries of an index for each subscription.
 */
export async function releaseLanesOf(tx: Transaction, process: string, nowMs: number): Promise<void> {
  const webhooks = await tx.all<{ id: number }>(
    sql`SELECT webhook_id AS id FROM {vestibule_webhook} ORDER BY webhook_id`,
  );
  for (const { id } of webhooks) {
    const { affectedRows } = await tx.run(
      sql`UPDATE {vestibule_webhook_lane} ${tx.dialect.readBy('vestibule_webhook_lane_due')} SET claim = NULL, next_ms = ${nowMs}
        WHERE webhook_id = ${id} AND next_ms > ${nowMs} AND next_ms <= ${nowMs + longestClaim} AND claim LIKE ${heldBy(process)}`,
    );
    if (affectedRows > 0)
      tx.later(
        sql`UPDATE {vestibule_webhook} SET paused_until_ms = ${nowMs} WHERE webhook_id = ${id} AND paused_until_ms > ${nowMs} AND paused_until_ms <= ${nowMs + longestClaim}`,
      );
  }
}
