import type { Sql } from 'sql-template-tag';

/** A column as the database keeps it. */
export interface ColumnFacts {
  readonly name: string;
  /** The engine's name of the type, in lower case, without size and sign: `varchar`, `int`. */
  readonly type: string;
  /** Characters a text holds at most; null for what is no text. */
  readonly length: number | null;
  /** Digits in all and behind the point, of numbers. */
  readonly precision: number | null;
  readonly scale: number | null;
  readonly unsigned: boolean;
  readonly nullable: boolean;
  /** An INSERT may leave it out: it has a default, counts up, is computed, or takes NULL. */
  readonly fillsItself: boolean;
  /** Of texts. */
  readonly charset: string | null;
}

/** A table as the database keeps it. */
export interface TableFacts {
  /** Without the prefix. */
  readonly name: string;
  /** `InnoDB`; null for a view. */
  readonly engine: string | null;
  readonly columns: readonly ColumnFacts[];
  /** The columns of each unique key, the primary one included. */
  readonly unique: readonly (readonly string[])[];
}

/** How an engine tells of its tables. */
export interface TableDialect {
  /** Rows of `name` and `engine`: the tables of this database. */
  readonly tables: Sql;
  /** Rows of `ColumnRow`: the columns of these tables, at least one, in their order. Names are trusted, never input. */
  columns(tables: readonly string[]): Sql;
  /** Rows of `UniqueKeyRow`: the columns of their unique keys, in the order of each. */
  uniqueKeys(tables: readonly string[]): Sql;
  /** Around a statement that drops tables which refer to each other. */
  readonly unreferenced: { readonly before: Sql; readonly after: Sql };
}

export interface ColumnRow {
  readonly table_name: string;
  readonly name: string;
  readonly type: string;
  readonly full_type: string;
  readonly length: number | null;
  readonly number_precision: number | null;
  readonly number_scale: number | null;
  readonly nullable: 'YES' | 'NO';
  readonly default_value: string | null;
  readonly extra: string | null;
  readonly charset: string | null;
}

export interface UniqueKeyRow {
  readonly table_name: string;
  readonly key_name: string;
  readonly column_name: string;
}

const numberOf = (value: number | string | null): number | null => (value === null ? null : Number(value));

function columnOf(row: ColumnRow): ColumnFacts {
  const nullable = row.nullable === 'YES';
  const computed = /auto_increment|generated|default_generated/i.test(row.extra ?? '');
  return {
    name: row.name,
    type: row.type.toLowerCase(),
    length: numberOf(row.length),
    precision: numberOf(row.number_precision),
    scale: numberOf(row.number_scale),
    unsigned: /unsigned/i.test(row.full_type),
    nullable,
    fillsItself: nullable || computed || row.default_value !== null,
    charset: row.charset,
  };
}

/** Puts the rows of tables together; `full` is a table's name as the rows have it. */
export function tableFacts(
  tables: readonly { readonly name: string; readonly full: string; readonly engine: string | null }[],
  columns: readonly ColumnRow[],
  keys: readonly UniqueKeyRow[],
): readonly TableFacts[] {
  return tables.map(({ name, full, engine }) => {
    const unique = new Map<string, string[]>();
    for (const { table_name, key_name, column_name } of keys)
      if (table_name === full) unique.set(key_name, [...(unique.get(key_name) ?? []), column_name]);
    const own = columns.filter(({ table_name }) => table_name === full).map(columnOf);
    return { name, engine, columns: own, unique: [...unique.values()] };
  });
}
