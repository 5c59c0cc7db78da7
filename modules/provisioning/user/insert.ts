import type { Executor, Transaction } from '../../framework/index.ts';
import { type Resource, schemasOf } from '../../scim/index.ts';
import { requireOpenGroup } from '../protection/protection.ts';
import { recordChange } from '../record.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { requireInScope } from '../scope/scope.ts';
import { UserProvisioned } from './events.ts';
import { computedFor } from './expressions.ts';
import { lockChange } from './lock.ts';
import { modifiedAtCreation } from './modified.ts';
import { createCustomer } from './new-customer.ts';
import { requireEmail, requireNewCustomers } from './permission.ts';
import { noChanges, shadowAfter } from './reconcile.ts';
import { renderWritten } from './render.ts';
import { insertUserRows, keysOf } from './user-rows.ts';

/** A user that was mapped and waits to be written. */
export interface NewUser {
  readonly document: Resource;
  readonly mapped: Awaited<ReturnType<Room['mapping']['toCustomer']>>;
  /** Of the password that came along and is accepted. */
  readonly passwordHash?: string | undefined;
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
  const computed = mappingFor(room, context).evaluates ? computedFor(context, document) : undefined;
  const mapped = await room.mapping.toCustomer(document, { connection, computed });
  const complete = await room.completion.complete(mapped, connection.websiteId, db);
  context.course?.passed('map');
  // Reads always say whether a user is active, so a client that sends it back changes nothing. Schemas come first: that
  // is how a read tells that the stored text says them.
  const said: Resource = { schemas: undefined, ...document, active: document.active !== false };
  said.schemas = schemasOf(document, mappingFor(room, context).resourceType());
  return { document: said, mapped: complete };
}

/**
 * Writes a new customer and makes it a managed user. The database's unique keys are the only check there is.
 * @throws ScimError 403 where the connection may create nobody
 */
export async function insertUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  { document, mapped, passwordHash }: NewUser,
): Promise<Resource> {
  const mapping = mappingFor(room, context);
  const connection = connectionOf(context);
  requireNewCustomers(connection);
  requireInScope(connection, mapping, document);
  requireEmail(connection, mapped.attributes.email);
  const group = await firstGroup(room, tx, context, mapped);
  const locked = lockChange(
    { isActive: 1, lockExpires: null, lockBefore: null },
    mapped.attributes.is_active !== 0,
    context.now,
    connection.policy.deactivation,
  );
  const customer = await createCustomer(
    room,
    tx,
    {
      websiteId: connection.websiteId,
      attributes: { ...mapped.attributes, ...group, ...locked?.columns },
      tellsSubscription: mapping.tellsSubscription,
    },
    { mapped, passwordHash },
    context.now,
  );
  const shadow = shadowAfter(mapping, customer, {}, mapped, noChanges);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document,
    mapping,
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
    modified: modifiedAtCreation(mapped),
  });
  const email = String(customer.attributes.email);
  await room.events.emit(UserProvisioned, { connection, customerId: customer.id, email }, tx);
  return renderWritten(
    context,
    mapping,
    { customerId: customer.id, generation: 0 },
    { document, shadow, customer },
    createdAt,
  );
}

/** The customer group that a new customer begins in: the mapped one, else the connection's, else (nothing) the store's. */
async function firstGroup(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  { attributes }: NewUser['mapped'],
): Promise<{ group_id?: number }> {
  const { code, policy } = connectionOf(context);
  if (typeof attributes.group_id === 'number') {
    await requireOpenGroup(tx, attributes.group_id);
    return {};
  }
  if (policy.defaultGroup === null) return {};
  const group = await room.customerGroups.byCode(tx, policy.defaultGroup);
  if (group && group.id !== 0) return { group_id: group.id };
  context.notes.push(
    `The customer group "${policy.defaultGroup}" of new customers of "${code}" is gone, so the store's default was taken; Policies and Safeguards in the administration (connection:set --code ${code} --default-group) names another.`,
  );
  return {};
}
