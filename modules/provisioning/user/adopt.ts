import { sql, type Transaction } from '../../framework/index.ts';
import { fold, mutability, notFound, type Resource } from '../../scim/index.ts';
import { requireApproval, requireTakeoverAllowed } from '../adoption/takeover.ts';
import { requireUnprotected } from '../protection/protection.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { requireInScope } from '../scope/scope.ts';
import { mapUser } from './insert.ts';
import { requireShopperMatch } from './match.ts';
import { takeOver } from './take-over.ts';
import { identifiersOf, isAdoptable } from './unmanaged.ts';
import { printUserId, type UserId } from './user-id.ts';

/** What the request says of a shopper that it takes over. */
export interface Adoption {
  /** True when it says whether the user is active; what the store made of that stays otherwise. */
  readonly saysActive: boolean;
  readonly documentOf: (identifiers: Resource) => Resource;
  /** What told which customer is meant; its id unless said. */
  readonly matchedBy?: string;
}

/**
 * The first PUT or PATCH of a shopper that nobody manages yet: takes it over, if the connection's match policy allows.
 * At that first contact neither e-mail nor userName can be changed, because whoever owns the address owns the account.
 * Answers undefined when another request of this connection was quicker: then there is a user to be changed.
 *
 * @throws ScimError 404, 403 where a policy refuses, 400 `mutability` where e-mail or userName would change
 */
export async function adoptUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  id: UserId,
  { saysActive, documentOf, matchedBy = 'id' }: Adoption,
): Promise<Resource | undefined> {
  const connection = connectionOf(context);
  const mapping = mappingFor(room, context);
  const reading = { forUpdate: true, subscription: mapping.tellsSubscription };
  const customer = id.generation === 0 ? await room.customers.byId(tx, id.customerId, reading) : undefined;
  if (!customer || !isAdoptable(customer, connection)) throw notFound('User', printUserId(id));
  const managed = await managerOf(tx, customer.id);
  if (managed?.connection_id === connection.id && managed.is_deleted === 0) return undefined;
  if (managed) throw notFound('User', printUserId(id));
  requireTakeoverAllowed(connection, customer);
  await requireUnprotected(tx, customer.id);
  const { email: address, created_at, updated_at } = customer.attributes;
  const email = String(address);
  const known = { id: customer.id, email, createdAt: String(created_at), updatedAt: String(updated_at) };
  requireShopperMatch(room, context, customer, known);
  const { document, mapped } = await mapUser(room, context, documentOf(identifiersOf(email)), tx);
  if (fold(String(mapped.attributes.email)) !== fold(email))
    throw mutability(
      `Customer ${customer.id} is taken over with this request, and its e-mail address can't be changed at that moment; send the address it has, and change it afterwards.`,
    );
  // Under `ask` an administrator says whether the two names mean one person; nobody else can.
  if (matchedBy === 'id' && connection.match !== 'ask' && fold(String(document.userName)) !== fold(email))
    throw mutability(
      `Customer ${customer.id} is taken over with this request, and its userName can't be changed at that moment; send "${email}", and change it afterwards, or have an administrator decide who is whom (Policies and Safeguards in the administration, or connection:set --code ${connection.code} --match ask).`,
    );
  requireInScope(connection, mapping, document);
  await requireApproval(tx, connection, customer.id, document, matchedBy);
  return takeOver(room, tx, context, customer, {
    document,
    mapped,
    saysActive,
    status: 200,
    keeps: [],
    matchedBy,
  });
}

/** Who manages a customer, tombstones included; the row is held. */
export const managerOf = (tx: Transaction, customerId: number) =>
  tx.first<{ connection_id: number; is_deleted: number }>(
    sql`SELECT connection_id, is_deleted FROM {vestibule_user} WHERE customer_id = ${customerId} ${tx.dialect.forUpdate}`,
  );
