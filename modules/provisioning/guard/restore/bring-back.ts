import type { Connection } from '../../../connection/index.ts';
import { type CustomerState, placeholderDomain } from '../../../customer/index.ts';
import { idList, sql, sqlTimestampMs, type Transaction } from '../../../framework/index.ts';
import type { Resource } from '../../../scim/index.ts';
import { settleCustomers } from '../../group/settle.ts';
import { tellMemberships } from '../../group/tell-memberships.ts';
import type { Room } from '../../room.ts';
import { lockChange, lockStateOf } from '../../user/lock.ts';
import { reviveUserRows, updateUserRows } from '../../user/user-rows.ts';
import type { Hold } from '../hold/hold.ts';
import { groupsToReturnTo, joinAgain } from './groups.ts';
import { lossesOf, type PassedLoss } from './wave.ts';

/** Why a customer can't be brought back, in a sentence. */
export class NotRestorable extends Error {
  override readonly name = 'NotRestorable';
}

/** Who is brought back, on whose word. */
export interface Return {
  readonly hold: Hold;
  readonly connection: Connection;
  readonly customerId: number;
  readonly actor: string;
  readonly now: Date;
}

interface KnownUser {
  readonly generation: number;
  readonly is_deleted: number;
  readonly lock_before: string | null;
  readonly document: string;
  readonly shadow: string;
}

/**
 * Gives a customer back what a wave cost it: its user, from the tombstone, under its old id; the right to log in, while
 * tokens and sessions stay dead; its groups. Held in the order in which everybody holds: groups, user, customer.
 *
 * @throws NotRestorable, DuplicateKeyError where somebody has got its name
 */
export async function bringBack(
  room: Room,
  tx: Transaction,
  { hold, connection, customerId, actor, now }: Return,
): Promise<void> {
  const losses = await lossesOf(tx, hold, now, customerId);
  if (losses.length === 0) return;
  const groupIds = await groupsToReturnTo(tx, connection.id, [...new Set(losses.flatMap(({ groups }) => groups))], now);
  const user = await tx.first<KnownUser>(
    sql`SELECT u.generation, u.is_deleted, u.lock_before, d.document, d.shadow FROM {vestibule_user} u JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id WHERE u.customer_id = ${customerId} AND u.connection_id = ${connection.id} ${tx.dialect.forUpdate}`,
  );
  const customer = await room.customers.byId(tx, customerId, { forUpdate: true });
  if (!customer) throw new NotRestorable('The row of the customer was deleted, as the policy of the connection says.');
  if (!user) throw new NotRestorable('The connection does not manage the customer any more.');
  const document = JSON.parse(user.document) as Resource;
  if (document.userName === undefined)
    throw new NotRestorable('The customer was anonymised, as the policy of the connection says; nothing is left.');
  const changed = await restoreUser(room, tx, { connection, customer, user, document, losses, now });
  const joined = await joinAgain(tx, customerId, groupIds, now);
  if (joined.length > 0) {
    await tellMemberships(room.events, tx, [customerId]);
    await settleCustomers(room, tx, [customerId], now);
  }
  tx.later(
    sql`UPDATE {vestibule_guard_event} SET restored_at = ${sqlTimestampMs(now)}, counts = 0, failure = NULL WHERE event_id IN (${idList(losses.map(({ eventId }) => eventId))})`,
  );
  room.activities.record(tx, {
    at: now,
    operation: 'user.restore',
    outcome: changed.length + joined.length > 0 ? 'done' : 'unchanged',
    status: 200,
    connectionId: connection.id,
    customerId,
    subject: String(document.userName),
    actor,
    changed: [...changed, ...(joined.length > 0 ? ['groups'] : [])],
    notes: [`Brought back as it was before hold ${hold.id} of the mass-deprovision guard.`],
  });
  tx.afterCommit(() => room.search.changed(connection.id));
}

interface Returning {
  readonly connection: Connection;
  readonly customer: CustomerState;
  readonly user: KnownUser;
  readonly document: Resource;
  readonly losses: readonly PassedLoss[];
  readonly now: Date;
}

/** The user's rows and its right to log in. Answers what changed, in SCIM's words. */
async function restoreUser(room: Room, tx: Transaction, returning: Returning): Promise<string[]> {
  const { connection, customer, user, document, losses, now } = returning;
  const isDeleted = user.is_deleted === 1;
  const activates = losses.some(({ kind, wasActive }) => kind === 'deactivate' || (kind === 'delete' && wasActive));
  const locked = activates
    ? lockChange(lockStateOf(customer, user.lock_before), true, now, connection.policy.deactivation)
    : undefined;
  const shadow = JSON.parse(user.shadow) as Record<string, string | number | null>;
  if (isDeleted && hasLostAddress(customer, shadow))
    throw new NotRestorable("The customer's e-mail address belongs to somebody else by now.");
  if (locked) await room.customers.update(tx, customer, locked.columns, now);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document: activates ? { ...document, active: true } : document,
    mapping: room.mapping.of(connection),
    shadow: activates ? { ...shadow, is_active: 1 } : shadow,
    lockBefore: locked ? locked.lockBefore : user.lock_before,
  };
  if (isDeleted) {
    reviveUserRows(tx, rows, now);
    // It never was away: whoever remembers its id is right.
    tx.later(sql`UPDATE {vestibule_user} SET generation = ${user.generation} WHERE customer_id = ${customer.id}`);
  } else if (locked || (activates && document.active === false))
    updateUserRows(tx, { document, lockBefore: user.lock_before }, rows, now);
  return [...(isDeleted ? ['id'] : []), ...(locked ? ['active'] : [])];
}

const hasLostAddress = (customer: CustomerState, shadow: Readonly<Record<string, unknown>>): boolean => {
  const { email } = customer.attributes;
  return email !== shadow.email && String(email).endsWith(`@${placeholderDomain}`);
};
