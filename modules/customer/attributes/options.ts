import { join, sql, type Transaction } from '../../framework/index.ts';
import { CustomerError } from '../customer-error.ts';
import type { OptionDefinition } from './attribute.ts';

/**
 * Adds choices to a select attribute, in this order, with their labels for the administration (store 0) and for store
 * views. Answers their ids in the same order.
 *
 * @throws CustomerError `CUSTOMER_ATTRIBUTE_INVALID` for a store view that there isn't
 */
export async function addOptions(
  tx: Transaction,
  attributeId: number,
  options: readonly OptionDefinition[],
): Promise<readonly number[]> {
  const stores = await storesOf(tx, options);
  const ids: number[] = [];
  for (const [sortOrder, { label, storeLabels = {} }] of options.entries()) {
    const { insertId } = await tx.run(
      sql`INSERT INTO {eav_attribute_option} (attribute_id, sort_order) VALUES (${attributeId}, ${sortOrder})`,
    );
    ids.push(insertId);
    const labels = [[0, label], ...Object.entries(storeLabels).map(([code, text]) => [stores.get(code), text.trim()])];
    for (const [store, text] of labels)
      tx.later(
        sql`INSERT INTO {eav_attribute_option_value} (option_id, store_id, value) VALUES (${insertId}, ${store}, ${text})`,
      );
  }
  return ids;
}

/** Ids of the store views that labels are for, by code. */
async function storesOf(tx: Transaction, options: readonly OptionDefinition[]): Promise<ReadonlyMap<string, number>> {
  const codes = [...new Set(options.flatMap(({ storeLabels = {} }) => Object.keys(storeLabels)))];
  if (codes.length === 0) return new Map();
  const rows = await tx.all<{ code: string; store_id: number }>(
    sql`SELECT code, store_id FROM {store} WHERE store_id <> 0 AND code IN (${join(codes)})`,
  );
  const stores = new Map(rows.map(({ code, store_id }) => [code, store_id]));
  const unknown = codes.filter((code) => !stores.has(code));
  if (unknown.length === 0) return stores;
  throw new CustomerError(
    'CUSTOMER_ATTRIBUTE_INVALID',
    `There is no store view ${unknown.map((code) => `"${code}"`).join(', ')} to label options for. Give codes of store views that exist.`,
  );
}
