import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { CustomerDetail, CustomerState, Customers } from '../../customer/index.ts';
import { type Executor, idList, sql } from '../../framework/index.ts';
import { readingsFor } from '../user/user-record.ts';

/** What a shopper shows besides what is mapped. */
const always = ['email', 'is_active', 'lock_expires'];
const codes = new WeakMap<readonly string[], readonly string[]>();

/** The same list for the same mapping, so that statements stay prepared. */
function codesOf(mapping: ConnectionMapping): readonly string[] {
  const targets = mapping.rowTargets();
  const known = codes.get(targets) ?? [...new Set([...targets, ...always])];
  codes.set(targets, known);
  return known;
}

/** Customers as far as a mapping shows them, by their ids: one statement, and one more where they have addresses or values. */
export async function readShoppers(
  db: Executor,
  customers: Customers,
  mapping: ConnectionMapping,
  ids: readonly number[],
): Promise<readonly CustomerState[]> {
  if (ids.length === 0) return [];
  const reading = readingsFor(await customers.selection(db), mapping).only(codesOf(mapping));
  const rows = await db.all<Record<string, unknown>>(
    sql`SELECT ${reading.columns} FROM {customer_entity} c WHERE c.entity_id IN (${idList(ids)})`,
  );
  const details = reading.details(rows);
  return reading.hydrate(rows, details ? await db.all<CustomerDetail>(details) : []);
}
