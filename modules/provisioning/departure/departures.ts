import { setTimeout as sleep } from 'node:timers/promises';
import { type ServiceToken, service } from '../../framework/index.ts';
import {
  type ConnectionDeletion,
  type DeletedConnection,
  type DeletionRoom,
  deleteConnection,
} from './delete-connection.ts';

/** Running servers remember a connection for five seconds; what began before that may take another. */
const settleFor = 6_000;

/** Connections go, and what becomes of their customers is said before. */
export interface ConnectionDepartures {
  /**
   * Deletes a connection, or says what that would do. A deletion takes some seconds longer than its work: running servers
   * have to know first that the connection is paused.
   *
   * @throws ConnectionError `CONNECTION_UNKNOWN`, `TRANSFER_REFUSED`, before anything is changed
   */
  delete(deletion: Omit<ConnectionDeletion, 'settle'>): Promise<DeletedConnection>;
}
export const ConnectionDepartures: ServiceToken<ConnectionDepartures> = service<ConnectionDepartures>(
  'provisioning.ConnectionDepartures',
);

/** The service; `settle` is given by tests, whose clock stands still. */
export const createDepartures = (
  room: DeletionRoom,
  settle: ConnectionDeletion['settle'] = () => sleep(settleFor),
): ConnectionDepartures => ({ delete: (deletion) => deleteConnection(room, { ...deletion, settle }) });
