import type { CustomerDetail } from '../../customer/index.ts';
import { aroundIds, type Executor, idList, raw, type Sql, sql } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { groupsAbove, type Standing } from './above.ts';
import { printGroupId } from './group-id.ts';
import { ascending, listsOf } from './pieces.ts';

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

/** NULL for a user `u` who is in no group: costs an index entry, where its member rows would cost a statement. */
export const anyGroupOf = sql`(SELECT MIN(gm.group_id) FROM {vestibule_group_member} gm WHERE gm.customer_id = u.customer_id)`;

/** Among the details of customers: a member row. No attribute has so large an id. */
const aMembership = 65_536;

const customerId = raw('customer_id');

/** Member rows as further details of customers (see `PartialReading.details`), read back by `membershipsAmong`. */
export const memberDetails = (customerIds: readonly number[]): Sql =>
  sql`SELECT customer_id AS entity_id, ${raw(String(aMembership))} AS attribute_id, JSON_ARRAY(group_id, generation) AS value FROM {vestibule_group_member} WHERE ${aroundIds(customerId, customerIds)}`;

/** The member rows among the details, for each of these customers. */
export function membershipsAmong(
  customerIds: readonly number[],
  details: readonly CustomerDetail[],
): readonly (readonly Membership[])[] {
  const found = new Map(customerIds.map((id): [number, Membership[]] => [id, []]));
  for (const { entity_id, attribute_id, value } of details) {
    if (Number(attribute_id) !== aMembership || value === null) continue;
    const [g, n] = JSON.parse(value) as [number, number];
    found.get(entity_id)?.push({ g, n });
  }
  return [...found.values()];
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
