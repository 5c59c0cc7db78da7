import type { ConnectionMapping, MappedCustomer } from '../../attribute-mapping/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { closeRequests } from '../adoption/match-requests.ts';
import { requireOpenGroup } from '../protection/protection.ts';
import { recordChange } from '../record.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { CustomerAdopted } from './events.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { modifiedOf } from './modified.ts';
import { bringsPassword } from './password.ts';
import { requireAdoptionAllowed } from './permission.ts';
import { type Changes, changesOf, rowValue, shadowAfter } from './reconcile.ts';
import { renderWritten } from './render.ts';
import { saveCustomer } from './save.ts';
import { identifiersOf } from './unmanaged.ts';
import { insertUserRows } from './user-rows.ts';

/** How a customer that nobody manages becomes a user. */
export interface Takeover {
  readonly document: Resource;
  readonly mapped: MappedCustomer;
  /** True when the request says whether the user is active; what the store made of that stays otherwise. */
  readonly saysActive: boolean;
  readonly status: 200 | 201;
  /** Targets where the store's own value stays if it has one. */
  readonly keeps: readonly string[];
  /** What told which customer is meant. */
  readonly matchedBy: string;
}

/**
 * Makes a customer, whose row is held, a user of this connection. Whoever owns the e-mail address owns the account, so that
 * stays as it is at this moment.
 *
 * @throws ScimError 403 where a policy forbids it
 */
export async function takeOver(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  customer: CustomerState,
  { document, mapped, saysActive, status, keeps, matchedBy }: Takeover,
): Promise<Resource> {
  const mapping: ConnectionMapping = mappingFor(room, context);
  const connection = connectionOf(context);
  const { is_active } = customer.attributes;
  const email = String(customer.attributes.email);
  const active = mapped.attributes.is_active ?? 1;
  const kept = new Set(keeps.filter((target) => differs(customer, mapped, target)));
  const stays = Object.fromEntries([...kept].map((target) => [target, rowValue(customer, target)]));
  const wanted = {
    ...mapped,
    attributes: { ...mapped.attributes, email, is_active: saysActive ? active : (is_active ?? 1), ...stays },
  };
  const found = changesOf(customer, {}, wanted, () => false, mapping.locked);
  const changes: Changes = { ...found, kept: new Set([...found.kept, ...kept]) };
  const locked = saysActive
    ? lockChange(lockStateOf(customer, null), active !== 0, context.now, connection.policy.deactivation)
    : undefined;
  if (typeof changes.attributes.group_id === 'number') await requireOpenGroup(tx, changes.attributes.group_id);
  requireAdoptionAllowed(connection, locked);
  if (locked?.ends) await room.guard.deactivates(tx, context, customer);
  const saved = await saveCustomer(room, tx, customer, changes, locked, context.now);
  const rows = {
    customerId: customer.id,
    connectionId: connection.id,
    document,
    mapping,
    // Where the request does not say, the document's `active` is our assumption, and the store's value a drift from it.
    shadow: { ...shadowAfter(mapping, saved, {}, wanted, changes), is_active: active },
    lockBefore: locked?.lockBefore ?? null,
  };
  insertUserRows(tx, rows, context.now);
  closeRequests(tx, customer.id);
  context.outcome = 'adopted';
  context.notes.push(
    'The customer existed in the store and was managed by no connection; this connection manages it now.',
    ...(matchedBy === 'id' ? [] : [`It was found by its "${matchedBy}".`]),
    ...(bringsPassword(context) ? ['Its password stays: nobody is given one while being taken over.'] : []),
    ...(kept.size === 0 ? [] : [`What the store had stays: ${[...kept].join(', ')}.`]),
  );
  recordChange(room, tx, context, {
    operation: 'user.adopt',
    status,
    customerId: customer.id,
    subject: String(document.userName),
    changed: changes.targets,
    modified: modifiedOf({ before: identifiersOf(email), after: document, customer, changes }),
  });
  await room.events.emit(CustomerAdopted, { connection, customerId: customer.id, email }, tx);
  return renderWritten(context, mapping, { customerId: customer.id, generation: 0 }, { ...rows, customer: saved });
}

/** True where the row has a value of its own that is not the mapped one. */
function differs(customer: CustomerState, mapped: MappedCustomer, target: string): boolean {
  const row = rowValue(customer, target);
  return row !== null && target in mapped.attributes && row !== (mapped.attributes[target] ?? null);
}
