import type { Knex } from 'knex';
import type { Sql } from 'sql-template-tag';
import type { Dialect } from '../dialect.ts';
import type { Row } from '../session.ts';
import type { ForeignTables } from './foreign-tables.ts';

/** What a migration works with. Everything runs on one connection; on SQLite inside one transaction. */
export interface MigrationSchema {
  readonly engine: 'sqlite' | 'mysql';
  readonly dialect: Dialect;
  readonly prefix: string;
  readonly knex: Knex;
  /** The table's name with the prefix, for knex. */
  table(name: string): string;
  /** Runs a statement; `{table}` gets the prefix. Without values it is not prepared, so any DDL may be run. */
  run(query: Sql): Promise<void>;
  all<R = Row>(query: Sql): Promise<R[]>;
}

/** One step of a module's tables. MySQL commits DDL at once, so `up` must be able to run again after it failed halfway. */
export interface Migration {
  readonly up: (schema: MigrationSchema) => Promise<void>;
}

/** Declares a migration: the default export of `migrations/NNNN-words.ts`. */
export function migration(steps: Migration): Migration {
  return Object.freeze({ ...steps });
}

/** Where a module keeps its migrations. */
export interface MigrationSource {
  /** The module's name. */
  readonly name: string;
  /** Its folder of migrations. */
  readonly migrations: URL;
  /** Said of a folder whose tables may be another system's: it is left out there. */
  readonly foreign?: ForeignTables;
}

export interface MigrationStep {
  readonly module: string;
  /** The file's name without its ending. */
  readonly name: string;
}
