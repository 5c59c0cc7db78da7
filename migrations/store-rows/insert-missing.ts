import { join, type MigrationSchema, raw, sql } from '../../modules/framework/index.ts';

type Value = string | number | null;

/** Rows of one table; every row names the same columns in the same order. */
export interface Rows {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, Value>>[];
}

/**
 * Inserts, in one statement, the rows whose keys are not taken. Rows that are there stay as they are, so that a
 * migration can be run again.
 */
export async function insertMissing(schema: MigrationSchema, { table, rows }: Rows): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = columns.map((name) => `\`${name}\``).join(', ');
  const into = `${schema.dialect.insertIgnoreInto.sql} \`${schema.table(table)}\` (${names}) VALUES `;
  await schema.run(
    sql`${raw(into)}${join(rows.map((row) => sql`(${join(columns.map((name) => row[name] ?? null))})`))}`,
  );
}
