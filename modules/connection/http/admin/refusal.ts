import { HttpError } from '../../../framework/index.ts';
import { ConnectionError, type ConnectionErrorCode } from '../../connection.ts';

const missing: ReadonlySet<ConnectionErrorCode> = new Set([
  'CONNECTION_UNKNOWN',
  'TOKEN_UNKNOWN',
  'MATCH_UNKNOWN',
  'SETUP_LINK_UNKNOWN',
]);
const inTheWay: ReadonlySet<ConnectionErrorCode> = new Set([
  'CONNECTION_EXISTS',
  'SETUP_LINK_OVER',
  'TOKEN_LIMIT',
  'TOKEN_ROTATION',
  'TRANSFER_REFUSED',
]);

/** What an error of this room is over HTTP: 404 for what is not there, 409 for what is in the way, else 400. */
export function httpErrorOf(error: unknown): unknown {
  if (!(error instanceof ConnectionError)) return error;
  const status = missing.has(error.code) ? 404 : inTheWay.has(error.code) ? 409 : 400;
  return new HttpError(status, error.code, error.message, { cause: error });
}

/** Does the work, whose refusals by this room the caller may read. @throws HttpError */
export async function orRefuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw httpErrorOf(error);
  }
}
