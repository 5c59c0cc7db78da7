import { type ServiceToken, service } from '../module/token.ts';
import type { Dialect } from './dialect.ts';

/** A statement: text with a `?` for each value. What the tag `sql` makes is one, and so is what `constant` makes. */
export interface Query {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * What a statement that answers no rows did. `affectedRows` counts rows found by an UPDATE, changed or not; `insertId` is
 * the id that a plain INSERT of one row got, 0 where nothing was generated.
 */
export interface Outcome {
  readonly affectedRows: number;
  readonly insertId: number;
}

/**
 * Runs SQL. Table names stand in braces, `SELECT … FROM {customer_entity} WHERE entity_id = ${id}`: the braces give way
 * to the table prefix. Statements are prepared and cached by their text, so the text must not carry values.
 *
 * Values are the same on every engine: integers and doubles are numbers, DECIMAL columns text with all their digits,
 * dates `YYYY-MM-DD HH:MM:SS` (UTC), JSON text, BLOBs Buffers; booleans may be bound and come back as 0 and 1. Expressions
 * have no declared type: COUNT is a number everywhere, but SUM of integers is text on MySQL unless it is
 * `CAST(SUM(…) AS SIGNED)`. Errors are DatabaseErrors, told apart by `code`.
 */
export interface Executor {
  readonly dialect: Dialect;
  all<R = Record<string, unknown>>(query: Query): Promise<R[]>;
  first<R = Record<string, unknown>>(query: Query): Promise<R | undefined>;
  run(query: Query): Promise<Outcome>;
}

export interface Transaction extends Executor {
  /**
   * On whose behalf this transaction writes, `connection:7`: for those who tell others of changes and must not tell the
   * one who asked for them. Kept for the length of one try; set it where the work begins.
   */
  cause?: string | undefined;
  /**
   * A write whose outcome nobody waits for. It goes out together with the next statement or with the commit, in order,
   * in one message to the server; when it fails, the transaction fails with its error. Most of a transaction's time is
   * messages, so writers use this wherever they need neither the generated id nor the number of rows at once. `then` is
   * told of the outcome before the commit, and may write more for later.
   */
  later(query: Query, then?: (outcome: Outcome) => void): void;
  /** Runs once, after the commit; an error in it is logged and changes nothing. Dropped on rollback. */
  afterCommit(effect: () => void | Promise<void>): void;
}

export interface Database extends Executor {
  /**
   * Runs `work` in one transaction and commits. On the transient codes of the dialect the whole of `work` runs again
   * (at most 5 times, jittered); any other error rolls back and is thrown. `work` therefore has no effect outside `tx`.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
export const Database: ServiceToken<Database> = service<Database>('framework.Database');
