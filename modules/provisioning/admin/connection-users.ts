import { ConnectionUsers } from '../../connection/index.ts';
import { contribute, type Executor, join, sql } from '../../framework/index.ts';

/** Counts no further than `most` per connection, over an index: one statement for all connections. */
async function count(db: Executor, ids: readonly number[], most: number): Promise<ReadonlyMap<number, number>> {
  const counts = ids.map(
    (id) =>
      sql`SELECT ${id} AS connection_id, COUNT(*) AS n FROM (SELECT customer_id FROM {vestibule_user} WHERE connection_id = ${id} AND is_deleted = 0 LIMIT ${most}) AS some`,
  );
  const rows = await db.all<{ connection_id: number; n: number }>(join(counts, ' UNION ALL '));
  return new Map(rows.map(({ connection_id, n }) => [Number(connection_id), Number(n)]));
}

export const usersOfConnections = contribute(ConnectionUsers, {}, () => ({ count }));
