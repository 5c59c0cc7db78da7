import { type Executor, sql } from '../../framework/index.ts';

/** Removes everything the guard knows of a connection that is deleted; what is held goes with it. */
export async function forgetGuard(tx: Executor, connectionId: number): Promise<void> {
  const ofHolds = sql`(SELECT h.hold_id FROM {vestibule_guard_hold} h WHERE h.connection_id = ${connectionId})`;
  await tx.run(
    sql`DELETE FROM {vestibule_guard_held_customer} WHERE held_id IN (SELECT i.held_id FROM {vestibule_guard_held} i WHERE i.hold_id IN ${ofHolds})`,
  );
  await tx.run(sql`DELETE FROM {vestibule_guard_held} WHERE hold_id IN ${ofHolds}`);
  await tx.run(sql`DELETE FROM {vestibule_guard_hold} WHERE connection_id = ${connectionId}`);
  await tx.run(sql`DELETE FROM {vestibule_guard_denial} WHERE connection_id = ${connectionId}`);
  await tx.run(sql`DELETE FROM {vestibule_guard_event} WHERE connection_id = ${connectionId}`);
  await tx.run(sql`DELETE FROM {vestibule_guard_group} WHERE connection_id = ${connectionId}`);
}
