import { sql, type Transaction } from '../framework/index.ts';

interface CounterRow {
  entity_type_id: number;
  increment_pad_length: number;
  increment_pad_char: string;
  entity_store_id: number | null;
  increment_prefix: string | null;
  increment_last_id: string | null;
}

/**
 * Gives out the next human-friendly customer number: prefix and padded counter, `000000001` first. Customers have one
 * counter for all store views, kept under store 0. The entity type's row is locked as well, so that two first customers
 * do not both start a counter.
 */
export async function nextIncrementId(tx: Transaction): Promise<string> {
  const row = await tx.first<CounterRow>(sql`SELECT t.entity_type_id, t.increment_pad_length, t.increment_pad_char,
    s.entity_store_id, s.increment_prefix, s.increment_last_id
    FROM {eav_entity_type} t LEFT JOIN {eav_entity_store} s ON s.entity_type_id = t.entity_type_id AND s.store_id = 0
    WHERE t.entity_type_code = 'customer' ${tx.dialect.forUpdate}`);
  if (row === undefined)
    throw new Error('The entity type "customer" is missing from eav_entity_type. Run setup:upgrade.');
  const prefix = row.increment_prefix ?? '0';
  const last = row.increment_last_id ?? '';
  const counter = Number.parseInt(last.startsWith(prefix) ? last.slice(prefix.length) : last, 10) || 0;
  const next = prefix + String(counter + 1).padStart(row.increment_pad_length, row.increment_pad_char);
  if (row.entity_store_id === null) {
    await tx.run(sql`INSERT INTO {eav_entity_store} (entity_type_id, store_id, increment_prefix, increment_last_id)
      VALUES (${row.entity_type_id}, 0, ${prefix}, ${next})`);
  } else {
    await tx.run(sql`UPDATE {eav_entity_store} SET increment_last_id = ${next}
      WHERE entity_store_id = ${row.entity_store_id}`);
  }
  return next;
}
