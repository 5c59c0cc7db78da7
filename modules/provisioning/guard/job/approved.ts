import { sql, sqlTimestampMs } from '../../../framework/index.ts';
import { type CarryOutRoom, carryOutHeld, type HeldRow, type Order } from '../hold/carry-out.ts';
import type { Hold } from '../hold/hold.ts';

/** Requests between two renewals of the lease. */
const batch = 20;

/** Carries out what is left of an approved hold, in the order in which it came. `goesOn` is asked before each few. */
export async function carryOutHold(
  parts: CarryOutRoom,
  hold: Hold,
  order: Order,
  goesOn: () => Promise<boolean>,
): Promise<void> {
  const { database } = parts.room;
  while (await goesOn()) {
    const rows = await database.all<HeldRow>(
      sql`SELECT held_id, hold_id, operation, resource_id, subject, request, request_id, stale, had_password FROM {vestibule_guard_held} WHERE hold_id = ${hold.id} AND status = 'waiting' ORDER BY held_id LIMIT ${batch}`,
    );
    if (rows.length === 0) return finish(parts, hold, order);
    for (const row of rows) await carryOutHeld(parts, order, row);
  }
}

async function finish({ room, clock }: CarryOutRoom, hold: Hold, { actor }: Order): Promise<void> {
  const now = clock.now();
  await room.database.transaction(async (tx) => {
    const { affectedRows } = await tx.run(
      sql`UPDATE {vestibule_guard_hold} SET status = 'done', finished_at = ${sqlTimestampMs(now)} WHERE hold_id = ${hold.id} AND status = 'approved' AND NOT EXISTS (SELECT 1 FROM {vestibule_guard_held} i WHERE i.hold_id = ${hold.id} AND i.status = 'waiting')`,
    );
    if (affectedRows === 0) return;
    const counts = await tx.first<{ done: number; failed: number }>(
      sql`SELECT COUNT(CASE WHEN status = 'done' THEN 1 END) AS done, COUNT(CASE WHEN status = 'failed' THEN 1 END) AS failed FROM {vestibule_guard_held} WHERE hold_id = ${hold.id}`,
    );
    room.activities.record(tx, {
      at: now,
      operation: 'guard.finish',
      outcome: 'done',
      status: 200,
      connectionId: hold.connectionId,
      subject: `hold ${hold.id}`,
      actor,
      notes: [`${counts?.done ?? 0} held requests were carried out, ${counts?.failed ?? 0} failed.`],
    });
  });
}
