import { type Column, NOW } from './column.ts';
import { foreignKeyName, indexName } from './index-name.ts';
import type { Table } from './table.ts';

const list = (columns: readonly string[]): string => columns.map((name) => `\`${name}\``).join(', ');

function type(column: Column): string {
  const sign = column.unsigned ? ' unsigned' : '';
  switch (column.type) {
    case 'boolean':
      return 'tinyint(1)';
    case 'varchar':
      return `varchar(${column.length})`;
    case 'decimal':
      return `decimal(${column.precision},${column.scale})${sign}`;
    default:
      return `${column.type}${sign}`;
  }
}

function defaultValue(column: Column): string {
  // Said aloud, because a timestamp without it takes a default of its own on servers with the old setting.
  if (column.default === undefined) return column.nullable ? ' DEFAULT NULL' : '';
  if (column.default === NOW || typeof column.default === 'number') return ` DEFAULT ${column.default}`;
  return ` DEFAULT '${column.default}'`;
}

function definition(column: Column): string {
  return [
    `\`${column.name}\` ${type(column)} ${column.nullable ? 'NULL' : 'NOT NULL'}`,
    defaultValue(column),
    column.onUpdateNow ? ` ON UPDATE ${NOW}` : '',
    column.identity ? ' AUTO_INCREMENT' : '',
  ].join('');
}

/**
 * The statement that creates a table on MySQL or MariaDB, keys included, unless the table is there. Tables that its
 * foreign keys name must exist. Zero-date defaults need a session without NO_ZERO_DATE, as the framework's are.
 */
export function mysqlTable(table: Table, prefix: string): string {
  const name = prefix + table.name;
  const lines = [
    ...table.columns.map(definition),
    `PRIMARY KEY (${list(table.primaryKey)})`,
    ...table.unique.map((key) => `UNIQUE KEY \`${indexName(name, key, 'UNQ')}\` (${list(key)})`),
    ...table.indexes.map((key) => `KEY \`${indexName(name, key, 'IDX')}\` (${list(key)})`),
    ...table.fulltext.map((key) => `FULLTEXT KEY \`${indexName(name, key, 'FTI')}\` (${list(key)})`),
    ...table.foreignKeys.map((key) => {
      const target = prefix + key.table;
      const constraint = foreignKeyName(name, key.column, target, key.references);
      return `CONSTRAINT \`${constraint}\` FOREIGN KEY (\`${key.column}\`) REFERENCES \`${target}\` (\`${key.references}\`) ON DELETE ${key.onDelete}`;
    }),
  ];
  const options = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci';
  return `CREATE TABLE IF NOT EXISTS \`${name}\` (\n  ${lines.join(',\n  ')}\n) ${options}`;
}
