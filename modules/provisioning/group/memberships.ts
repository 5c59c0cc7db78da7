import { type Event, type Executor, event, idList, type ServiceToken, service, sql } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';
import { groupsOf, readMemberships } from './groups-of-users.ts';
import { ascending } from './pieces.ts';

/** A group of an identity provider. */
export interface ProvidedGroup {
  readonly groupId: number;
  readonly displayName: string;
  readonly connectionId: number;
}

/** A group that a customer is in; not `direct`: through another group. */
export type CustomerMembership = ProvidedGroup & { readonly direct: boolean };

/** Who is in which group, for rooms that act on memberships. */
export interface GroupMemberships {
  /** The groups of each of these customers, in order of their ids; who is in none is missing. Three statements. */
  of(db: Executor, customerIds: readonly number[]): Promise<ReadonlyMap<number, readonly CustomerMembership[]>>;
  /** The groups that are called so, compared as SCIM compares names, in whichever connections. */
  named(db: Executor, displayName: string): Promise<readonly ProvidedGroup[]>;
  /** Living users that are in one of these groups, directly or through others: ids behind `after`, ascending. */
  customers(db: Executor, groupIds: readonly number[], after: number, limit: number): Promise<readonly number[]>;
}
export const GroupMemberships: ServiceToken<GroupMemberships> = service<GroupMemberships>(
  'provisioning.GroupMemberships',
);

/**
 * Memberships came or went: of these customers, and of whoever is in these groups or was until now, whom it would take too
 * long to name. Told in the transaction that does it; of large groups once more, as a job works through their members. Not
 * told where a connection is deleted or a reconciliation removes what is broken: look at everybody once in a while.
 */
export const GroupMembershipsChanged: Event<{
  readonly customerIds: readonly number[];
  readonly groupIds: readonly number[];
}> = event('provisioning.GroupMembershipsChanged');

/** Memberships over the tables of groups. */
export const createGroupMemberships = (): GroupMemberships => ({
  async of(db, customerIds) {
    const members = await readMemberships(db, customerIds);
    const groups = await groupsOf(db, [...members.values()]);
    const owners = await connectionsOf(db, [...new Set(groups.flatMap((list) => list.map(({ groupId }) => groupId)))]);
    const found = [...members.keys()].map(
      (id, at) =>
        [
          id,
          (groups[at] ?? []).flatMap((group) => {
            const connectionId = owners.get(group.groupId);
            return connectionId === undefined ? [] : [{ ...group, connectionId }];
          }),
        ] as const,
    );
    return new Map(found.filter(([, list]) => list.length > 0));
  },
  named: (db, displayName) =>
    db.all<ProvidedGroup>(
      sql`SELECT g.group_id AS groupId, g.display_name AS displayName, g.connection_id AS connectionId FROM {vestibule_connection} c JOIN {vestibule_group} g ON g.connection_id = c.connection_id WHERE g.display_key = ${fold(displayName)} ORDER BY g.group_id`,
    ),
  async customers(db, groupIds, after, limit) {
    if (groupIds.length === 0) return [];
    const below = await db.all<{ groupId: number; generation: number }>(
      sql`SELECT DISTINCT g.group_id AS groupId, g.generation FROM {vestibule_group_closure} down JOIN {vestibule_group} g ON g.group_id = down.descendant_id WHERE down.ancestor_id IN (${idList(groupIds)})`,
    );
    const found = new Set<number>();
    for (const { groupId, generation } of below) {
      const rows = await db.all<{ id: number }>(
        sql`SELECT m.customer_id AS id FROM {vestibule_group_member} m ${db.dialect.readBy('PRIMARY')} JOIN {vestibule_user} u ON u.customer_id = m.customer_id AND u.is_deleted = 0 WHERE m.group_id = ${groupId} AND m.generation = ${generation} AND m.customer_id > ${after} ORDER BY m.customer_id LIMIT ${limit}`,
      );
      for (const { id } of rows) found.add(id);
    }
    return [...found].sort(ascending).slice(0, limit);
  },
});

async function connectionsOf(db: Executor, groupIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (groupIds.length === 0) return new Map();
  const rows = await db.all<{ id: number; connectionId: number }>(
    sql`SELECT group_id AS id, connection_id AS connectionId FROM {vestibule_group} WHERE group_id IN (${idList(groupIds)})`,
  );
  return new Map(rows.map(({ id, connectionId }) => [id, connectionId]));
}
