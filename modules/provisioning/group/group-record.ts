import { constant, type Executor, idList, type Sql, sql, type Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';

/** A group as stored, without its members. */
export interface GroupRecord {
  readonly groupId: number;
  /** Everything the identity provider said of it but the members. */
  readonly document: Resource;
  /** The customer group that it stands for. */
  readonly customerGroupId: number | null;
  readonly priority: number;
  /** Member rows count where they are of this generation. */
  readonly generation: number;
  /** Users and groups in it; never less than there are. */
  readonly memberCount: number;
  readonly version: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  readonly createdAt: string;
  readonly modifiedAt: string;
  /** How many of the members are groups; 0 where nobody wants to know. */
  readonly children: number;
}

/** A group whose row is ours until the commit. */
export interface HeldGroup extends GroupRecord {
  /** Whether it, or a group above it, stands for a customer group: then memberships move customers. */
  readonly maps: boolean;
}

interface GroupRow {
  group_id: number;
  document: string;
  customer_group_id: number | null;
  priority: number;
  generation: number;
  member_count: number;
  version: number;
  created_at: string;
  modified_at: string;
  children: number;
  maps?: number;
}

const own = sql`g.group_id, g.document, g.customer_group_id, g.priority, g.generation, g.member_count, g.version, g.created_at, g.modified_at`;
const columns = sql`${own}, (SELECT COUNT(*) FROM {vestibule_group_nesting} n WHERE n.parent_id = g.group_id) AS children`;
/** For answers without members: no row of theirs is touched. */
const alone = sql`${own}, 0 AS children`;
const maps = sql`(SELECT COUNT(*) FROM {vestibule_group_closure} up JOIN {vestibule_group} a ON a.group_id = up.ancestor_id WHERE up.descendant_id = g.group_id AND a.customer_group_id IS NOT NULL) AS maps`;

/** MySQL leaves a fraction of zero out; a client that compares must read what it was answered. */
const toMilliseconds = (timestamp: string): string => (timestamp.length > 19 ? timestamp : `${timestamp}.000`);

const read = (row: GroupRow): GroupRecord => ({
  groupId: row.group_id,
  document: JSON.parse(row.document) as Resource,
  customerGroupId: row.customer_group_id,
  priority: row.priority,
  generation: row.generation,
  memberCount: row.member_count,
  version: row.version,
  createdAt: toMilliseconds(row.created_at),
  modifiedAt: toMilliseconds(row.modified_at),
  children: row.children,
});

const byId = constant(
  (connectionId: number, groupId: number) =>
    sql`SELECT ${columns} FROM {vestibule_group} g WHERE g.group_id = ${groupId} AND g.connection_id = ${connectionId}`,
);

const aloneById = constant(
  (connectionId: number, groupId: number) =>
    sql`SELECT ${alone} FROM {vestibule_group} g WHERE g.group_id = ${groupId} AND g.connection_id = ${connectionId}`,
);

const held = (lock: Sql, connectionId: number, groupId: number): Sql =>
  sql`SELECT ${columns}, ${maps} FROM {vestibule_group} g WHERE g.group_id = ${groupId} AND g.connection_id = ${connectionId} ${lock}`;

/** One living group of a connection. */
export async function findGroup(
  db: Executor,
  connectionId: number,
  groupId: number,
  withMembers: boolean,
): Promise<GroupRecord | undefined> {
  const row = await db.first<GroupRow>((withMembers ? byId : aloneById)(connectionId, groupId));
  return row && read(row);
}

/** One living group of a connection, whose row is ours until the commit: whoever changes its members comes after us. */
export async function holdGroup(
  tx: Transaction,
  connectionId: number,
  groupId: number,
): Promise<HeldGroup | undefined> {
  const row = await tx.first<GroupRow>(held(tx.dialect.forUpdate, connectionId, groupId));
  return row && { ...read(row), maps: Number(row.maps) > 0 };
}

/** Living groups by their ids, in the order of the ids given. */
export async function readGroups(
  db: Executor,
  groupIds: readonly number[],
  withMembers: boolean,
): Promise<GroupRecord[]> {
  if (groupIds.length === 0) return [];
  const rows = await db.all<GroupRow>(
    sql`SELECT ${withMembers ? columns : alone} FROM {vestibule_group} g WHERE g.group_id IN (${idList(groupIds)})`,
  );
  const byGroup = new Map(rows.map((row) => [row.group_id, read(row)]));
  return groupIds.flatMap((id) => byGroup.get(id) ?? []);
}
