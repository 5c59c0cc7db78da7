import type { MappedValue } from '../../attribute-mapping/index.ts';
import type { CustomerAddress, CustomerState } from '../../customer/index.ts';
import { newsletterTarget } from '../user/newsletter.ts';
import { mappedAddress, rowValue } from '../user/reconcile.ts';
import type { Difference, PresentCustomer } from './preview.ts';
import type { PlannedWrite } from './rehearsal/planned-write.ts';
import { isStandIn } from './rehearsal/rehearsed-database.ts';

/** Columns that the store keeps for itself: they change with every write. */
const bookkeeping: ReadonlySet<string> = new Set([
  'created_at',
  'updated_at',
  'created_in',
  'increment_id',
  'entity_id',
  'parent_id',
]);
/** Ids of addresses say nothing to people, and of new ones they are not known. */
const pointers: ReadonlySet<string> = new Set(['default_billing', 'default_shipping']);

const shown = (value: MappedValue | undefined): MappedValue => (value === undefined || value === '' ? null : value);

/** Fields of an address that are the same for all of them. */
const uninformative: ReadonlySet<string> = new Set([...bookkeeping, 'is_active']);

/** The default addresses under their prefixes; the shipping address where it is another one. */
function addressesOf(state: CustomerState): readonly (readonly [prefix: string, address: CustomerAddress])[] {
  const billing = mappedAddress(state);
  const shipping = state.addresses.find((address) => address.defaultShipping && address.id !== billing?.id);
  return [...(billing ? [['address', billing] as const] : []), ...(shipping ? [['shipping', shipping] as const] : [])];
}

function valuesOf(state: CustomerState): Map<string, MappedValue> {
  const values = new Map<string, MappedValue>();
  for (const code in state.attributes)
    if (!bookkeeping.has(code) && !pointers.has(code)) values.set(code, shown(state.attributes[code]));
  if (state.subscribed !== undefined) values.set(newsletterTarget, rowValue(state, newsletterTarget));
  for (const [prefix, { attributes }] of addressesOf(state))
    for (const field in attributes)
      if (!uninformative.has(field)) values.set(`${prefix}.${field}`, shown(attributes[field]));
  return values;
}

const oneLine = ({ attributes: { street, city, region, postcode, country_id } }: CustomerAddress): string =>
  [street, city, region, postcode, country_id]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(', ')
    .replaceAll('\n', ', ');

/** What differs between a customer now and then; everything that is filled in where there is none now. */
export function differenceOf(now: CustomerState | undefined, then: CustomerState | undefined): Difference[] {
  if (!then) return [];
  const [before, after] = [now ? valuesOf(now) : new Map<string, MappedValue>(), valuesOf(then)];
  const stays = new Set(addressesOf(then).map(([prefix]) => prefix));
  // An address that goes is one line, not one for each of its fields.
  const gone = now ? addressesOf(now).filter(([prefix]) => !stays.has(prefix)) : [];
  for (const [prefix, address] of gone) {
    for (const target of [...before.keys()]) if (target.startsWith(`${prefix}.`)) before.delete(target);
    before.set(prefix, oneLine(address));
  }
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((target) => ({ target, before: before.get(target) ?? null, after: after.get(target) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

/**
 * The customer with the columns that planned statements set of its row: not everybody who writes to it goes through the
 * customer's own service.
 */
export function afterWrites(state: CustomerState, writes: readonly PlannedWrite[]): CustomerState {
  const attributes: Record<string, MappedValue> = { ...state.attributes };
  for (const { verb, table, rows, where } of writes) {
    if (verb !== 'update' || table !== 'customer_entity' || !where?.values.includes(state.id)) continue;
    for (const [column, value] of Object.entries(rows[0] ?? {}))
      if (column in attributes && (value === null || typeof value === 'string' || typeof value === 'number'))
        attributes[column] = value;
  }
  return { ...state, attributes };
}

/** A customer's row as a preview shows it. */
export function presentCustomer(state: CustomerState): PresentCustomer {
  const address = mappedAddress(state);
  return {
    ...state.attributes,
    ...(state.subscribed === undefined ? {} : { [newsletterTarget]: Number(state.subscribed) }),
    id: state.id,
    address: address ? { ...address.attributes } : null,
  };
}

/** A copy of an answer in which ids that stand in for ones to come are left out. */
export function withoutStandIns(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  const { id, meta, ...rest } = answer as { id?: unknown; meta?: Record<string, unknown> };
  if (typeof id !== 'string' || !isStandIn(Number(id))) return answer;
  const { location: _, version: __, ...kept } = meta ?? {};
  return { ...rest, meta: kept };
}
