import { notFound } from '../../scim/index.ts';
import { holdGroupsOf, leaveGroups } from '../group/leave.ts';
import { recordChange } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { requireUserMatch } from './match.ts';
import { noChanges } from './reconcile.ts';
import { saveCustomer } from './save.ts';
import { parseUserId } from './user-id.ts';
import { holdUser } from './user-record.ts';
import { buryUserRows } from './user-rows.ts';

/**
 * DELETE /Users/{id} (RFC 7644 §3.6): the user is gone for the client; the customer's row, with its orders, is
 * deactivated, and a tombstone remembers the externalId.
 */
export async function deleteUser(room: Room, context: ProvisioningContext, text: string): Promise<void> {
  const id = parseUserId(text);
  if (!id) throw notFound('User', text);
  await room.database.transaction(async (tx) => {
    await holdGroupsOf(tx, context, id.customerId);
    const record = await holdUser(tx, room.customers, connectionOf(context).id, id);
    if (!record) throw notFound('User', text);
    requireUserMatch(room, context, record);
    const locked = lockChange(lockStateOf(record.customer, record.lockBefore), false, context.now);
    await saveCustomer(room, tx, record.customer, noChanges, locked, context.now);
    if (record.memberships.length > 0) await leaveGroups(room, tx, context, record.customerId);
    buryUserRows(tx, record.customerId, locked ? locked.lockBefore : record.lockBefore, context.now);
    recordChange(room, tx, context, {
      operation: 'user.delete',
      status: 204,
      customerId: record.customerId,
      subject: String(record.document.userName),
    });
  });
}
