import { DatabaseError } from '../errors.ts';
import type { Failure } from '../session.ts';

/** What mysql2 says of an error: the server's number, or a code of its own or of the socket. */
export interface MysqlFault {
  readonly message: string;
  readonly errno: number | undefined;
  readonly code: string | undefined;
  readonly fatal: boolean;
}

/** Reads a mysql2 or socket error; undefined for every other error. */
export function mysqlFault(error: unknown): MysqlFault | undefined {
  if (!(error instanceof Error) || error instanceof DatabaseError) return undefined;
  const { errno, code, fatal } = error as { errno?: unknown; code?: unknown; fatal?: unknown };
  if (errno === undefined && code === undefined && fatal === undefined) return undefined;
  return {
    message: error.message,
    // Socket errors carry the system's negative number.
    errno: typeof errno === 'number' && errno > 0 ? errno : undefined,
    code: typeof code === 'string' ? code : undefined,
    fatal: fatal === true,
  };
}

/** Deadlock, lock wait timeout, record changed since read (MariaDB), group replication's rollback. */
const transient = new Set([1213, 1205, 1020, 3101]);

/**
 * The server is going, full, not ready or only readable after a failover: 1040 and 1203 too many connections, 1047 node
 * not ready, 1053 shutdown, 1290 1792 1836 read-only, 1927 killed, 4031 idle, 1158-1161 network; 1317 is left out, since
 * KILL QUERY is somebody's wish.
 */
const connectionNumbers = new Set([1040, 1047, 1053, 1158, 1159, 1160, 1161, 1203, 1290, 1792, 1836, 1927, 4031]);

const connectionCodes = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

export function mysqlFailure(error: unknown): Failure {
  const fault = mysqlFault(error);
  if (fault === undefined) return 'final';
  if (fault.errno !== undefined && transient.has(fault.errno)) return 'transient';
  if (fault.errno !== undefined && connectionNumbers.has(fault.errno)) return 'connection';
  if (fault.fatal || (fault.code !== undefined && connectionCodes.has(fault.code))) return 'connection';
  return 'final';
}

const readOnly = new Set([1290, 1792, 1836]);
const references = new Set([1216, 1217, 1451, 1452]);
const values = new Set([1048, 1264, 1265, 1292, 1364, 1366, 1406, 1411, 1416, 1690, 3819, 3140, 4025, 22001]);
const tooLarge = new Set([1153, 1180, 1197]);
const full = new Set([1021, 1114]);
/** No privilege on a database, table or column; SUPER or SET USER wanted; triggers wanted while a binary log is kept. */
const denied = new Set([1044, 1142, 1143, 1227, 1370, 1419]);

/** The error that callers see, duplicate keys excepted. `shown` is the server's address for people. */
export function mysqlError(error: unknown, shown: string): Error {
  const fault = mysqlFault(error);
  if (fault === undefined) return error instanceof Error ? error : new DatabaseError('DB_STATEMENT', String(error));
  const number = fault.errno ?? 0;
  const cause = { cause: error };
  if (readOnly.has(number))
    return new DatabaseError('DB_READ_ONLY', `The database at ${shown} may only be read`, cause);
  switch (mysqlFailure(error)) {
    case 'transient':
      return new DatabaseError('DB_CONTENTION', `Other transactions kept rows locked for too long (${number})`, cause);
    case 'connection':
      return unavailable(shown, error);
    default:
  }
  if (references.has(number)) {
    return new DatabaseError('DB_REFERENCE', 'A foreign key has no partner row, or still has one');
  }
  if (values.has(number)) {
    const column = /column (?:`[^`]*`\.)*[`']?([^`'\s]+)[`']?/i.exec(fault.message)?.[1] ?? 'its column';
    return new DatabaseError('DB_VALUE', `A value does not fit ${column} (${number})`);
  }
  if (tooLarge.has(number)) {
    return new DatabaseError('DB_TOO_LARGE', `A statement or transaction is larger than the server takes (${number})`);
  }
  if (denied.has(number))
    return new DatabaseError('DB_DENIED', `The database user may not do this: ${fault.message} (${number})`, cause);
  if (full.has(number)) return new DatabaseError('DB_FULL', `No room is left at ${shown}; free some disk space`, cause);
  return new DatabaseError('DB_STATEMENT', `The database refused a statement: ${fault.message}`, cause);
}

/** No connection to the server, and why. */
export function unavailable(shown: string, error: unknown): DatabaseError {
  const found = error instanceof Error ? ((error as { code?: string }).code ?? error.message) : 'no answer';
  return new DatabaseError('DB_UNAVAILABLE', `The database at ${shown} cannot be reached (${found})`, { cause: error });
}
