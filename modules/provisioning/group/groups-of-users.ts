import { type Dialect, type Executor, type Sql, sql } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { groupsAbove, type Standing } from './above.ts';
import { printGroupId } from './group-id.ts';
import { ascending } from './id-list.ts';

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

/** The member rows of the user `u` as JSON text, for the user's own statement; NULL or `[]` for none. */
export const membershipsOf = (dialect: Dialect): Sql =>
  sql`(SELECT ${dialect.jsonArrayAggregate({ g: sql`gm.group_id`, n: sql`gm.generation` })} FROM {vestibule_group_member} gm WHERE gm.customer_id = u.customer_id)`;

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
