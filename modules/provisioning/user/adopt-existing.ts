import { sql, type Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { existingCustomer } from '../adoption/existing-customer.ts';
import { orAsk, requireApproval, requireTakeoverAllowed } from '../adoption/takeover.ts';
import { onBehalfOf } from '../cause.ts';
import { requireUnprotected } from '../protection/protection.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { requireInScope } from '../scope/scope.ts';
import { managerOf } from './adopt.ts';
import type { NewUser } from './insert.ts';
import { type Takeover, takeOver } from './take-over.ts';
import { isAdoptable } from './unmanaged.ts';
import { keysOf, type UserKeys } from './user-rows.ts';

/** What identifies a person to the store: a match by something else does not change it. */
const own: readonly string[] = ['email', 'prefix', 'firstname', 'middlename', 'lastname', 'suffix'];

/**
 * A POST of somebody whom a match row of the mapping finds among the customers that nobody manages: takes that one over,
 * asks, or refuses, as the connection's match policy says. Undefined where nobody is found.
 *
 * @throws ScimError 403 where a policy refuses or an administrator is asked; DuplicateKeyError
 */
export async function adoptExisting(
  room: Room,
  context: ProvisioningContext,
  user: NewUser,
  saysActive: boolean,
): Promise<Resource | undefined> {
  if (mappingFor(room, context).matches.length === 0) return undefined;
  const noted = context.notes.length;
  return orAsk(room, context, () =>
    onBehalfOf(room.database, connectionOf(context).id, async (tx) => {
      context.notes.length = noted;
      return adoptMatching(room, tx, context, user, { saysActive, status: 201 });
    }),
  );
}

/** The same inside of a transaction that does more than this. @throws MatchPending where an administrator is to be asked */
export async function adoptMatching(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  { document, mapped }: NewUser,
  how: Pick<Takeover, 'saysActive' | 'status'>,
): Promise<Resource | undefined> {
  const mapping = mappingFor(room, context);
  if (mapping.matches.length === 0) return undefined;
  const connection = connectionOf(context);
  const keys = keysOf(document);
  if (await isKnown(tx, connection.id, keys)) return undefined;
  const note = (text: string): void => {
    context.notes.push(text);
  };
  const search = { db: tx, customers: room.customers, connection, mapping, userNameKey: keys.userName, note };
  const found = await existingCustomer(search, mapped);
  const reading = { forUpdate: true, subscription: mapping.tellsSubscription };
  const customer = found && (await room.customers.byId(tx, found.customerId, reading));
  if (!found || !customer || !isAdoptable(customer, connection)) return undefined;
  if (await managerOf(tx, customer.id)) return undefined;
  context.course?.passed('match', `customer ${customer.id} by "${found.target}"`);
  requireTakeoverAllowed(connection, customer);
  await requireUnprotected(tx, customer.id);
  requireInScope(connection, mapping, document);
  await requireApproval(tx, connection, customer.id, document, found.target);
  return takeOver(room, tx, context, customer, { document, mapped, ...how, keeps: own, matchedBy: found.target });
}

/** True where this connection has, or had, a user of one of these names: that is who is meant. */
const isKnown = (tx: Transaction, connectionId: number, { userName, externalId }: UserKeys): Promise<unknown> =>
  tx.first(
    sql`SELECT customer_id FROM {vestibule_user} WHERE connection_id = ${connectionId} AND (user_name_key = ${userName} OR external_id = ${externalId}) LIMIT 1`,
  );
