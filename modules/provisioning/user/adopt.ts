import { sql, type Transaction } from '../../framework/index.ts';
import { fold, forbidden, mutability, notFound, type Resource } from '../../scim/index.ts';
import { recordChange } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { mapUser } from './insert.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { changesOf, shadowAfter } from './reconcile.ts';
import { renderWritten } from './render.ts';
import { saveCustomer } from './save.ts';
import { identifiersOf, isAdoptable } from './unmanaged.ts';
import { printUserId, type UserId } from './user-id.ts';
import { insertUserRows } from './user-rows.ts';

/**
 * The first PUT or PATCH of a shopper that nobody manages yet: takes it over, if the connection's match policy allows.
 * At that first contact the e-mail can't be changed, because whoever owns the address owns the account. Answers undefined
 * when another request of this connection was quicker: then there is a user to be changed.
 *
 * @throws ScimError 404, 403 where the policy refuses, 400 `mutability` where the e-mail would change
 */
export async function adoptUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  id: UserId,
  next: (identifiers: Resource) => Resource,
): Promise<Resource | undefined> {
  const connection = connectionOf(context);
  const customer = id.generation === 0 ? await room.customers.byId(tx, id.customerId, { forUpdate: true }) : undefined;
  if (!customer || !isAdoptable(customer, connection)) throw notFound('User', printUserId(id));
  const managed = await tx.first<{ connection_id: number; is_deleted: number }>(
    sql`SELECT connection_id, is_deleted FROM {vestibule_user} WHERE customer_id = ${customer.id} ${tx.dialect.forUpdate}`,
  );
  if (managed?.connection_id === connection.id && managed.is_deleted === 0) return undefined;
  if (managed) throw notFound('User', printUserId(id));
  if (connection.match !== 'link')
    throw forbidden(
      `Customer ${customer.id} exists in the store and is managed by no connection; the match policy of "${connection.code}" refuses to take it over (connection:set --code ${connection.code} --match link allows it).`,
    );
  const email = String(customer.attributes.email);
  const { document, mapped } = await mapUser(room, context, next(identifiersOf(email)), tx);
  if (fold(String(mapped.attributes.email)) !== fold(email))
    throw mutability(
      `Customer ${customer.id} is taken over with this request, and its e-mail address can't be changed at that moment; send the address it has, and change it afterwards.`,
    );
  const wanted = { ...mapped, attributes: { ...mapped.attributes, email } };
  const changes = changesOf(customer, {}, wanted, () => false);
  const locked = lockChange(lockStateOf(customer, null), mapped.attributes.is_active !== 0, context.now);
  const saved = await saveCustomer(room, tx, customer, changes, locked, context.now);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document,
    shadow: shadowAfter(saved, {}, wanted, changes),
    lockBefore: locked?.lockBefore ?? null,
  };
  insertUserRows(tx, rows, context.now);
  context.outcome = 'adopted';
  context.notes.push(
    'The customer existed in the store and was managed by no connection; this connection manages it now.',
  );
  recordChange(room, tx, context, {
    operation: 'user.adopt',
    status: 200,
    customerId: customer.id,
    subject: String(document.userName),
    changed: changes.targets,
  });
  return renderWritten(context, room.mapping, id, { ...rows, customer: saved });
}
