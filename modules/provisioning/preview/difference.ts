import { addressPrefix, type MappedValue } from '../../attribute-mapping/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import { mappedAddress } from '../user/reconcile.ts';
import type { Difference, PresentCustomer } from './preview.ts';
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

function valuesOf(state: CustomerState | undefined): ReadonlyMap<string, MappedValue> {
  const values = new Map<string, MappedValue>();
  if (!state) return values;
  for (const code in state.attributes)
    if (!bookkeeping.has(code) && !pointers.has(code)) values.set(code, shown(state.attributes[code]));
  const billing = mappedAddress(state);
  for (const code in billing?.attributes)
    if (!bookkeeping.has(code)) values.set(addressPrefix + code, shown(billing.attributes[code]));
  const shipping = state.addresses.find((address) => address.defaultShipping && address.id !== billing?.id);
  for (const code in shipping?.attributes)
    if (!bookkeeping.has(code)) values.set(`shipping.${code}`, shown(shipping.attributes[code]));
  return values;
}

/** What differs between a customer now and then; everything that is filled in where there is none now. */
export function differenceOf(now: CustomerState | undefined, then: CustomerState | undefined): Difference[] {
  if (!then) return [];
  const [before, after] = [valuesOf(now), valuesOf(then)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((target) => ({ target, before: before.get(target) ?? null, after: after.get(target) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

/** A customer's row as a preview shows it. */
export function presentCustomer(state: CustomerState): PresentCustomer {
  const address = mappedAddress(state);
  return { ...state.attributes, id: state.id, address: address ? { ...address.attributes } : null };
}

/** A copy of an answer in which ids that stand in for ones to come are left out. */
export function withoutStandIns(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  const { id, meta, ...rest } = answer as { id?: unknown; meta?: Record<string, unknown> };
  if (typeof id !== 'string' || !isStandIn(Number(id))) return answer;
  const { location: _, version: __, ...kept } = meta ?? {};
  return { ...rest, meta: kept };
}
