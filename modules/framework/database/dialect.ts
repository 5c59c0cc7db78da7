import type { Sql } from 'sql-template-tag';

/** What the engines do differently, each as a named capability. Code asks for these and never for the engine's name. */
export interface Dialect {
  readonly name: 'sqlite' | 'mysql';
  /** CREATE and ALTER are undone by a rollback; otherwise they commit what came before. */
  readonly transactionalDdl: boolean;
  /** Appended to a SELECT that must hold its rows until the commit; empty where one writer holds the whole file. */
  readonly forUpdate: Sql;
  /** `INSERT IGNORE INTO` or `INSERT OR IGNORE INTO`. */
  readonly insertIgnoreInto: Sql;
  /** The tail of an INSERT that overwrites `columns` when the unique `key` is taken. Names are trusted, never input. */
  onDuplicate(key: readonly string[], columns: readonly string[]): Sql;
  /** Aggregates rows to one JSON object text, `{key: value}`; NULL or `{}` when there is no row. */
  jsonObjectAggregate(key: Sql, value: Sql): Sql;
  /** Aggregates rows to one JSON array text of objects with these fields. */
  jsonArrayAggregate(fields: Readonly<Record<string, Sql>>): Sql;
}
