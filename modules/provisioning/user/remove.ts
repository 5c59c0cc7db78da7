import type { Transaction } from '../../framework/index.ts';
import { notFound } from '../../scim/index.ts';
import { onBehalfOf } from '../cause.ts';
import { holdGroupsOf, leaveGroups } from '../group/leave.ts';
import { protectedRefusal } from '../protection/protection.ts';
import { recordChange } from '../record.ts';
import { connectionOf, holdingFor, type ProvisioningContext, type Room } from '../room.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { requireUserMatch } from './match.ts';
import { noChanges } from './reconcile.ts';
import { saveCustomer } from './save.ts';
import { parseUserId } from './user-id.ts';
import { holdUser, type UserRecord } from './user-record.ts';
import { buryUserRows, forgetUserRows } from './user-rows.ts';

/**
 * DELETE /Users/{id} (RFC 7644 §3.6): the user is gone for the client. What becomes of the customer the connection's
 * policy says; orders stay in any case.
 */
export async function deleteUser(room: Room, context: ProvisioningContext, text: string): Promise<void> {
  const id = parseUserId(text);
  if (!id) throw notFound('User', text);
  await room.customers.ready(room.database);
  const noted = context.notes.length;
  await onBehalfOf(room.database, connectionOf(context).id, async (tx) => {
    // A transaction that is run again says everything again.
    context.notes.length = noted;
    await holdGroupsOf(tx, context, id.customerId);
    const record = await holdUser(tx, holdingFor(room, context), connectionOf(context).id, id);
    if (!record) throw notFound('User', text);
    requireUserMatch(room, context, record);
    if (record.isProtected) throw protectedRefusal(record.customerId);
    await room.guard.deletes(tx, context, record);
    await removals[connectionOf(context).policy.deletion](room, tx, context, record);
    recordChange(room, tx, context, {
      operation: 'user.delete',
      status: 204,
      customerId: record.customerId,
      subject: String(record.document.userName),
    });
  });
}

type Removal = (room: Room, tx: Transaction, context: ProvisioningContext, record: UserRecord) => Promise<void>;

const leave: Removal = async (room, tx, context, { memberships, customerId }) => {
  if (memberships.length > 0) await leaveGroups(room, tx, context, customerId);
};

/** The row, with its orders, is deactivated, and a tombstone remembers the externalId. */
const deactivate: Removal = async (room, tx, context, record) => {
  const { customer, lockBefore } = record;
  const { deactivation } = connectionOf(context).policy;
  const locked = lockChange(lockStateOf(customer, lockBefore), false, context.now, deactivation);
  await saveCustomer(room, tx, customer, noChanges, locked, context.now);
  await leave(room, tx, context, record);
  buryUserRows(tx, record.customerId, locked ? locked.lockBefore : lockBefore, context.now);
};

/** Nothing of the person is left; the row stays for its orders, and the tombstone only keeps others from finding it. */
const anonymise: Removal = async (room, tx, context, record) => {
  await leave(room, tx, context, record);
  await room.customers.anonymise(tx, record.customer, context.now);
  forgetUserRows(tx, record.customerId, context.now);
  context.notes.push('The customer was anonymised, as the policy of this connection says.');
};

/** The row goes, with everything that hangs on it; orders stay and belong to nobody. */
const remove: Removal = async (room, tx, context, record) => {
  await leave(room, tx, context, record);
  await room.customers.delete(tx, record.customer, context.now);
  context.notes.push('The row of the customer was deleted, as the policy of this connection says.');
};

const removals = { deactivate, anonymise, delete: remove } as const;
