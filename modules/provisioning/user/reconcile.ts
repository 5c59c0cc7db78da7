import {
  addressPrefix,
  type ConnectionMapping,
  customerUserUrn,
  type Drift,
  type MappedCustomer,
  type MappedValue,
  type TargetRule,
} from '../../attribute-mapping/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import { hasTurned, type NewsletterChange, newsletterChange, newsletterSaid, newsletterTarget } from './newsletter.ts';
import { type AddressKind, addressKinds, rowValue, type Values, valuesOf } from './row-value.ts';
import type { UserRecord } from './user-record.ts';
import type { WaitingGroup } from './waiting-group.ts';

export { mappedAddress, rowValue, type Values, valuesOf } from './row-value.ts';

/** What the store has changed since we wrote it, among what can be told to the identity provider and is not its own. */
export function driftOf(
  record: Pick<UserRecord, 'document' | 'shadow' | 'customer'> & Partial<Pick<UserRecord, 'text'>>,
  mapping: ConnectionMapping,
): Drift {
  const { shadow, customer } = record;
  const { locked } = mapping;
  let drift: Map<string, MappedValue> | undefined;
  const add = (target: string, value: MappedValue): void => {
    drift ??= new Map();
    drift.set(target, value);
  };
  for (const target in shadow) {
    const value = rowValue(customer, target);
    if (
      value !== (shadow[target] ?? null) &&
      mapping.hasInverse(target) &&
      !locked.has(target) &&
      (!mapping.tellsSubscription || target !== newsletterTarget || hasTurned(value, shadow))
    )
      add(target, value);
  }
  for (const target of mapping.customTargets()) {
    const value = target in shadow ? null : rowValue(customer, target);
    if (value !== null && !locked.has(target)) add(target, value);
  }
  // The documents of a page are texts until somebody looks into them, which few have to.
  if (record.text === undefined || mapping.doubtsDocuments || record.text.includes(customerUserUrn))
    for (const target of mapping.outdated(record.document)) add(target, rowValue(customer, target));
  return drift ?? noDrift;
}

const noDrift: Drift = new Map();

type Fields = Readonly<Record<string, MappedValue>>;

/** What has to be written so that the row holds what was mapped. */
export interface Changes {
  readonly attributes: Fields;
  readonly address: Fields | undefined;
  /** True when the address that was sent before is sent no longer, and the store has not changed it since. */
  readonly addressGone: boolean;
  /** Changed fields of default addresses that the mapping tells apart. */
  readonly billing?: Fields;
  readonly shipping?: Fields;
  /** Which of those were sent before and are sent no longer. */
  readonly gone?: readonly AddressKind[];
  /** What they shall hold in whole, for one that has to be made. */
  readonly apart?: { readonly [kind in AddressKind]: Fields | undefined };
  readonly newsletter?: NewsletterChange;
  /** The customer group that the mapping gives, where a membership decides instead. */
  readonly waitingGroup?: WaitingGroup;
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

const nothing: ReadonlySet<string> = new Set();

/** True where the rule of a target leaves the row alone. */
const spares = ({ apply, onNull }: TargetRule, value: MappedValue, row: MappedValue): boolean =>
  apply === 'create' || (apply === 'if-empty' && row !== null) || (value === null && onNull === 'keep');

/**
 * The difference between what is wanted and what the row holds. A value that the provider never sent and does not send
 * now is the store's own and stays, even under PUT, unless the target is `locked`; `removes` tells for which targets its
 * absence was asked for all the same, as a PATCH does that removes what a read showed.
 */
export function changesOf(
  customer: CustomerState,
  shadow: Values,
  mapped: MappedCustomer,
  removes: (target: string) => boolean,
  locked: ReadonlySet<string> = nothing,
): Changes {
  const fields: Record<string, Record<string, MappedValue>> = { attributes: {} };
  const kept = new Set<string>();
  const targets: string[] = [];
  const wanted = valuesOf(mapped);
  for (const target in wanted) {
    const value = wanted[target] ?? null;
    const row = rowValue(customer, target);
    if (value === row) continue;
    const rule = mapped.rules?.get(target);
    const before = shadow[target] ?? null;
    const standsIn = mapped.standIns?.has(target) === true;
    const storesOwn =
      value === null ? before === null && !locked.has(target) : row !== null && row !== before && standsIn;
    if ((rule && spares(rule, standsIn ? null : value, row)) || (storesOwn && !(value === null && removes(target)))) {
      kept.add(target);
      continue;
    }
    targets.push(target);
    const dot = target.indexOf('.');
    const owner = dot < 0 ? 'attributes' : target.slice(0, dot);
    fields[owner] ??= {};
    fields[owner][target.slice(dot + 1)] = value;
  }
  const addressGone = isGone(customer, shadow, mapped, 'address');
  if (addressGone) targets.push('address');
  const changes = { attributes: fields.attributes ?? {}, address: fields.address, addressGone, kept, targets };
  return mapped.newsletter === undefined && !tellsApart(mapped)
    ? changes
    : withMore(changes, fields, customer, shadow, mapped, removes(newsletterTarget));
}

/** True for a mapping with rows for one of the default addresses, be they empty for this user. */
const tellsApart = (mapped: MappedCustomer): boolean => 'billing' in mapped || 'shipping' in mapped;

/** The rest, which few mappings have: addresses told apart, and the newsletter. */
function withMore(
  changes: Changes & { readonly targets: string[] },
  fields: Readonly<Record<string, Fields>>,
  customer: CustomerState,
  shadow: Values,
  mapped: MappedCustomer,
  unsubscribes: boolean,
): Changes {
  const { targets, kept } = changes;
  const gone = addressKinds.filter((kind) => isGone(customer, shadow, mapped, kind));
  targets.push(...gone);
  const newsletter = newsletterChange(mapped, {
    before: shadow[newsletterTarget] ?? null,
    subscribed: customer.subscribed,
    removes: unsubscribes,
  });
  if (newsletter) targets.push(newsletterTarget);
  const whole = (kind: AddressKind): Fields | undefined => {
    const given = mapped[kind];
    if (!given) return undefined;
    const entries = Object.entries(given).map(([field, value]) => {
      const target = `${kind}.${field}`;
      return [field, kept.has(target) ? rowValue(customer, target) : value] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== null));
  };
  return {
    ...changes,
    ...(fields.billing ? { billing: fields.billing } : {}),
    ...(fields.shipping ? { shipping: fields.shipping } : {}),
    ...(newsletter ? { newsletter } : {}),
    gone,
    apart: { billing: whole('billing'), shipping: whole('shipping') },
  };
}

/**
 * True when an address is sent no longer that we wrote and nobody has changed since, and no rule says to leave it. Where a
 * mapping begins to tell addresses apart, the one that was both simply goes on.
 */
function isGone(
  customer: CustomerState,
  shadow: Values,
  mapped: MappedCustomer,
  kind: AddressKind | 'address',
): boolean {
  if (mapped[kind] !== undefined || (kind === 'address') === tellsApart(mapped)) return false;
  const prefix = kind === 'address' ? addressPrefix : `${kind}.`;
  const written = Object.keys(shadow).filter((target) => target.startsWith(prefix));
  return (
    written.some((target) => shadow[target] !== null) &&
    written.every((target) => rowValue(customer, target) === (shadow[target] ?? null)) &&
    !written.some((target) => mapped.rules?.has(target))
  );
}

/** Targets that the store fills in where the provider says nothing: what it chose is not what we wrote. */
const storesChoice: ReadonlySet<string> = new Set(['group_id']);

/**
 * The shadow once the changes are written: what the row holds, or held when we last wrote it where the store's stays. The
 * store's own attributes may be many, so those without a value are left out.
 */
export function shadowAfter(
  mapping: ConnectionMapping,
  saved: CustomerState,
  before: Values,
  mapped: MappedCustomer,
  { kept, waitingGroup }: Pick<Changes, 'kept' | 'waitingGroup'>,
): Values {
  const shadow: Record<string, MappedValue> = {};
  const wanted = valuesOf(mapped);
  for (const target in wanted) {
    if (kept.has(target)) shadow[target] = before[target] ?? null;
    else shadow[target] = wanted[target] === null && storesChoice.has(target) ? null : rowValue(saved, target);
  }
  if (waitingGroup) shadow.group_id = waitingGroup.id;
  if (mapped.newsletter !== undefined) shadow[newsletterTarget] = newsletterSaid(mapped);
  for (const target of mapping.customTargets()) if (shadow[target] === null) delete shadow[target];
  return shadow;
}
