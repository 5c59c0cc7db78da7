import {
  addressPrefix,
  type Drift,
  type MappedCustomer,
  type MappedValue,
  type UserMapping,
} from '../../attribute-mapping/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import type { UserRecord } from './user-record.ts';

/** Row values by target: attribute codes, and `address.<field>` for the default address. */
export type Values = Readonly<Record<string, MappedValue>>;

/** What a mapped customer wants the row to hold, by target. */
export function valuesOf(mapped: MappedCustomer): Record<string, MappedValue> {
  const values: Record<string, MappedValue> = { ...mapped.attributes };
  for (const field in mapped.address) values[addressPrefix + field] = mapped.address[field] ?? null;
  return values;
}

/** The address that mapping works on: the default billing one, else the default shipping one. */
export const mappedAddress = (customer: CustomerState) =>
  customer.addresses.find((address) => address.defaultBilling) ?? customer.addresses[0];

/** What the row holds for a target. Magento writes empty text where a column refuses NULL; here both are null. */
export function rowValue(customer: CustomerState, target: string): MappedValue {
  const value = target.startsWith(addressPrefix)
    ? mappedAddress(customer)?.attributes[target.slice(addressPrefix.length)]
    : customer.attributes[target];
  return value === undefined || value === '' ? null : value;
}

/** What the store has changed since we wrote it, among what can be told to the identity provider. */
export function driftOf(
  { document, shadow, customer }: Pick<UserRecord, 'document' | 'shadow' | 'customer'>,
  mapping: UserMapping,
): Drift {
  const drift = new Map<string, MappedValue>();
  for (const target in shadow) {
    const value = rowValue(customer, target);
    if (value !== (shadow[target] ?? null) && mapping.hasInverse(target)) drift.set(target, value);
  }
  for (const target of mapping.customTargets()) {
    const value = target in shadow ? null : rowValue(customer, target);
    if (value !== null) drift.set(target, value);
  }
  for (const target of mapping.outdated(document)) drift.set(target, rowValue(customer, target));
  return drift;
}

/** What has to be written so that the row holds what was mapped. */
export interface Changes {
  readonly attributes: Readonly<Record<string, MappedValue>>;
  readonly address: Readonly<Record<string, MappedValue>> | undefined;
  /** True when the address that was sent before is sent no longer, and the store has not changed it since. */
  readonly addressGone: boolean;
  /** Targets whose row value is the store's own and stays. */
  readonly kept: ReadonlySet<string>;
  /** Names of the targets that change. */
  readonly targets: readonly string[];
}

/** No change of a value at all. */
export const noChanges: Changes = {
  attributes: {},
  address: undefined,
  addressGone: false,
  kept: new Set(),
  targets: [],
};

/**
 * The difference between what is wanted and what the row holds. A value that the provider never sent and does not send
 * now is the store's own and stays, even under PUT; `removes` tells for which targets its absence was asked for all the
 * same, as a PATCH does that removes what a read showed.
 */
export function changesOf(
  customer: CustomerState,
  shadow: Values,
  mapped: MappedCustomer,
  removes: (target: string) => boolean,
): Changes {
  const attributes: Record<string, MappedValue> = {};
  const address: Record<string, MappedValue> = {};
  const kept = new Set<string>();
  const targets: string[] = [];
  const wanted = valuesOf(mapped);
  for (const target in wanted) {
    const value = wanted[target] ?? null;
    const row = rowValue(customer, target);
    if (value === row) continue;
    const before = shadow[target] ?? null;
    const storesOwn = value === null ? before === null : row !== null && row !== before && mapped.standIns?.has(target);
    if (storesOwn && !(value === null && removes(target))) {
      kept.add(target);
      continue;
    }
    targets.push(target);
    if (target.startsWith(addressPrefix)) address[target.slice(addressPrefix.length)] = value;
    else attributes[target] = value;
  }
  const addressGone = mapped.address === undefined && isAddressOurs(customer, shadow);
  if (addressGone) targets.push('address');
  return {
    attributes,
    address: Object.keys(address).length > 0 ? address : undefined,
    addressGone,
    kept,
    targets,
  };
}

/** True when there is an address that we wrote, as we wrote it. */
function isAddressOurs(customer: CustomerState, shadow: Values): boolean {
  const written = Object.keys(shadow).filter((target) => target.startsWith(addressPrefix));
  return (
    written.some((target) => shadow[target] !== null) &&
    written.every((target) => rowValue(customer, target) === (shadow[target] ?? null))
  );
}

/**
 * The shadow once the changes are written: what the row holds, or held when we last wrote it where the store's stays. The
 * store's own attributes may be many, so those without a value are left out.
 */
export function shadowAfter(
  mapping: UserMapping,
  saved: CustomerState,
  before: Values,
  mapped: MappedCustomer,
  { kept }: Pick<Changes, 'kept'>,
): Values {
  const shadow: Record<string, MappedValue> = {};
  for (const target in valuesOf(mapped))
    shadow[target] = kept.has(target) ? (before[target] ?? null) : rowValue(saved, target);
  for (const target of mapping.customTargets()) if (shadow[target] === null) delete shadow[target];
  return shadow;
}
