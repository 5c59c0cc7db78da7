import type { CustomerState } from '../../customer/index.ts';
import type { Events } from '../../framework/index.ts';
import { onBehalfOf } from '../cause.ts';
import { type DeletionRoom, deleteConnection } from './delete-connection.ts';
import { nextUsers, releaseUsers } from './leaving-users.ts';

/** Customers per transaction: deleting one takes some statements. */
const batchSize = 50;

/**
 * Deletes a connection and every customer it manages or has deleted, rows and all, so that nothing of it is left but the
 * record of what happened. For connections that were made to rehearse and never adopted anybody.
 */
export async function eraseConnection(room: Omit<DeletionRoom, 'events'>, code: string): Promise<void> {
  const { database, connections, customers, clock } = room;
  const { id: connectionId } = await connections.byCode(database, code);
  await database.transaction((tx) => connections.change(tx, code, { active: false }));
  await customers.ready(database);
  for (let more = true; more; ) {
    more = await onBehalfOf(database, connectionId, async (tx) => {
      const users = await nextUsers(tx, connectionId, batchSize);
      const [first, last] = [users[0], users.at(-1)];
      if (!first || !last) return false;
      for (const { customerId } of users) {
        const customer: CustomerState | undefined = await customers.byId(tx, customerId, { forUpdate: true });
        if (customer) await customers.delete(tx, customer, clock.now());
      }
      await releaseUsers(tx, { connectionId, from: first.customerId, to: last.customerId });
      return true;
    });
  }
  // Nobody is transferred, so there is nobody to be told.
  const events: Events = { emit: async () => {}, observed: () => false, observers: () => [] };
  await deleteConnection(
    { ...room, events },
    { code, customers: { kind: 'keep' }, dryRun: false, settle: async () => {} },
  );
}
