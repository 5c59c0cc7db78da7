import { DuplicateKeyError, sql, sqlTimestampMs } from '../../../framework/index.ts';
import type { CarryOutRoom, Order } from '../hold/carry-out.ts';
import type { Hold } from '../hold/hold.ts';
import { bringBack, NotRestorable } from '../restore/bring-back.ts';
import { countWave, nextOfWave } from '../restore/wave.ts';

const batch = 20;

/** Brings back whom a wave cost something, one transaction each. Interrupted, it goes on with those who are left. */
export async function restoreWave(
  parts: CarryOutRoom,
  hold: Hold,
  order: Order,
  goesOn: () => Promise<boolean>,
): Promise<void> {
  const { room, clock } = parts;
  await room.customers.ready(room.database);
  await room.mapping.ready(room.database, order.connection);
  for (let after = 0; await goesOn(); ) {
    const customers = await nextOfWave(room.database, hold, clock.now(), after, batch);
    if (customers.length === 0) return finish(parts, hold, order);
    for (const customerId of customers) await restoreOne(parts, hold, order, customerId);
    after = customers.at(-1) ?? after;
  }
}

async function restoreOne({ room, clock }: CarryOutRoom, hold: Hold, order: Order, customerId: number): Promise<void> {
  const now = clock.now();
  try {
    await room.database.transaction((tx) => bringBack(room, tx, { hold, ...order, customerId, now }));
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    await room.database.run(
      sql`UPDATE {vestibule_guard_event} SET failure = ${reason.slice(0, 255)} WHERE customer_id = ${customerId} AND connection_id = ${hold.connectionId} AND weighs = 1 AND restored_at IS NULL AND at > ${hold.since}`,
    );
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof NotRestorable) return error.message;
  if (error instanceof DuplicateKeyError)
    return `Another user or customer has got its ${error.columns.at(-1) ?? 'name'} meanwhile.`;
  return undefined;
}

async function finish({ room, clock }: CarryOutRoom, hold: Hold, { actor }: Order): Promise<void> {
  const now = clock.now();
  await room.database.transaction(async (tx) => {
    const { affectedRows } = await tx.run(
      sql`UPDATE {vestibule_guard_hold} SET restore_status = 'done', restored_at = ${sqlTimestampMs(now)} WHERE hold_id = ${hold.id} AND restore_status = 'running'`,
    );
    if (affectedRows === 0) return;
    const { passed, restored } = await countWave(tx, hold, now);
    room.activities.record(tx, {
      at: now,
      operation: 'guard.restore',
      outcome: 'done',
      status: 200,
      connectionId: hold.connectionId,
      subject: `hold ${hold.id}`,
      actor,
      notes: [`${restored} of ${passed} customers were brought back.`],
    });
  });
}
