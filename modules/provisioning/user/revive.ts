import { sql, type Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { requireUnprotected } from '../protection/protection.ts';
import { recordChange } from '../record.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { requireInScope } from '../scope/scope.ts';
import type { NewUser } from './insert.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { makeWay } from './make-way.ts';
import { modifiedOf } from './modified.ts';
import { requireEmail } from './permission.ts';
import { changesOf, shadowAfter, type Values } from './reconcile.ts';
import { renderWritten } from './render.ts';
import { saveCustomer } from './save.ts';
import { reviveUserRows } from './user-rows.ts';

/**
 * Brings a deleted user back under the id `<entity id>-<n>`: the same customer with its orders, since the same
 * externalId says that it is the same person. Tokens and sessions stay dead.
 */
export async function revive(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  tombstone: { customer_id: number; generation: number },
  { document, mapped, passwordHash }: NewUser,
): Promise<Resource> {
  const mapping = mappingFor(room, context);
  const connection = connectionOf(context);
  const customer = await room.customers.byId(tx, tombstone.customer_id, {
    forUpdate: true,
    subscription: mapping.tellsSubscription,
  });
  if (!customer) throw new Error(`customer ${tombstone.customer_id} vanished while its row was held`);
  await requireUnprotected(tx, customer.id);
  requireInScope(connection, mapping, document);
  requireEmail(connection, mapped.attributes.email);
  const row = await tx.first<{ lock_before: string | null; shadow: string }>(
    sql`SELECT u.lock_before, d.shadow FROM {vestibule_user} u JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id WHERE u.customer_id = ${customer.id}`,
  );
  const lockBefore = row?.lock_before ?? null;
  const before = JSON.parse(row?.shadow ?? '{}') as Values;
  const changes = changesOf(customer, before, mapped, () => false, mapping.locked);
  const locked = lockChange(
    lockStateOf(customer, lockBefore),
    mapped.attributes.is_active !== 0,
    context.now,
    connection.policy.deactivation,
  );
  await makeWay(room, tx, context, document, changes.attributes.email);
  const saved = await saveCustomer(room, tx, customer, changes, locked, context.now);
  if (passwordHash !== undefined) await room.passwords.set(tx, customer.id, passwordHash, context.now);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document,
    mapping,
    shadow: shadowAfter(mapping, saved, before, mapped, changes),
    lockBefore: locked ? locked.lockBefore : lockBefore,
  };
  reviveUserRows(tx, rows, context.now);
  context.outcome = 'revived';
  context.notes.push(
    'The user was deleted before under the same externalId; the same customer came back under a new id.',
  );
  recordChange(room, tx, context, {
    operation: 'user.revive',
    status: 201,
    customerId: customer.id,
    subject: String(document.userName),
    changed: changes.targets,
    modified: modifiedOf({ before: {}, after: document, customer, changes }),
  });
  return renderWritten(
    context,
    mapping,
    { customerId: customer.id, generation: tombstone.generation + 1 },
    { ...rows, customer: saved },
  );
}
