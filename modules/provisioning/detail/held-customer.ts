import { changeRefusal, scopes } from '../../connection/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import { everything, forbidden, notFound } from '../../scim/index.ts';
import { onBehalfOf } from '../cause.ts';
import type { DeskCaller } from '../desk/user-desk.ts';
import { protectedRefusal } from '../protection/protection.ts';
import { recordChange } from '../record.ts';
import { mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { requireInScope } from '../scope/scope.ts';
import { holdUserOf, type UserRecord } from '../user/user-record.ts';

const contextOf = ({ connection, tokenId, actor, requestId }: DeskCaller, now: Date): ProvisioningContext => ({
  caller: { connection, tokenId, tokenName: actor, actor, scopes, notes: [] },
  requestId,
  now,
  mode: 'compat',
  baseUrl: '',
  projection: everything,
  notes: [],
  ignored: [],
});

/** The same policies as for any other change of a user. @throws ScimError 403 */
function requireChangeable(room: Room, context: ProvisioningContext, record: UserRecord): void {
  const { connection } = context.caller;
  if (record.isProtected) throw protectedRefusal(record.customerId);
  requireInScope(connection, mappingFor(room, context), record.document);
  const refusal = changeRefusal(connection, { deactivates: false, updates: true });
  if (refusal !== undefined) throw forbidden(refusal);
}

/** What is done to a customer that is held. */
export interface Detail<T> {
  readonly operation: string;
  /** Names of what changes, for the record. */
  readonly changed: readonly string[];
  /** Answers what came of it, and whether anything changed at all. */
  work(tx: Transaction, customer: CustomerState, now: Date): Promise<{ readonly done: T; readonly changed: boolean }>;
}

/**
 * Changes something that no SCIM attribute says of a customer that the caller's connection manages, and records it.
 *
 * @throws ScimError 404, 403 where a policy refuses
 */
export async function changeDetail<T>(
  room: Room,
  now: Date,
  caller: DeskCaller,
  customerId: number,
  { operation, changed: names, work }: Detail<T>,
): Promise<T> {
  const { database, customers } = room;
  const { connection } = caller;
  const context = contextOf(caller, now);
  await customers.ready(database);
  await room.mapping.ready(database, connection);
  return onBehalfOf(database, connection.id, async (tx) => {
    const mapping = room.mapping.of(connection);
    const record = await holdUserOf(tx, { customers, mapping }, connection.id, customerId);
    if (!record) throw notFound('User', String(customerId));
    requireChangeable(room, context, record);
    const { done, changed } = await work(tx, record.customer, now);
    if (changed)
      recordChange(room, tx, context, {
        operation,
        status: 200,
        customerId,
        subject: String(record.document.userName),
        changed: names,
      });
    return done;
  });
}
