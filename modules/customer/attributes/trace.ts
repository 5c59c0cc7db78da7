import { contribute, Database, raw, sql, type Trace, Traces } from '../../framework/index.ts';
import { backendTypes } from './attribute.ts';

/** Values deleted together: one statement for a million would hold their rows for minutes. */
const together = 5_000;

interface Made {
  readonly id: number;
  readonly code: string;
  readonly grid: number;
}

/** The custom attributes that were made here, with their values. */
export const attributeTrace = contribute(Traces, { database: Database }, ({ database }): Trace => {
  // By code too: an id may have been given again after somebody deleted the attribute.
  const made = () =>
    database.all<Made>(sql`SELECT m.attribute_id AS id, m.attribute_code AS code, x.is_used_in_grid AS grid
      FROM {vestibule_made_attribute} m
      JOIN {eav_attribute} a ON a.attribute_id = m.attribute_id AND a.attribute_code = m.attribute_code
      LEFT JOIN {customer_eav_attribute} x ON x.attribute_id = m.attribute_id ORDER BY m.attribute_id`);

  async function values(id: number): Promise<number> {
    let count = 0;
    for (const type of backendTypes) {
      const row = await database.first<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM ${raw(`{customer_entity_${type}}`)} WHERE attribute_id = ${id}`,
      );
      count += Number(row?.n ?? 0);
    }
    return count;
  }

  async function removeValues(id: number): Promise<void> {
    for (const type of backendTypes) {
      const table = raw(`{customer_entity_${type}}`);
      for (let deleted = together; deleted === together; ) {
        ({ affectedRows: deleted } = await database.run(sql`DELETE FROM ${table} WHERE value_id IN
          (SELECT value_id FROM (SELECT value_id FROM ${table} WHERE attribute_id = ${id} LIMIT ${together}) batch)`));
      }
    }
  }

  return {
    name: 'customer.attributes',
    label: 'customer attributes',
    recordedIn: 'vestibule_made_attribute',
    keptWith: 'keep-attributes',
    async found() {
      const found: string[] = [];
      for (const { id, code } of await made()) found.push(`${code}, with ${await values(id)} values`);
      return found;
    },
    async remove() {
      for (const { id, grid } of await made()) {
        await removeValues(id);
        // What else hangs on it goes by foreign keys.
        await database.run(sql`DELETE FROM {eav_attribute} WHERE attribute_id = ${id}`);
        if (grid === 1)
          await database.run(sql`UPDATE {indexer_state} SET status = 'invalid' WHERE indexer_id = 'customer_grid'`);
      }
    },
  };
});
