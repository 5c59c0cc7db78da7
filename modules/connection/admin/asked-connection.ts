import type { Visit } from '../../admin/index.ts';
import { type Executor, HttpError } from '../../framework/index.ts';
import { type Connection, ConnectionError, type Connections } from '../connection.ts';

/** The connection that a page's address names. @throws HttpError 404 */
export async function askedConnection(visit: Visit, connections: Connections, db: Executor): Promise<Connection> {
  try {
    return await connections.byCode(db, visit.params.code ?? '');
  } catch (error) {
    if (error instanceof ConnectionError && error.code === 'CONNECTION_UNKNOWN')
      throw new HttpError(404, 'NOT_FOUND', 'There is no such connection; it may have been deleted.');
    throw error;
  }
}

/** Who does it, as records name them. */
export const actorOfVisit = ({ signedIn }: Visit): string => signedIn?.user ?? 'administration';
