import { addressPrefix, type ConnectionMapping, type MappedValue } from '../../attribute-mapping/index.ts';
import type { Transaction } from '../../framework/index.ts';
import { requireOpenGroup } from '../protection/protection.ts';
import type { Room } from '../room.ts';
import { type Changes, mappedAddress, noChanges } from '../user/reconcile.ts';
import { type AddressKind, addressKinds, rowValue, type Values } from '../user/row-value.ts';
import { saveCustomer } from '../user/save.ts';
import type { UserRecord } from '../user/user-record.ts';
import { regionId } from './judge-values.ts';

type Fields = Readonly<Record<string, MappedValue>>;

/** The target and what goes with it. */
const together = (shadow: Values, target: string): readonly string[] => {
  const region = regionId(target);
  return region !== undefined && region in shadow ? [target, region] : [target];
};

const written = (shadow: Values, targets: readonly string[], prefix: string): Fields =>
  Object.fromEntries(targets.map((target) => [target.slice(prefix.length), shadow[target] ?? null]));

/** All that was written of an address, for one that is not there any more. */
const whole = (shadow: Values, prefix: string): Fields =>
  written(
    shadow,
    Object.keys(shadow).filter((target) => target.startsWith(prefix) && shadow[target] !== null),
    prefix,
  );

/** What brings a value, with an address that is gone, back to what was written. */
function changesFor({ shadow, customer }: UserRecord, target: string): Changes {
  const targets = together(shadow, target);
  const dot = target.indexOf('.');
  if (dot < 0) return { ...noChanges, attributes: written(shadow, targets, ''), targets };
  if (target.startsWith(addressPrefix)) {
    const address = mappedAddress(customer) ? written(shadow, targets, addressPrefix) : whole(shadow, addressPrefix);
    return { ...noChanges, address, targets };
  }
  const kind = target.slice(0, dot) as AddressKind;
  const both = (of: AddressKind): Fields | undefined => {
    const fields = whole(shadow, `${of}.`);
    return Object.keys(fields).length === 0 ? undefined : fields;
  };
  return {
    ...noChanges,
    [kind]: written(shadow, targets, `${kind}.`),
    gone: [],
    apart: Object.fromEntries(addressKinds.map((of) => [of, both(of)])) as NonNullable<Changes['apart']>,
    targets,
  };
}

/** Writes what the provider's value came to over what the store has made of it. @throws ScimError 403 for a protected group */
export async function restoreValue(
  room: Room,
  tx: Transaction,
  record: UserRecord,
  target: string,
  now: Date,
): Promise<void> {
  const changes = changesFor(record, target);
  if (typeof changes.attributes.group_id === 'number') await requireOpenGroup(tx, changes.attributes.group_id);
  await saveCustomer(room, tx, record.customer, changes, undefined, now);
}

/** Shadow and document as they are once the store's value is taken for the provider's. */
export function acceptedValue(
  { shadow, document, customer }: Pick<UserRecord, 'shadow' | 'document' | 'customer'>,
  mapping: ConnectionMapping,
  target: string,
): Pick<UserRecord, 'shadow' | 'document'> {
  const next: Record<string, MappedValue> = { ...shadow };
  const told = new Map<string, MappedValue>();
  for (const name of together(shadow, target)) {
    const value = rowValue(customer, name);
    next[name] = value;
    if (mapping.hasInverse(name)) told.set(name, value);
  }
  return { shadow: next, document: told.size === 0 ? document : mapping.toUser(document, told) };
}
