import { type Connection, changeRefusal, newCustomerRefusal } from '../../connection/index.ts';
import { forbidden, type Resource, sameJson } from '../../scim/index.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import type { LockChange } from './lock.ts';
import { effectiveDocument } from './render.ts';
import type { UserRecord } from './user-record.ts';

/** @throws ScimError 403 where the connection may create nobody whom the store doesn't know */
export function requireNewCustomers(connection: Connection): void {
  const refusal = newCustomerRefusal(connection);
  if (refusal !== undefined) throw forbidden(refusal);
}

/** What is about to be written to a user. */
interface Intended {
  readonly document: Resource;
  readonly targets: readonly string[];
  readonly locked: LockChange | undefined;
}

/**
 * Whoever may only deactivate must still be understood when the rest of the user comes along as it is: only what differs
 * from what a read shows counts as an update.
 *
 * @throws ScimError 403 where a switch of the connection forbids what the request comes to
 */
export function requireChangeAllowed(
  room: Room,
  context: ProvisioningContext,
  record: UserRecord,
  { document, targets, locked }: Intended,
): void {
  const connection = connectionOf(context);
  if (connection.policy.update && connection.policy.deactivate) return;
  const isSame = (known: Resource) => sameJson({ ...document, active: true }, { ...known, active: true });
  const updates =
    targets.some((target) => target !== 'is_active') ||
    locked?.ends === false ||
    (!isSame(record.document) && !isSame(effectiveDocument(record, room.mapping)));
  refuse(connection, { deactivates: locked?.ends === true, updates });
}

/** Taking somebody over is an update. @throws ScimError 403 where a switch of the connection forbids it */
export function requireAdoptionAllowed(connection: Connection, locked: LockChange | undefined): void {
  refuse(connection, { deactivates: locked?.ends === true, updates: true });
}

function refuse(connection: Connection, change: Parameters<typeof changeRefusal>[1]): void {
  const refusal = changeRefusal(connection, change);
  if (refusal !== undefined) throw forbidden(refusal);
}
