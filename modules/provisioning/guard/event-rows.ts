import { join, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { listsOf } from '../group/pieces.ts';
import type { Loss } from './loss.ts';
import type { Passage } from './passage.ts';

interface Remembered extends Passage {
  readonly connectionId: number;
  readonly at: Date;
}

/** Rows per statement. */
const batch = 500;

/** Writes event rows in the transaction of the loss itself: both are kept or neither. */
export function rememberLosses(
  tx: Transaction,
  losses: readonly Loss[],
  { connectionId, at, counted, holdId }: Remembered,
): void {
  const time = sqlTimestampMs(at);
  for (const list of listsOf(losses, batch)) {
    const rows = list.map(({ customerId, kind, weighs, wasActive, groups }) => {
      const ids = groups.length === 0 ? null : JSON.stringify(groups);
      return sql`(${connectionId}, ${time}, ${customerId}, ${kind}, ${weighs ? 1 : 0}, ${counted.has(customerId) ? 1 : 0}, ${wasActive ? 1 : 0}, ${ids}, ${holdId})`;
    });
    tx.later(
      sql`INSERT INTO {vestibule_guard_event} (connection_id, at, customer_id, kind, weighs, counts, was_active, group_ids, hold_id) VALUES ${join(rows)}`,
    );
  }
}
