import { sql, type Transaction } from '../framework/index.ts';
import { fold, forbidden, mutability, notFound, type Resource } from '../scim/index.ts';
import { mapUser } from './insert.ts';
import { lockChange } from './lock.ts';
import { changesOf, rowValue, valuesOf } from './reconcile.ts';
import { recordChange } from './record.ts';
import { renderUser } from './render.ts';
import { connectionOf, type ProvisioningContext, type Room } from './room.ts';
import { saveCustomer } from './save.ts';
import { identifiersOf, isAdoptable } from './unmanaged.ts';
import { printUserId, type UserId } from './user-id.ts';
import { insertUserRows } from './user-rows.ts';

/**
 * The first PUT or PATCH of a shopper that nobody manages yet: takes it over, if the connection's match policy allows.
 * At that first contact the e-mail can't be changed, because whoever owns the address owns the account.
 *
 * @throws ScimError 404, 403 where the policy refuses, 400 `mutability` where the e-mail would change
 */
export async function adoptUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  id: UserId,
  next: (identifiers: Resource) => Resource,
): Promise<Resource> {
  const connection = connectionOf(context);
  const customer = id.generation === 0 ? await room.customers.byId(tx, id.customerId, { forUpdate: true }) : undefined;
  const managed =
    customer && (await tx.first(sql`SELECT user_id FROM {vestibule_user} WHERE customer_id = ${customer.id}`));
  if (!customer || managed || !isAdoptable(customer, connection)) throw notFound('User', printUserId(id));
  if (connection.match !== 'link')
    throw forbidden(
      `Customer ${customer.id} exists in the store and is managed by no connection; the match policy of "${connection.code}" refuses to take it over (connection:set --code ${connection.code} --match link allows it).`,
    );
  const email = String(customer.attributes.email);
  const document = next(identifiersOf(email));
  const { mapped } = await mapUser(room, context, document, tx);
  if (fold(String(mapped.attributes.email)) !== fold(email))
    throw mutability(
      `Customer ${customer.id} is taken over with this request, and its e-mail address can't be changed at that moment; send the address it has, and change it afterwards.`,
    );
  const wanted = { ...valuesOf(mapped), email };
  const changes = changesOf(customer, {}, wanted, () => false);
  const { is_active = 1, lock_expires = null } = customer.attributes;
  const locked = lockChange(
    { isActive: is_active, lockExpires: lock_expires, lockBefore: null },
    mapped.attributes.is_active !== 0,
    context.now,
  );
  const saved = await saveCustomer(room, tx, customer, changes, locked, context.now);
  const shadow: Record<string, string | number | null> = {};
  for (const target in wanted)
    shadow[target] = wanted[target as keyof typeof wanted] === null ? null : rowValue(saved, target);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document,
    shadow,
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
  return renderUser({
    id,
    document,
    createdAt: String(saved.attributes.created_at),
    modifiedAt: context.now.toISOString().slice(0, -1),
    baseUrl: context.baseUrl,
  });
}
