import { type Database, idList, sql, sqlTimestampMs } from '../../framework/index.ts';
import { restorableFor } from '../guard/limit.ts';

/** Rows that are removed by one statement. */
const batch = 200;
const day = 86_400_000;

/**
 * Forgets holds that were decided about, with their requests and whom those were about. What waits, is being carried out or
 * restored stays, and so does whatever can still be restored. Answers how many holds went.
 */
export async function purgeHolds(database: Database, days: number, now: Date): Promise<number> {
  if (days <= 0) return 0;
  const old = sqlTimestampMs(new Date(now.getTime() - Math.max(days * day, restorableFor)));
  const due = sql`status IN ('done', 'denied', 'withdrawn') AND (restore_status IS NULL OR restore_status <> 'running') AND opened_at < ${old} AND COALESCE(finished_at, decided_at, opened_at) < ${old} AND (restored_at IS NULL OR restored_at < ${old})`;
  let removed = 0;
  for (;;) {
    const holds = await database.all<{ id: number }>(
      sql`SELECT hold_id AS id FROM {vestibule_guard_hold} WHERE ${due} ORDER BY hold_id LIMIT ${batch}`,
    );
    for (const { id } of holds) {
      await purgeRequests(database, id);
      // A restore that was begun meanwhile needs the hold and what passed, not the requests.
      const { affectedRows } = await database.run(
        sql`DELETE FROM {vestibule_guard_hold} WHERE hold_id = ${id} AND ${due}`,
      );
      removed += affectedRows;
    }
    if (holds.length < batch) return removed;
  }
}

async function purgeRequests(database: Database, holdId: number): Promise<void> {
  for (;;) {
    const requests = await database.all<{ id: number }>(
      sql`SELECT held_id AS id FROM {vestibule_guard_held} WHERE hold_id = ${holdId} ORDER BY held_id LIMIT ${batch}`,
    );
    if (requests.length === 0) return;
    for (const { id } of requests) await purgeCustomers(database, id);
    await database.run(
      sql`DELETE FROM {vestibule_guard_held} WHERE held_id IN (${idList(requests.map(({ id }) => id))})`,
    );
  }
}

async function purgeCustomers(database: Database, heldId: number): Promise<void> {
  for (;;) {
    const customers = await database.all<{ id: number }>(
      sql`SELECT customer_id AS id FROM {vestibule_guard_held_customer} WHERE held_id = ${heldId} ORDER BY customer_id LIMIT ${batch}`,
    );
    if (customers.length === 0) return;
    await database.run(
      sql`DELETE FROM {vestibule_guard_held_customer} WHERE held_id = ${heldId} AND customer_id IN (${idList(customers.map(({ id }) => id))})`,
    );
  }
}
