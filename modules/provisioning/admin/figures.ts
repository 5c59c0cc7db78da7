import { ConnectionUsers, mostUsersCounted } from '../../connection/index.ts';
import { contribute, type Executor, join, sql } from '../../framework/index.ts';

/** Beyond, pages say "100+". */
export const mostWaiting = 100;

/** What an administrator looks for first: who is there, and what waits for a decision. */
export interface Figures {
  /** Users by connection, counted no further than asked. */
  readonly users: ReadonlyMap<number, number>;
  /** Holds and match requests that wait, counted no further than one above {@link mostWaiting}. */
  readonly holds: number;
  readonly matches: number;
}

/** All figures over indexes by one statement, which the parts of a page share; each is counted so far and no further. */
export async function figuresOf(
  db: Executor,
  connections: readonly { readonly id: number }[],
  most = mostUsersCounted,
): Promise<Figures> {
  const counts = connections.map(
    ({ id }) =>
      sql`SELECT ${id} AS connection_id, 0 AS what, COUNT(*) AS n FROM (SELECT customer_id FROM {vestibule_user} WHERE connection_id = ${id} AND is_deleted = 0 LIMIT ${most}) AS some`,
  );
  const waiting = [
    sql`SELECT 0, 1, COUNT(*) FROM (SELECT hold_id FROM {vestibule_guard_hold} WHERE status = ${'open'} LIMIT ${mostWaiting + 1}) AS h`,
    sql`SELECT 0, 2, COUNT(*) FROM (SELECT request_id FROM {vestibule_match_request} WHERE state = ${'pending'} LIMIT ${mostWaiting + 1}) AS m`,
  ];
  const named = counts.length > 0 ? counts : [sql`SELECT 0 AS connection_id, 0 AS what, 0 AS n`];
  const rows = await db.all<{ connection_id: number; what: number; n: number }>(
    join([...named, ...waiting], ' UNION ALL '),
  );
  const waits = (what: number): number => Number(rows.find((row) => Number(row.what) === what)?.n ?? 0);
  const users = rows.filter(({ what }) => Number(what) === 0);
  return {
    users: new Map(users.map(({ connection_id, n }) => [Number(connection_id), Number(n)])),
    holds: waits(1),
    matches: waits(2),
  };
}

export const upToMost = (count: number): string => (count > mostWaiting ? `${mostWaiting}+` : String(count));

export const usersOfConnections = contribute(ConnectionUsers, {}, () => ({
  count: async (db, ids, most) =>
    (
      await figuresOf(
        db,
        ids.map((id) => ({ id })),
        most,
      )
    ).users,
}));
