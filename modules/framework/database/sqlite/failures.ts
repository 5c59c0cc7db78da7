import { DatabaseError, DuplicateKeyError } from '../errors.ts';
import type { Failure } from '../session.ts';

/** SQLite's result code (https://sqlite.org/rescode.html), extended where there is one; undefined for other errors. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('rawCode' in error)) return undefined;
  return typeof error.rawCode === 'number' ? error.rawCode : undefined;
}

const primary = { readOnly: 8, noMemory: 7, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, tooBig: 18, notADb: 26 };
const constraint = 19;
const foreignKeys = new Set([787, 1811]);
const uniques = new Set([2067, 1555, 2579]);

/** BUSY (5, extended 261, 517 BUSY_SNAPSHOT, 773), LOCKED (6) and PROTOCOL (15): somebody else is at the file. */
export function isBusy(error: unknown): boolean {
  const code = (resultCode(error) ?? 0) & 0xff;
  return code === 5 || code === 6 || code === 15;
}

/** Errors after which SQLite has rolled the transaction back by itself, or may have. */
const losing = new Set([primary.noMemory, primary.ioError, primary.corrupt, primary.full]);

export function sqliteFailure(error: unknown): Failure {
  if (isBusy(error)) return 'busy';
  return losing.has((resultCode(error) ?? 0) & 0xff) ? 'lost' : 'final';
}

/** The error that callers see. `prefix` is taken off table names; `columnsOf` answers an index's columns. */
export function sqliteError(error: unknown, prefix: string, columnsOf: (index: string) => IndexColumns): Error {
  if (error instanceof DatabaseError) return error;
  const code = resultCode(error);
  const cause = { cause: error };
  if (code === undefined) return error instanceof Error ? error : new DatabaseError('DB_STATEMENT', String(error));
  const { message } = error as Error;
  if (uniques.has(code)) return duplicate(message, prefix, columnsOf);
  if (foreignKeys.has(code))
    return new DatabaseError('DB_REFERENCE', 'A foreign key has no partner row, or still has one');
  switch (code & 0xff) {
    case constraint:
    case 20:
      return new DatabaseError('DB_VALUE', `A value does not fit its column: ${message}`);
    case primary.tooBig:
      return new DatabaseError('DB_VALUE', 'A value is larger than SQLite takes');
    case primary.readOnly:
      return new DatabaseError('DB_READ_ONLY', 'The SQLite file may only be read; check its owner and mode', cause);
    case primary.full:
      return new DatabaseError('DB_FULL', 'No room is left for the SQLite file; free some disk space', cause);
    case 5:
    case 6:
    case 15:
      return new DatabaseError('DB_CONTENTION', 'Another process kept the SQLite file locked for too long', cause);
    case primary.noMemory:
    case primary.ioError:
    case primary.corrupt:
    case primary.cantOpen:
    case primary.notADb:
      return new DatabaseError('DB_UNAVAILABLE', `The SQLite file cannot be used: ${message}`, cause);
    default:
      return new DatabaseError('DB_STATEMENT', `SQLite refused a statement: ${message}`, cause);
  }
}

export interface IndexColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

/** "UNIQUE constraint failed: t.a, t.b", or "… failed: index 'name'" for an index over expressions. */
function duplicate(message: string, prefix: string, columnsOf: (index: string) => IndexColumns): DuplicateKeyError {
  const list = message.slice(message.indexOf(':') + 1).trim();
  const index = /^index '(.+)'$/.exec(list)?.[1];
  const found = index === undefined ? fromList(list) : columnsOf(index);
  const table = found.table.startsWith(prefix) ? found.table.slice(prefix.length) : found.table;
  return new DuplicateKeyError(table, found.columns);
}

function fromList(list: string): IndexColumns {
  const parts = list.split(', ').map((part) => part.split('.'));
  return { table: parts[0]?.[0] ?? '', columns: parts.map((part) => part.slice(1).join('.')) };
}
