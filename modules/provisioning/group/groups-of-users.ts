import { type Executor, idList, sql } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { groupsAbove, type Standing } from './above.ts';
import { printGroupId } from './group-id.ts';
import { ascending, listsOf } from './id-list.ts';

/** A group that a user is in, as the user shows it. */
export interface UserGroup {
  readonly groupId: number;
  readonly displayName: string;
  /** False where the user is in it only through another group. */
  readonly direct: boolean;
}

/** A member row of a user. */
export interface Membership {
  readonly g: number;
  readonly n: number;
}

/** The member rows of users, by their customers; those who have none are missing. */
export async function readMemberships(
  db: Executor,
  customerIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Membership[]>> {
  const found = new Map<number, Membership[]>();
  for (const ids of listsOf(customerIds)) {
    const rows = await db.all<{ customer_id: number; g: number; n: number }>(
      sql`SELECT customer_id, group_id AS g, generation AS n FROM {vestibule_group_member} WHERE customer_id IN (${idList(ids)})`,
    );
    for (const { customer_id, g, n } of rows) {
      const known = found.get(customer_id);
      if (known) known.push({ g, n });
      else found.set(customer_id, [{ g, n }]);
    }
  }
  return found;
}

/** The groups that each list of member rows comes to: one statement for all, none where there are no member rows. */
export async function groupsOf(
  db: Executor,
  memberships: readonly (readonly Membership[])[],
): Promise<(readonly UserGroup[])[]> {
  const ids = memberships.flatMap((rows) => rows.map(({ g }) => g));
  const standings = ids.length === 0 ? new Map<number, Standing>() : await groupsAbove(db, ids);
  return memberships.map((rows) => {
    const groups = new Map<number, UserGroup>();
    for (const { g, n } of rows) {
      const standing = standings.get(g);
      // A group that was emptied or deleted has rows that wait to be removed.
      if (standing?.generation !== n) continue;
      for (const { groupId, displayName } of standing.above)
        if (groupId === g || !groups.has(groupId)) groups.set(groupId, { groupId, displayName, direct: groupId === g });
    }
    return [...groups.values()].sort((a, b) => ascending(a.groupId, b.groupId));
  });
}

/** `groups` of a user (RFC 7643 §4.1.2). */
export const renderGroups = (groups: readonly UserGroup[], baseUrl: string): Resource[] =>
  groups.map(({ groupId, displayName, direct }) => ({
    value: printGroupId(groupId),
    $ref: `${baseUrl}/Groups/${printGroupId(groupId)}`,
    display: displayName,
    type: direct ? 'direct' : 'indirect',
  }));
