import { type Executor, idList, sql } from '../../framework/index.ts';
import { listsOf } from './pieces.ts';

/** A group that members of another are in because of it, or that group itself. */
export interface GroupAbove {
  readonly groupId: number;
  readonly displayName: string;
  /** The customer group that it stands for, if the store still has that and no connection is kept from it. */
  readonly customerGroupId: number | null;
  readonly priority: number;
}

/** A group with all that stand above it, itself included, in order of their ids. */
export interface Standing {
  /** Member rows of this generation count. */
  readonly generation: number;
  readonly above: readonly GroupAbove[];
}

interface AboveRow {
  own_id: number;
  generation: number;
  group_id: number;
  display_name: string;
  customer_group_id: number | null;
  priority: number;
}

/**
 * What membership in each of some groups comes to. Asked by the ids of groups rather than of their members: no plan of the
 * database can then begin with a group and walk over all who are in it.
 */
export async function groupsAbove(db: Executor, groupIds: Iterable<number>): Promise<Map<number, Standing>> {
  const found = new Map<number, { generation: number; above: GroupAbove[] }>();
  for (const ids of listsOf([...new Set(groupIds)])) {
    const rows = await db.all<AboveRow>(
      sql`SELECT own.group_id AS own_id, own.generation, g.group_id, g.display_name, CASE WHEN pg.customer_group_id IS NULL THEN k.customer_group_id END AS customer_group_id, g.priority FROM {vestibule_group} own JOIN {vestibule_group_closure} up ON up.descendant_id = own.group_id JOIN {vestibule_group} g ON g.group_id = up.ancestor_id LEFT JOIN {customer_group} k ON k.customer_group_id = g.customer_group_id LEFT JOIN {vestibule_protected_group} pg ON pg.customer_group_id = k.customer_group_id WHERE own.group_id IN (${idList(ids)}) ORDER BY own.group_id, g.group_id`,
    );
    for (const row of rows) {
      const standing = found.get(row.own_id) ?? { generation: row.generation, above: [] };
      if (standing.above.length === 0) found.set(row.own_id, standing);
      standing.above.push({
        groupId: row.group_id,
        displayName: row.display_name,
        customerGroupId: row.customer_group_id,
        priority: row.priority,
      });
    }
  }
  return found;
}
