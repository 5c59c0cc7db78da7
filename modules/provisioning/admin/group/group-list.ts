import type { GridState } from '../../../admin/index.ts';
import { type Database, sql } from '../../../framework/index.ts';
import { fold } from '../../../scim/index.ts';
import { printGroupId } from '../../group/group-id.ts';

/** A group of a connection as an administrator sees it. */
export interface ShownGroup {
  readonly id: string;
  readonly groupId: number;
  readonly displayName: string;
  /** What groups are ordered and paged by. */
  readonly key: string;
  readonly members: number;
  readonly priority: number;
  readonly customerGroupId: number | null;
}

interface Row {
  group_id: number;
  display_name: string;
  display_key: string;
  member_count: number;
  priority: number;
  customer_group_id: number | null;
}

/** Groups whose names begin as the filter says, in order of their names: one more than a page where there are more. */
export async function listedGroups(db: Database, connectionId: number, state: GridState): Promise<ShownGroup[]> {
  const begins = fold(state.filters.name ?? '');
  // Nothing sorts behind this; MySQL has no unbounded ranges, and LIKE would use no index under every collation.
  const end = `${begins}\u{10ffff}`;
  const [after, before] = [state.after?.[0], state.before?.[0]];
  const within = sql`g.connection_id = ${connectionId} AND g.display_key >= ${begins} AND g.display_key < ${end}`;
  const columns = sql`g.group_id, g.display_name, g.display_key, g.member_count, g.priority, g.customer_group_id`;
  const rows =
    before !== undefined
      ? await db.all<Row>(
          sql`SELECT ${columns} FROM {vestibule_group} g WHERE ${within} AND g.display_key < ${String(before)} ORDER BY g.display_key DESC LIMIT ${state.size + 1}`,
        )
      : await db.all<Row>(
          sql`SELECT ${columns} FROM {vestibule_group} g WHERE ${within} AND g.display_key > ${String(after ?? '')} ORDER BY g.display_key LIMIT ${state.size + 1}`,
        );
  return rows.map((row) => ({
    id: printGroupId(row.group_id),
    groupId: row.group_id,
    displayName: row.display_name,
    // MySQL hands bytes over.
    key: String(row.display_key),
    members: row.member_count,
    priority: row.priority,
    customerGroupId: row.customer_group_id,
  }));
}
