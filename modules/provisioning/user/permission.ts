import type { MappedValue } from '../../attribute-mapping/index.ts';
import { type Connection, changeRefusal, newCustomerRefusal } from '../../connection/index.ts';
import { isPlaceholderEmail } from '../../customer/index.ts';
import { forbidden, invalidValue, type Resource, sameJson } from '../../scim/index.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import type { LockChange } from './lock.ts';
import { effectiveDocument } from './render.ts';
import type { UserRecord } from './user-record.ts';

/** @throws ScimError 403 where the connection may create nobody whom the store doesn't know */
export function requireNewCustomers(connection: Connection): void {
  const refusal = newCustomerRefusal(connection);
  if (refusal !== undefined) throw forbidden(refusal);
}

/** @throws ScimError 400 where the connection wants an e-mail address of everybody and this one only stands in for one */
export function requireEmail({ code, policy }: Connection, email: MappedValue | undefined): void {
  if (policy.missingEmail === 'placeholder' || typeof email !== 'string' || !isPlaceholderEmail(email)) return;
  throw invalidValue(
    `This user has no e-mail address: neither "emails" nor "userName" holds one, and the connection "${code}" refuses such users; Policies and Safeguards in the administration (connection:set --code ${code} --missing-email placeholder) takes them.`,
  );
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
    (!isSame(record.document) && !isSame(effectiveDocument(record, mappingFor(room, context))));
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
