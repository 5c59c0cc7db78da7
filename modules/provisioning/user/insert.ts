import type { Executor, Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { recordChange } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { lockChange } from './lock.ts';
import { requireNewCustomers } from './permission.ts';
import { noChanges, shadowAfter } from './reconcile.ts';
import { renderWritten } from './render.ts';
import { insertUserRows, keysOf } from './user-rows.ts';

/** A user that was mapped and waits to be written. */
export interface NewUser {
  readonly document: Resource;
  readonly mapped: Awaited<ReturnType<Room['mapping']['toCustomer']>>;
}

/** Maps a user and checks its names. Inside a transaction `db` is that transaction. @throws ScimError `invalidValue` */
export async function mapUser(
  room: Room,
  context: ProvisioningContext,
  document: Resource,
  db?: Executor,
): Promise<NewUser> {
  const connection = connectionOf(context);
  keysOf(document);
  const mapped = await room.mapping.toCustomer(document, { connection });
  return {
    // Reads always say whether a user is active, so a client that sends it back changes nothing.
    document: { ...document, active: document.active !== false },
    mapped: await room.completion.complete(mapped, connection.websiteId, db),
  };
}

/**
 * Writes a new customer and makes it a managed user. The database's unique keys are the only check there is.
 * @throws ScimError 403 where the connection may create nobody
 */
export async function insertUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  { document, mapped }: NewUser,
): Promise<Resource> {
  const connection = connectionOf(context);
  requireNewCustomers(connection);
  const locked = lockChange(
    { isActive: 1, lockExpires: null, lockBefore: null },
    mapped.attributes.is_active !== 0,
    context.now,
  );
  const customer = await room.customers.createState(
    tx,
    {
      websiteId: connection.websiteId,
      attributes: { ...mapped.attributes, ...locked?.columns },
      ...(mapped.address ? { address: mapped.address } : {}),
    },
    context.now,
  );
  const shadow = shadowAfter(room.mapping, customer, {}, mapped, noChanges);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document,
    type: room.mapping.resourceType(),
    shadow,
    lockBefore: null,
  };
  // Never modified says the same as created (RFC 7643 §3.1), and the customer's row knows whole seconds.
  const createdAt = new Date(Math.floor(context.now.getTime() / 1000) * 1000);
  insertUserRows(tx, rows, createdAt);
  recordChange(room, tx, context, {
    operation: 'user.create',
    status: 201,
    customerId: customer.id,
    subject: String(document.userName),
  });
  return renderWritten(
    context,
    room.mapping,
    { customerId: customer.id, generation: 0 },
    { document, shadow, customer },
    createdAt,
  );
}
