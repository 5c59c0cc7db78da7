export type DatabaseErrorCode =
  /** The address is not one this host understands. */
  | 'DB_URL_INVALID'
  /** No connection, or it was lost, or the server refuses work for now. Answer 503. */
  | 'DB_UNAVAILABLE'
  /** Deadlocks, lock waits or a locked file outlasted every retry. Answer 503. */
  | 'DB_CONTENTION'
  /** The connection was lost after COMMIT was sent: the changes are there or they are not. Look before repeating. */
  | 'DB_COMMIT_UNKNOWN'
  /** A unique key is taken; always a DuplicateKeyError. */
  | 'DB_DUPLICATE'
  /** A foreign key has no partner, or the row is still referred to. */
  | 'DB_REFERENCE'
  /** A value does not fit its column: too long, out of range, wrong kind, missing, or it holds U+0000. */
  | 'DB_VALUE'
  /** The statement or the transaction is larger than the server takes. */
  | 'DB_TOO_LARGE'
  /** No room on the disk. */
  | 'DB_FULL'
  /** The database or its file may only be read. */
  | 'DB_READ_ONLY'
  /** The database user lacks a privilege. */
  | 'DB_DENIED'
  /** A programming error: a value of a kind that must not be bound. */
  | 'DB_BIND'
  /** A programming error: the database was used inside a transaction instead of `tx`, or `tx` after its end. */
  | 'DB_NESTED'
  /** The server refused the statement for any other reason; see `cause`. */
  | 'DB_STATEMENT'
  /** A migration failed, or the ledger and the files disagree. */
  | 'DB_MIGRATION'
  /** Tables of another system are not as this host needs them. */
  | 'DB_FOREIGN';

/** Says what the database refused and why. `cause` is the driver's error, left out where it would repeat a value. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/**
 * A unique key is taken. `table` is without the prefix, `columns` in the key's order; where the engine does not say
 * which key it was, `columns` is empty. The taken value is not repeated: it may be personal.
 */
export class DuplicateKeyError extends DatabaseError {
  override readonly name = 'DuplicateKeyError';
  readonly table: string;
  readonly columns: readonly string[];

  constructor(table: string, columns: readonly string[]) {
    super('DB_DUPLICATE', `Another row of ${table || 'the table'} has this ${columns.join(', ') || 'unique key'}`);
    this.table = table;
    this.columns = columns;
  }
}
