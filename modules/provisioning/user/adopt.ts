import { sql, type Transaction } from '../../framework/index.ts';
import { fold, forbidden, mutability, notFound, type Resource } from '../../scim/index.ts';
import { recordChange } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { mapUser } from './insert.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { requireShopperMatch } from './match.ts';
import { requireAdoptionAllowed } from './permission.ts';
import { changesOf, shadowAfter } from './reconcile.ts';
import { renderWritten } from './render.ts';
import { saveCustomer } from './save.ts';
import { identifiersOf, isAdoptable } from './unmanaged.ts';
import { printUserId, type UserId } from './user-id.ts';
import { insertUserRows } from './user-rows.ts';

/** What the request says of a shopper that it takes over. */
export interface Adoption {
  /** True when it says whether the user is active; what the store made of that stays otherwise. */
  readonly saysActive: boolean;
  readonly documentOf: (identifiers: Resource) => Resource;
}

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
  { saysActive, documentOf }: Adoption,
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
  const { email: address, is_active, created_at, updated_at } = customer.attributes;
  const email = String(address);
  const known = { id: customer.id, email, createdAt: String(created_at), updatedAt: String(updated_at) };
  requireShopperMatch(context, known);
  const { document, mapped } = await mapUser(room, context, documentOf(identifiersOf(email)), tx);
  if (fold(String(mapped.attributes.email)) !== fold(email))
    throw mutability(
      `Customer ${customer.id} is taken over with this request, and its e-mail address can't be changed at that moment; send the address it has, and change it afterwards.`,
    );
  const active = mapped.attributes.is_active ?? 1;
  const wanted = {
    ...mapped,
    attributes: { ...mapped.attributes, email, is_active: saysActive ? active : (is_active ?? 1) },
  };
  const changes = changesOf(customer, {}, wanted, () => false);
  const locked = saysActive ? lockChange(lockStateOf(customer, null), active !== 0, context.now) : undefined;
  requireAdoptionAllowed(connection, locked);
  const saved = await saveCustomer(room, tx, customer, changes, locked, context.now);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document,
    type: room.mapping.resourceType(),
    // Where the request does not say, the document's `active` is our assumption, and the store's value a drift from it.
    shadow: { ...shadowAfter(room.mapping, saved, {}, wanted, changes), is_active: active },
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
