import { notFound } from '../scim/index.ts';
import { lockChange } from './lock.ts';
import { recordChange } from './record.ts';
import { connectionOf, type ProvisioningContext, type Room } from './room.ts';
import { saveCustomer } from './save.ts';
import { parseUserId } from './user-id.ts';
import { findUser } from './user-record.ts';
import { buryUserRows } from './user-rows.ts';

const nothing = { attributes: {}, address: undefined, shadow: {}, targets: [] };

/**
 * DELETE /Users/{id} (RFC 7644 §3.6): the user is gone for the client; the customer's row, with its orders, is
 * deactivated, and a tombstone remembers the externalId.
 */
export async function deleteUser(room: Room, context: ProvisioningContext, text: string): Promise<void> {
  const id = parseUserId(text);
  if (!id) throw notFound('User', text);
  await room.database.transaction(async (tx) => {
    const record = await findUser(tx, room.customers, connectionOf(context).id, id, true);
    if (!record) throw notFound('User', text);
    const { is_active = 1, lock_expires = null } = record.customer.attributes;
    const locked = lockChange(
      { isActive: is_active, lockExpires: lock_expires, lockBefore: record.lockBefore },
      false,
      context.now,
    );
    await saveCustomer(room, tx, record.customer, nothing, locked, context.now);
    buryUserRows(tx, record.customerId, locked ? locked.lockBefore : record.lockBefore, context.now);
    recordChange(room, tx, context, {
      operation: 'user.delete',
      status: 204,
      customerId: record.customerId,
      subject: String(record.document.userName),
    });
  });
}
