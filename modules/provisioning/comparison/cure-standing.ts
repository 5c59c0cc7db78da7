import type { ConnectionPolicy } from '../../connection/index.ts';
import { sql, type Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { endSessions, lockChange, lockStateOf } from '../user/lock.ts';

/**
 * Takes a customer's right to log in, with all that a deactivation takes by the policy of its connection, or gives it back.
 * Where it is so already nothing is written. The user's row is held.
 */
export async function changeStanding(
  room: Room,
  tx: Transaction,
  customerId: number,
  active: boolean,
  policy: ConnectionPolicy,
  now: Date,
): Promise<void> {
  const user = await tx.first<{ lock_before: string | null }>(
    sql`SELECT CAST(lock_before AS CHAR) AS lock_before FROM {vestibule_user} WHERE customer_id = ${customerId}`,
  );
  const customer = await room.customers.byId(tx, customerId, { forUpdate: true });
  if (!customer || !user) return;
  const change = lockChange(lockStateOf(customer, user.lock_before), active, now, policy.deactivation);
  if (!change) return;
  await room.customers.update(tx, customer, change.columns, now);
  endSessions(tx, room.sessions, customerId, change, now);
  tx.later(sql`UPDATE {vestibule_user} SET lock_before = ${change.lockBefore} WHERE customer_id = ${customerId}`);
}
