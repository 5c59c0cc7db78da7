import type { Connection, RowDataPacket } from 'mysql2/promise';
import { fillNumbers, numberBatch } from './numbers.ts';

/** One customer that was made through the API, whose rows are multiplied. */
export interface Template {
  readonly customerId: number;
  /** A number that stands in all of its texts, such as `0000000`; each copy gets its own in its place. */
  readonly number: string;
}

interface Column extends RowDataPacket {
  readonly table_name: string;
  readonly column_name: string;
  readonly data_type: string;
  readonly extra: string;
}

const texts = /^(char|varchar|binary|varbinary|(tiny|medium|long)?(text|blob)|json)$/;

/**
 * Makes `count` customers out of one: every row that belongs to the template is copied by INSERT … SELECT, whatever tables
 * and columns there are, so that a table or a column that a later migration adds is filled as well. What happened to the
 * template (its records) is not copied.
 */
export async function multiply(
  connection: Connection,
  template: Template,
  count: number,
  progress: (done: number) => void,
): Promise<void> {
  const statements = await copyStatements(connection, template);
  await fillNumbers(connection);
  // The copies can't collide, and what they refer to is copied as well.
  await connection.query('SET SESSION unique_checks = 0, foreign_key_checks = 0');
  for (let start = 1; start < count; start += numberBatch) {
    const size = Math.min(numberBatch, count - start);
    await connection.query('BEGIN');
    for (const statement of statements) await connection.query(statement(start, size));
    await connection.query('COMMIT');
    progress(start + size);
  }
  await connection.query('SET SESSION unique_checks = 1, foreign_key_checks = 1');
  await connection.query('DROP TEMPORARY TABLE bench_number');
}

type CopyStatement = (start: number, size: number) => string;

async function copyStatements(connection: Connection, template: Template): Promise<CopyStatement[]> {
  const [columns] = await connection.query<Column[]>(
    'SELECT c.table_name AS table_name, c.column_name AS column_name, c.data_type AS data_type, c.extra AS extra FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name WHERE c.table_schema = DATABASE() AND t.table_type = ? ORDER BY c.table_name, c.ordinal_position',
    ['BASE TABLE'],
  );
  const statements: CopyStatement[] = [];
  for (const table of new Set(columns.map(({ table_name }) => table_name))) {
    const own = columns.filter(({ table_name }) => table_name === table);
    const key = keyOf(table, own);
    if (key === undefined) continue;
    const [rows] = await connection.query<RowDataPacket[]>(`SELECT 1 FROM ${table} WHERE ${key} = ? LIMIT 1`, [
      template.customerId,
    ]);
    if (rows.length > 0) statements.push(copyStatement(table, key, own, template));
  }
  return statements;
}

/** The column that says which customer a row belongs to, if there is one. */
function keyOf(table: string, columns: readonly Column[]): string | undefined {
  if (table.startsWith('vestibule_activity')) return undefined;
  const names = columns.map(({ column_name }) => column_name);
  if (names.includes('customer_id')) return 'customer_id';
  const isCustomer = table.startsWith('customer_') && !table.startsWith('customer_address');
  return isCustomer && names.includes('entity_id') ? 'entity_id' : undefined;
}

function copyStatement(table: string, key: string, columns: readonly Column[], template: Template): CopyStatement {
  const kept = columns.filter(
    ({ column_name, extra }) => column_name === key || !/auto_increment|GENERATED/i.test(extra),
  );
  const values = kept.map(({ column_name, data_type }) => {
    if (column_name === key) return 'source.id + n';
    if (!texts.test(data_type)) return `source.${column_name}`;
    return `REPLACE(source.${column_name}, '${template.number}', LPAD(n, ${template.number.length}, '0'))`;
  });
  const names = kept.map(({ column_name }) => column_name).join(', ');
  return (start, size) =>
    `INSERT INTO ${table} (${names}) SELECT ${values.join(', ')} FROM (SELECT *, ${key} AS id FROM ${table} WHERE ${key} = ${template.customerId}) source, (SELECT n + ${start} AS n FROM bench_number WHERE n < ${size}) numbers ORDER BY n`;
}
