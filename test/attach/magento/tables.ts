import {
  type DeclaredColumn,
  type DeclaredTable,
  declaredTables,
  nameInDatabase,
} from '../../migrations/magento-facts.ts';

/** How a Magento database was made. */
export interface MagentoLook {
  readonly prefix: string;
  /** Lines up to 2.4.6 make `utf8mb3` tables, newer ones `utf8mb4`. */
  readonly charset: 'utf8mb3' | 'utf8mb4';
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function typeOf({ type, length, precision, scale, unsigned }: DeclaredColumn): string {
  if (type === 'boolean') return 'tinyint(1)';
  if (type === 'varchar' || type === 'char' || type === 'varbinary') return `${type}(${length})`;
  if (type === 'decimal') return `decimal(${precision},${scale})${unsigned ? ' unsigned' : ''}`;
  return `${type}${unsigned ? ' unsigned' : ''}`;
}

function defaultOf({ type, default: value, nullable }: DeclaredColumn): string {
  if (value === null) return nullable ? 'DEFAULT NULL' : '';
  if (value === 'CURRENT_TIMESTAMP') return 'DEFAULT CURRENT_TIMESTAMP';
  if (type === 'boolean') return `DEFAULT ${value === 'true' ? 1 : 0}`;
  if ((type === 'timestamp' || type === 'datetime') && value === '0') return "DEFAULT '0000-00-00 00:00:00'";
  return `DEFAULT '${value}'`;
}

/** A column as `CREATE TABLE` and `ALTER TABLE` take it. */
export const columnText = (column: DeclaredColumn): string =>
  [
    `\`${column.name}\` ${typeOf(column)} ${column.nullable ? 'NULL' : 'NOT NULL'} ${defaultOf(column)}`,
    column.onUpdateCurrentTimestamp ? 'ON UPDATE CURRENT_TIMESTAMP' : '',
    column.identity ? 'AUTO_INCREMENT' : '',
  ].join(' ');

function tableText(name: string, table: DeclaredTable, { prefix, charset }: MagentoLook): string {
  // Names of keys are prefixed and shortened in Magento too: whoever attaches compares columns, never names.
  const keyed = (key: { readonly name: string }): string => `\`${`${prefix}${nameInDatabase(key)}`.slice(-64)}\``;
  const lines = [
    ...table.columns.map(columnText),
    `PRIMARY KEY (${quoted(table.primaryKey)})`,
    ...table.uniqueKeys.map((key) => `UNIQUE KEY ${keyed(key)} (${quoted(key.columns)})`),
    ...table.indexes.map(
      (key) => `${key.kind === 'fulltext' ? 'FULLTEXT ' : ''}KEY ${keyed(key)} (${quoted(key.columns)})`,
    ),
    ...table.foreignKeys.map(
      (key) =>
        `CONSTRAINT ${keyed(key)} FOREIGN KEY (\`${key.column}\`) REFERENCES \`${prefix}${key.refTable}\` (\`${key.refColumn}\`) ON DELETE ${key.onDelete}`,
    ),
  ];
  const collation = `${charset}_general_ci`;
  return `CREATE TABLE \`${prefix}${name}\` (${lines.join(', ')}) ENGINE=InnoDB DEFAULT CHARSET=${charset} COLLATE=${collation}`;
}

/** The statements that make every declared table. Foreign keys are not checked while they run. */
export const tableTexts = (look: MagentoLook): readonly string[] =>
  Object.entries(declaredTables).map(([name, table]) => tableText(name, table, look));
