import { type Database, sql } from '../../modules/framework/index.ts';
import { type DeclaredTable, meaningOfDefault, nameInDatabase } from './magento-facts.ts';

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly full_type: string;
  readonly length: number | null;
  readonly numeric_precision: number | null;
  readonly numeric_scale: number | null;
  readonly nullable: 'YES' | 'NO';
  readonly default_value: string | null;
  readonly extra: string;
}

const NUMBERS = ['tinyint', 'smallint', 'int', 'bigint', 'decimal'];

/** MariaDB quotes text defaults and writes NULL and current_timestamp(); MySQL does not. */
function defaultOf({ default_value: value, type }: ColumnRow): string | number | null {
  if (value === null || value === 'NULL') return null;
  if (/^current_timestamp(\(\))?$/i.test(value)) return 'now';
  const bare = value.replace(/^'(.*)'$/s, '$1');
  return NUMBERS.includes(type) ? Number(bare) : bare;
}

const columnOf = (row: ColumnRow) => ({
  name: row.name,
  type: row.full_type.startsWith('tinyint(1)') ? 'boolean' : row.type,
  length: row.type === 'varchar' ? Number(row.length) : undefined,
  precision: row.type === 'decimal' ? Number(row.numeric_precision) : undefined,
  scale: row.type === 'decimal' ? Number(row.numeric_scale) : undefined,
  unsigned: row.full_type.includes('unsigned'),
  nullable: row.nullable === 'YES',
  default: defaultOf(row),
  onUpdateNow: /on update current_timestamp/i.test(row.extra),
  autoIncrement: /auto_increment/i.test(row.extra),
});

const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** What the server's information_schema says of a table, in the shape of `declaredShape`. */
export async function actualShape(database: Database, table: string) {
  const columns = await database.all<ColumnRow>(
    sql`SELECT column_name AS name, data_type AS type, column_type AS full_type, character_maximum_length AS length,
        numeric_precision AS numeric_precision, numeric_scale AS numeric_scale, is_nullable AS nullable,
        column_default AS default_value, extra AS extra
      FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ${table} ORDER BY ordinal_position`,
  );
  const parts = await database.all<{ name: string; non_unique: number; kind: string; column_name: string }>(
    sql`SELECT index_name AS name, non_unique AS non_unique, index_type AS kind, column_name AS column_name
      FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ${table}
      ORDER BY index_name, seq_in_index`,
  );
  const indexes = new Map<string, { name: string; unique: boolean; kind: string; columns: string[] }>();
  for (const { name, non_unique, kind, column_name } of parts) {
    const index = indexes.get(name) ?? { name, unique: !Number(non_unique), kind: kind.toLowerCase(), columns: [] };
    index.columns.push(column_name);
    indexes.set(name, index);
  }
  const foreignKeys = await database.all<{ name: string; onDelete: string; onUpdate: string }>(
    sql`SELECT k.constraint_name AS name, k.column_name AS \`column\`, k.referenced_table_name AS refTable,
        k.referenced_column_name AS refColumn, r.delete_rule AS onDelete, r.update_rule AS onUpdate
      FROM information_schema.key_column_usage k
      JOIN information_schema.referential_constraints r
        ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
      WHERE k.table_schema = DATABASE() AND k.table_name = ${table}`,
  );
  return {
    columns: columns.map(columnOf),
    indexes: byName([...indexes.values()]),
    // MySQL says NO ACTION where MariaDB says RESTRICT; they are one.
    foreignKeys: byName(
      foreignKeys.map((key) => ({ ...key, onUpdate: key.onUpdate.replace('NO ACTION', 'RESTRICT') })),
    ),
  };
}

/** What information_schema should say of a table, according to what Magento declares. */
export function declaredShape(table: DeclaredTable) {
  const indexes = [
    { name: 'PRIMARY', unique: true, kind: 'btree', columns: table.primaryKey },
    ...table.uniqueKeys.map((key) => ({
      name: nameInDatabase(key),
      unique: true,
      kind: 'btree',
      columns: key.columns,
    })),
    ...table.indexes.map((key) => ({
      name: nameInDatabase(key),
      unique: false,
      kind: key.kind as string,
      columns: key.columns,
    })),
  ];
  // InnoDB itself adds an index, named as the constraint, for a foreign key that no index begins with.
  const added = table.foreignKeys
    .filter(({ column }) => !indexes.some(({ kind, columns }) => kind === 'btree' && columns[0] === column))
    .map((key) => ({ name: nameInDatabase(key), unique: false, kind: 'btree', columns: [key.column] }));
  return {
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.type,
      length: column.type === 'varchar' ? column.length : undefined,
      precision: column.type === 'decimal' ? column.precision : undefined,
      scale: column.type === 'decimal' ? column.scale : undefined,
      unsigned: column.unsigned ?? false,
      // patch_list declares its primary key nullable, which a primary key cannot be.
      nullable: column.nullable && !table.primaryKey.includes(column.name),
      default: meaningOfDefault(column),
      onUpdateNow: column.onUpdateCurrentTimestamp ?? false,
      autoIncrement: column.identity ?? false,
    })),
    indexes: byName([...indexes, ...added]),
    foreignKeys: byName(
      table.foreignKeys.map((key) => ({
        name: nameInDatabase(key),
        column: key.column,
        refTable: key.refTable,
        refColumn: key.refColumn,
        onDelete: key.onDelete,
        onUpdate: 'RESTRICT',
      })),
    ),
  };
}
