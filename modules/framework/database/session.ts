import type { Knex } from 'knex';
import type { Dialect } from './dialect.ts';
import type { Outcome } from './executor.ts';

export type Row = Record<string, unknown>;

/** A statement that is ready to be sent. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly then?: ((outcome: Outcome) => void) | undefined;
}

/** One connection that runs statements. `text` is constant and already has its table names; errors are the driver's. */
export interface Session {
  /** How many of the database's set-up statements have run on this connection. */
  setUps: number;
  /** Statements may take as long as they need; otherwise one that takes too long costs the connection. */
  patient: boolean;
  all(text: string, values: readonly unknown[]): Promise<Row[]>;
  first(text: string, values: readonly unknown[]): Promise<Row | undefined>;
  run(text: string, values: readonly unknown[]): Promise<Outcome>;
  /**
   * Runs writes in order, in one message where the engine can. All of them are sent even when one fails, so it may only
   * be used where a failed transaction leaves nothing to be committed alone. Rejects with the error that matters most:
   * the first one, unless a later one says that the transaction is gone.
   */
  batch(statements: readonly Statement[]): Promise<void>;
  /** Runs a text without values and without preparing it: DDL, triggers, PRAGMA. */
  execute(text: string): Promise<void>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Forgets prepared statements: tables have changed, and a migration's bulk inserts are not wanted again. */
  forget(): void;
}

/**
 * What a driver's error means for what comes next:
 * - `transient`: the transaction is gone (or must go); the whole of it may run again on this connection;
 * - `connection`: the connection must go; the transaction may run again on another one unless COMMIT was sent;
 * - `busy`: another process writes; ask again soon (SQLite);
 * - `lost`: the transaction is gone and running it again would fail again (disk full);
 * - `final`: the statement failed alone; running it again would fail again.
 */
export type Failure = 'transient' | 'connection' | 'busy' | 'lost' | 'final';

/** Milliseconds since 1970, both by the clock of whoever keeps the table. */
export interface TableAge {
  /** 0 where nobody knows. */
  readonly madeMs: number;
  readonly nowMs: number;
}

/** A kind of database: hands out sessions and knows what its errors mean. */
export interface Engine<S extends Session = Session> {
  readonly dialect: Dialect;
  /**
   * Waits for a free connection; DB_UNAVAILABLE when there is none in time. One for a transaction has no autocommit: its
   * first statement begins the transaction, and nothing that is sent after a failure can be committed alone.
   */
  acquire(purpose: 'statement' | 'transaction'): Promise<S>;
  release(session: S): void;
  /** Gives back a session that must not be used again. */
  discard(session: S): void;
  failure(error: unknown): Failure;
  /** True when the server itself refused, so that it is known that the statement did nothing. */
  answered(error: unknown): boolean;
  /** The error callers see. `session` may be asked for the columns of a key. */
  translate(error: unknown, text: string, session: S | undefined): Promise<Error>;
  hasTable(session: S, table: string): Promise<boolean>;
  /** See `Catalogue.age`. */
  age(session: S, table: string): Promise<TableAge>;
  /** knex on the session's connection, for migrations. */
  schemaBuilder(session: S): Knex;
  close(): Promise<void>;
}
