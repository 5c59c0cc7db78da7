import { type Column, NOW } from './column.ts';
import { indexName } from './index-name.ts';
import type { Table } from './table.ts';

const list = (columns: readonly string[]): string => columns.map((name) => `\`${name}\``).join(', ');

/**
 * The declared type decides the affinity. Dates are TEXT, because DATETIME would have numeric affinity. A decimal is
 * numeric so that it compares as a number; it is read back as a number, not in Magento's four digits.
 */
function type(column: Column): string {
  switch (column.type) {
    case 'varchar':
      return `VARCHAR(${column.length})`;
    case 'decimal':
      return `DECIMAL(${column.precision},${column.scale})`;
    case 'boolean':
      return 'TINYINT';
    case 'smallint':
    case 'int':
    case 'bigint':
      return column.type.toUpperCase();
    default:
      return 'TEXT';
  }
}

/**
 * MySQL's general_ci compares every text column without regard to case. NOCASE does the same for ASCII letters only:
 * accents and other alphabets stay apart here.
 */
const foldsCase = (column: Column): boolean => ['varchar', 'text', 'mediumtext'].includes(column.type);

function defaultValue(column: Column): string {
  if (column.default === undefined) return '';
  if (column.default === NOW || typeof column.default === 'number') return ` DEFAULT ${column.default}`;
  return ` DEFAULT '${column.default}'`;
}

function definition(column: Column, table: string): string {
  // AUTOINCREMENT, so that the id of a deleted row is not given again.
  if (column.identity) return `\`${column.name}\` INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT`;
  const { name, length } = column;
  return [
    `\`${name}\` ${type(column)}${foldsCase(column) ? ' COLLATE NOCASE' : ''}${column.nullable ? '' : ' NOT NULL'}`,
    defaultValue(column),
    // SQLite ignores a declared length; MySQL refuses what is longer, so this engine does too.
    length === undefined ? '' : ` CONSTRAINT \`too long: ${table}.${name}\` CHECK (length(\`${name}\`) <= ${length})`,
  ].join('');
}

/**
 * The statements that create a table and its indexes on SQLite, unless they are there. Foreign keys may name tables
 * that come later. Full-text indexes are left out.
 */
export function sqliteTable(table: Table, prefix: string): readonly string[] {
  const name = prefix + table.name;
  const lines = [
    ...table.columns.map((column) => definition(column, name)),
    ...(table.columns.some((column) => column.identity) ? [] : [`PRIMARY KEY (${list(table.primaryKey)})`]),
    ...table.foreignKeys.map(
      (key) =>
        `FOREIGN KEY (\`${key.column}\`) REFERENCES \`${prefix}${key.table}\` (\`${key.references}\`) ON DELETE ${key.onDelete}`,
    ),
  ];
  const index = (key: readonly string[], unique: boolean): string =>
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS \`${indexName(name, key, unique ? 'UNQ' : 'IDX')}\` ON \`${name}\` (${list(key)})`;
  return [
    `CREATE TABLE IF NOT EXISTS \`${name}\` (\n  ${lines.join(',\n  ')}\n)`,
    ...table.unique.map((key) => index(key, true)),
    ...table.indexes.map((key) => index(key, false)),
  ];
}
