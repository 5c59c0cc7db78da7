import { sql, type Transaction } from '../../framework/index.ts';

/** Adds choices to a select attribute, in this order, with their labels for the administration (store 0). */
export async function addOptions(tx: Transaction, attributeId: number, labels: readonly string[]): Promise<void> {
  for (const [sortOrder, label] of labels.entries()) {
    const { insertId } = await tx.run(
      sql`INSERT INTO {eav_attribute_option} (attribute_id, sort_order) VALUES (${attributeId}, ${sortOrder})`,
    );
    await tx.run(
      sql`INSERT INTO {eav_attribute_option_value} (option_id, store_id, value) VALUES (${insertId}, 0, ${label})`,
    );
  }
}
