import type { Computed, ConnectionMapping, MappedCustomer, TargetRule } from '../../attribute-mapping/index.ts';
import type { Executor, Transaction } from '../../framework/index.ts';
import { sameJson } from '../../scim/index.ts';
import { protectedRefusal, requireOpenGroup } from '../protection/protection.ts';
import { recordChange } from '../record.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { type LockChange, lockChange, lockStateOf } from '../user/lock.ts';
import { modifiedOf } from '../user/modified.ts';
import { newsletterTarget } from '../user/newsletter.ts';
import { requireEmail } from '../user/permission.ts';
import { type Changes, changesOf, rowValue, shadowAfter, valuesOf } from '../user/reconcile.ts';
import { saveCustomer } from '../user/save.ts';
import type { UserRecord } from '../user/user-record.ts';
import { updateUserRows } from '../user/user-rows.ts';
import { saveWaitingGroup, withGroup } from '../user/waiting-group.ts';

/** What a mapping makes of a user as its provider last sent it. */
export interface Remapping {
  readonly mapped: MappedCustomer;
  readonly changes: Changes;
  readonly locked: LockChange | undefined;
}

/**
 * Maps a stored user anew. What the store has made of a value since stays, as long as the mapping says of it what it said
 * before: only what the mapping changes is changed.
 *
 * @throws ScimError where the mapping refuses the user
 */
export async function remapping(
  room: Room,
  context: ProvisioningContext,
  record: UserRecord,
  computed: Computed | undefined,
  db?: Executor,
): Promise<Remapping> {
  const connection = connectionOf(context);
  const mapping = mappingFor(room, context);
  const plain = await room.mapping.toCustomer(record.document, { connection, computed });
  const mapped = sparing(await room.completion.complete(plain, connection.websiteId, db), record, mapping);
  const differing = changesOf(record.customer, record.shadow, mapped, () => false, mapping.locked);
  const changes = await withGroup(room, db ?? room.database, record, differing, mapped, mapping);
  const locked = changes.targets.includes('is_active')
    ? lockChange(
        lockStateOf(record.customer, record.lockBefore),
        mapped.attributes.is_active !== 0,
        context.now,
        connection.policy.deactivation,
      )
    : undefined;
  return { mapped, changes, locked };
}

const asItIs: TargetRule = { apply: 'create', onNull: 'keep' };

/** What the store has changed since it was written, and the mapping says nothing new of, is for new customers alone. */
function sparing(
  mapped: MappedCustomer,
  { shadow, customer }: Pick<UserRecord, 'shadow' | 'customer'>,
  { locked }: ConnectionMapping,
): MappedCustomer {
  const wanted = valuesOf(mapped);
  const own = Object.keys(shadow).filter((target) => {
    // Of a subscription only what is said anew counts in any case.
    if (target === newsletterTarget && customer.subscribed !== undefined) return false;
    const written = shadow[target] ?? null;
    return !locked.has(target) && rowValue(customer, target) !== written && (wanted[target] ?? null) === written;
  });
  if (own.length === 0) return mapped;
  return { ...mapped, rules: new Map([...(mapped.rules ?? []), ...own.map((target) => [target, asItIs] as const)]) };
}

const isChanged = ({ targets, waitingGroup }: Changes): boolean => targets.length > 0 || waitingGroup?.isNew === true;

/** Whether a remapping changes the customer, or what is remembered of the user. */
export function needsWriting(
  room: Room,
  context: ProvisioningContext,
  record: UserRecord,
  { mapped, changes }: Remapping,
): boolean {
  if (isChanged(changes)) return true;
  return !sameJson(
    shadowAfter(mappingFor(room, context), record.customer, record.shadow, mapped, changes),
    record.shadow,
  );
}

/**
 * Writes what a remapping comes to, in the transaction that holds the user, and records it. What is to be remembered of
 * the user (its shadow) is written even where no value of the customer changes.
 *
 * @throws ScimError 403 for a protected customer or group, 400 for an address that the connection must not do without
 */
export async function writeRemapping(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  record: UserRecord,
  { mapped, changes, locked }: Remapping,
): Promise<void> {
  const mapping = mappingFor(room, context);
  const changed = isChanged(changes);
  if (changed) await requireAllowed(tx, context, record, changes);
  const saved = changed ? await saveCustomer(room, tx, record.customer, changes, locked, context.now) : record.customer;
  const shadow = shadowAfter(mapping, saved, record.shadow, mapped, changes);
  if (!changed && sameJson(shadow, record.shadow)) return;
  context.notes.push(...saveWaitingGroup(tx, record.customerId, changes, mapped.group));
  const rows = {
    customerId: record.customerId,
    connectionId: connectionOf(context).id,
    document: record.document,
    mapping,
    shadow,
    lockBefore: locked ? locked.lockBefore : record.lockBefore,
  };
  updateUserRows(tx, record, rows, context.now);
  if (!changed) return;
  recordChange(room, tx, context, {
    operation: 'user.remap',
    status: 200,
    customerId: record.customerId,
    subject: String(record.document.userName),
    changed: changes.targets,
    modified: modifiedOf({ before: record.document, after: record.document, customer: record.customer, changes }),
  });
}

async function requireAllowed(
  tx: Transaction,
  context: ProvisioningContext,
  record: UserRecord,
  { attributes, targets, waitingGroup }: Changes,
): Promise<void> {
  if (record.isProtected) throw protectedRefusal(record.customerId);
  if (targets.includes('email')) requireEmail(connectionOf(context), attributes.email);
  const group = attributes.group_id ?? waitingGroup?.id;
  if (typeof group === 'number') await requireOpenGroup(tx, group);
}
