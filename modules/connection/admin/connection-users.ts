import { type Executor, type ExtensionPoint, extensionPoint } from '../../framework/index.ts';

/** Counts the users that identity providers see, up to `most` for each connection: more are never looked at. */
export interface ConnectionUsers {
  count(db: Executor, connectionIds: readonly number[], most: number): Promise<ReadonlyMap<number, number>>;
}
export const ConnectionUsers: ExtensionPoint<ConnectionUsers> =
  extensionPoint<ConnectionUsers>('connection.ConnectionUsers');

/** As far as the pages count. */
export const mostUsersCounted = 1_001;

/** The sum over all who keep users. */
export async function usersOf(
  sources: readonly ConnectionUsers[],
  db: Executor,
  ids: readonly number[],
  most: number,
): Promise<ReadonlyMap<number, number>> {
  const sum = new Map<number, number>();
  if (ids.length === 0) return sum;
  for (const source of sources)
    for (const [id, n] of await source.count(db, ids, most)) sum.set(id, Math.min(most, (sum.get(id) ?? 0) + n));
  return sum;
}
