import type { ConnectionMapping, MappedCustomer, MappedValue } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { ScimError } from '../../scim/index.ts';
import { rowValue } from '../user/row-value.ts';
import type { UserRecord } from '../user/user-record.ts';

/** A value that was written because of what the provider sent, and that the store has changed since. */
export interface DriftedValue {
  readonly target: string;
  /** As it was written. */
  readonly written: MappedValue;
  /** As it is now. */
  readonly present: MappedValue;
  /** The provider owns it: its word stands, whatever the store makes of it. */
  readonly locked: boolean;
}

/** `is_active` is judged with the lock, the website by itself, and a subscription is the customer's own. */
const judgedElsewhere: ReadonlySet<string> = new Set(['is_active', 'website_id', 'newsletter']);

const columnOfChoice: Readonly<Record<string, 'group' | 'storeView'>> = { group_id: 'group', store_id: 'storeView' };

/** The column with a region's number follows its name, and is told, written and taken over with it. */
export const regionId = (target: string): string | undefined =>
  target.endsWith('.region') ? `${target}_id` : undefined;

/**
 * Values that differ from what was written, among those that the mapping in effect writes always. What a rule leaves to
 * the store once the customer is there, and what only stands in for a missing name, is the store's.
 */
export function driftedValues(record: UserRecord, mapping: ConnectionMapping, connection: Connection): DriftedValue[] {
  const { shadow, customer } = record;
  const differing = Object.keys(shadow).filter((target) => {
    const written = shadow[target] ?? null;
    if (judgedElsewhere.has(target) || rowValue(customer, target) === written) return false;
    return written !== null || mapping.locked.has(target);
  });
  if (differing.length === 0) return [];
  const mapped = mappedOf(record, mapping, connection);
  if (!mapped) return [];
  return differing
    .filter((target) => isWritten(mapped, target) && !isStores(mapped, target))
    .filter((target) => !target.endsWith('.region_id') || !differing.includes(target.slice(0, -'_id'.length)))
    .map((target) => ({
      target,
      written: shadow[target] ?? null,
      present: rowValue(customer, target),
      locked: mapping.locked.has(target),
    }));
}

/** What the document comes to, expressions aside; undefined where the mapping refuses it, so that nothing can be judged. */
function mappedOf(record: UserRecord, mapping: ConnectionMapping, connection: Connection): MappedCustomer | undefined {
  try {
    return mapping.map(record.document, connection, {});
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

function isWritten(mapped: MappedCustomer, target: string): boolean {
  const choice = columnOfChoice[target];
  if (choice) return mapped[choice] !== undefined;
  const dot = target.indexOf('.');
  if (dot < 0) return target in mapped.attributes;
  return mapped[target.slice(0, dot) as 'address' | 'billing' | 'shipping'] !== undefined;
}

const isStores = (mapped: MappedCustomer, target: string): boolean => {
  const rule = mapped.rules?.get(
    columnOfChoice[target] === 'storeView' ? 'store_view' : (columnOfChoice[target] ?? target),
  );
  return mapped.standIns?.has(target) === true || (rule !== undefined && rule.apply !== 'always');
};
