import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Transaction } from '../../framework/index.ts';
import { type Resource, sameJson } from '../../scim/index.ts';
import { protectedRefusal, requireOpenGroup } from '../protection/protection.ts';
import { recordChange } from '../record.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { requireInScope } from '../scope/scope.ts';
import { mapUser } from './insert.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { makeWay } from './make-way.ts';
import { modifiedOf } from './modified.ts';
import { newsletterTarget } from './newsletter.ts';
import { passwordTarget, permittedHash } from './password.ts';
import { requireChangeAllowed, requireEmail } from './permission.ts';
import { type Changes, changesOf, rowValue, shadowAfter } from './reconcile.ts';
import { renderRecord, renderWritten } from './render.ts';
import { saveCustomer } from './save.ts';
import type { UserRecord } from './user-record.ts';
import { updateUserRows } from './user-rows.ts';
import { saveWaitingGroup, withGroup } from './waiting-group.ts';

/** True where an attribute that a PATCH removes is the one at which a read showed the target. */
const canTakeAway = (mapping: ConnectionMapping, target: string): boolean =>
  mapping.hasInverse(target) &&
  (target !== newsletterTarget || !mapping.tellsSubscription || mapping.readsToldSubscription);

export interface Writing {
  readonly operation: 'user.replace' | 'user.patch' | 'user.reactivate' | 'user.adopt';
  readonly status: number;
  /** True when the document is the whole of what the provider says (PUT), false when it is the result of a PATCH. */
  readonly whole: boolean;
  /** True when the request says whether the user is active, so that the lock has to agree with it. */
  readonly saysActive: boolean;
  /** True once a key of the database was in the way: deleted users give up the names that they still hold. */
  readonly makesWay: boolean;
  /** Of a new password that came along. */
  readonly passwordHash?: string | undefined;
}

/**
 * Makes a held user's document the wanted one: maps it, writes what differs from the row and nothing else, and records it. When
 * neither the document nor the row changes, nothing is written.
 */
export async function writeUser(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  record: UserRecord,
  wanted: Resource,
  { operation, status, whole, saysActive, makesWay, passwordHash: given }: Writing,
): Promise<Resource> {
  const mapping = mappingFor(room, context);
  const { policy } = connectionOf(context);
  const { document: said, mapped } = await mapUser(room, context, wanted, tx);
  const { customer } = record;
  const removes = whole ? () => false : (target: string) => canTakeAway(mapping, target);
  const differing = changesOf(customer, record.shadow, mapped, removes, mapping.locked);
  const values = await withGroup(room, tx, record, differing, mapped, mapping);
  const passwordHash =
    given === undefined ? given : await permittedHash(tx, customer.id, given, mapped.rules?.get(passwordTarget));
  const changes: Changes =
    passwordHash === undefined ? values : { ...values, targets: [...values.targets, passwordTarget] };
  const locked =
    saysActive || changes.targets.includes('is_active')
      ? lockChange(
          lockStateOf(customer, record.lockBefore),
          mapped.attributes.is_active !== 0,
          context.now,
          policy.deactivation,
        )
      : undefined;
  // What the store made of `is_active` stays its own until the provider speaks of it: it is no deactivation by SCIM.
  const before = record.shadow.is_active ?? null;
  const storesOwn = !saysActive && !changes.targets.includes('is_active') && rowValue(customer, 'is_active') !== before;
  const document = storesOwn ? { ...said, active: record.document.active !== false } : said;
  const waits = changes.waitingGroup?.isNew === true;
  if (changes.targets.length === 0 && !waits && !locked && sameJson(record.document, document)) {
    context.outcome = 'unchanged';
    return renderRecord(record, mapping, context.baseUrl);
  }
  if (record.isProtected) throw protectedRefusal(record.customerId);
  requireInScope(connectionOf(context), mapping, document, locked?.ends);
  if (changes.targets.includes('email')) requireEmail(connectionOf(context), changes.attributes.email);
  const group = changes.attributes.group_id ?? (waits ? changes.waitingGroup?.id : undefined);
  if (typeof group === 'number') await requireOpenGroup(tx, group);
  // A POST that brings somebody back is a creation, whatever changes with it.
  if (operation !== 'user.reactivate')
    requireChangeAllowed(room, context, record, { document, targets: changes.targets, locked });
  if (locked?.ends) await room.guard.deactivates(tx, context, customer);
  if (makesWay) await makeWay(room, tx, context, document, changes.attributes.email);
  const saved = await saveCustomer(room, tx, customer, changes, locked, context.now);
  context.notes.push(...saveWaitingGroup(tx, customer.id, changes, mapped.group));
  if (passwordHash !== undefined) await room.passwords.set(tx, customer.id, passwordHash, context.now);
  const after = shadowAfter(mapping, saved, record.shadow, mapped, changes);
  const shadow = storesOwn ? { ...after, is_active: before } : after;
  const lockBefore = locked ? locked.lockBefore : record.lockBefore;
  const rows = {
    customerId: record.customerId,
    connectionId: connectionOf(context).id,
    document,
    mapping,
    shadow,
    lockBefore,
  };
  updateUserRows(tx, record, rows, context.now);
  recordChange(room, tx, context, {
    operation:
      locked && operation !== 'user.reactivate' ? (locked.ends ? 'user.deactivate' : 'user.activate') : operation,
    status,
    customerId: record.customerId,
    subject: String(document.userName),
    changed: changes.targets,
    modified: modifiedOf({ before: record.document, after: document, customer, changes }),
  });
  const written = { document, shadow, customer: saved, groups: record.groups };
  return renderWritten(context, mapping, record, written);
}
