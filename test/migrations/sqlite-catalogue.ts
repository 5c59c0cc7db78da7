import { type Database, sql } from '../../modules/framework/index.ts';
import { type DeclaredTable, meaningOfDefault, nameInDatabase } from './magento-facts.ts';

function defaultOf(value: string | null): string | number | null {
  if (value === null) return null;
  if (value === 'CURRENT_TIMESTAMP') return 'now';
  return value.startsWith("'") ? value.slice(1, -1) : Number(value);
}

const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.name < b.name ? -1 : 1));

const byColumn = <T extends { readonly column: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.column < b.column ? -1 : 1));

/** What SQLite's pragmas say of a table, in the shape of `declaredShape`. */
export async function actualShape(database: Database, table: string) {
  const columns = await database.all<{ name: string; notnull: number; dflt_value: string | null; pk: number }>(
    sql`SELECT name, "notnull", dflt_value, pk FROM pragma_table_info(${table}) ORDER BY cid`,
  );
  const parts = await database.all<{ name: string; unique: number; origin: string; column: string }>(
    sql`SELECT l.name AS name, l."unique" AS "unique", l.origin AS origin, i.name AS "column"
      FROM pragma_index_list(${table}) l JOIN pragma_index_info(l.name) i WHERE l.origin = 'c' ORDER BY l.name, i.seqno`,
  );
  const indexes = new Map<string, { name: string; unique: boolean; columns: string[] }>();
  for (const { name, unique, column } of parts) {
    const index = indexes.get(name) ?? { name, unique: unique === 1, columns: [] };
    index.columns.push(column);
    indexes.set(name, index);
  }
  const foreignKeys = await database.all<{ column: string }>(
    sql`SELECT "from" AS "column", "table" AS refTable, "to" AS refColumn, on_delete AS onDelete, on_update AS onUpdate
      FROM pragma_foreign_key_list(${table})`,
  );
  const { ddl } = (await database.first<{ ddl: string }>(
    sql`SELECT sql AS ddl FROM sqlite_master WHERE type = 'table' AND name = ${table}`,
  )) ?? { ddl: '' };
  // A declared length binds nobody here; the check does.
  const lengths = new Map([...ddl.matchAll(/CHECK \(length\(`(\w+)`\) <= (\d+)\)/g)].map((m) => [m[1], Number(m[2])]));
  return {
    columns: columns.map(({ name, notnull, dflt_value }) => ({
      name,
      length: lengths.get(name),
      nullable: notnull === 0,
      default: defaultOf(dflt_value),
    })),
    primaryKey: columns
      .filter(({ pk }) => pk > 0)
      .toSorted((a, b) => a.pk - b.pk)
      .map(({ name }) => name),
    // Without AUTOINCREMENT the id of the last row would be given again once that row is deleted.
    neverReusesIds: ddl.includes('AUTOINCREMENT'),
    indexes: byName([...indexes.values()]),
    foreignKeys: byColumn(foreignKeys),
  };
}

/** What the pragmas should say of a table, according to what Magento declares. */
export function declaredShape(table: DeclaredTable) {
  return {
    columns: table.columns.map((column) => ({
      name: column.name,
      length: column.type === 'varchar' ? column.length : undefined,
      nullable: column.nullable && !table.primaryKey.includes(column.name),
      default: meaningOfDefault(column),
    })),
    primaryKey: table.primaryKey,
    neverReusesIds: table.columns.some(({ identity }) => identity),
    indexes: byName([
      ...table.uniqueKeys.map((key) => ({ name: nameInDatabase(key), unique: true, columns: key.columns })),
      ...table.indexes
        .filter(({ kind }) => kind === 'btree')
        .map((key) => ({ name: nameInDatabase(key), unique: false, columns: key.columns })),
    ]),
    foreignKeys: byColumn(
      table.foreignKeys.map(({ column, refTable, refColumn, onDelete }) => ({
        column,
        refTable,
        refColumn,
        onDelete,
        onUpdate: 'NO ACTION',
      })),
    ),
  };
}
