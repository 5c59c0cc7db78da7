import { join, raw, type Sql, sql } from './sql.ts';

/** What happens after each row of a table was written, whoever wrote it: one row is written into another table. */
export interface RowTrigger {
  /** Without the prefix. */
  readonly name: string;
  readonly table: string;
  readonly after: 'INSERT' | 'UPDATE' | 'DELETE';
  /** A condition over `OLD` and `NEW`, without values; every row when left out. */
  readonly when?: Sql | undefined;
  readonly into: string;
  /**
   * A number in a column of `into`, with a bit (1, 2, 4 …) for each of these conditions that holds; where none does, no row
   * is written. Where the engine can, each condition is computed once.
   */
  readonly flags?: { readonly column: string; readonly of: readonly Sql[] } | undefined;
  /** Further columns of `into`, each with an expression over `OLD` and `NEW`, without values. */
  readonly row: Readonly<Record<string, Sql>>;
}

/** How an engine does triggers. */
export interface TriggerDialect {
  /**
   * Statement that makes a trigger. `mark` is kept in its text. Where the engine can, an error in it is passed over, so
   * that it never fails the writer; SQLite can't, and fails him where `into` is missing.
   */
  create(trigger: RowTrigger, mark: string): Sql;
  drop(name: string): Sql;
  /** Names and texts of all triggers of the database that its user may see, as `name` and `text`. */
  readonly list: Sql;
  /** A table's columns in their order, as `name` and `charset`, which is NULL for what is no text. */
  columns(table: string): Sql;
  /** True where the values of a column are not the same bytes; NULL is the same as NULL. */
  differ(before: Sql, after: Sql, charset: string | null): Sql;
  /** When the statement began, in milliseconds of the epoch, by the database's clock. */
  readonly nowMs: Sql;
  /** Rows that a foreign key takes along fire triggers of their own, once the row that they hung on is gone. */
  readonly followCascades: boolean;
  /**
   * Run on a connection: what it writes makes triggers write nothing into this table from then on. `byTrigger` holds for a
   * `NEW` row that a trigger would write, and for none that the connection writes itself.
   */
  passOver(into: string, byTrigger: Sql): Sql;
  /** Run before and after definitions, so that they wait only briefly for whoever uses the table: others wait behind them. */
  readonly hasty: { readonly before: Sql; readonly after: Sql } | undefined;
}

/** The sum of the bits of the conditions that hold; true is 1 on both engines. */
export const flagsOf = (conditions: readonly Sql[]): Sql =>
  join(
    conditions.map((condition, index) => sql`${raw(String(2 ** index))} * (${condition})`),
    ' + ',
  );
