import { type Executor, idList, type Sql, sql } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { printUserId } from '../user/user-id.ts';
import { printGroupId } from './group-id.ts';
import type { GroupRecord } from './group-record.ts';
import { groupMembersFrom, userMembersFrom } from './tables.ts';

interface UserMemberRow {
  group_id: number;
  customer_id: number;
  generation: number;
  display: string | null;
}

interface GroupMemberRow {
  group_id: number;
  child_id: number;
  display_name: string;
}

const userMember = (row: UserMemberRow, baseUrl: string): Resource => {
  const value = printUserId({ customerId: row.customer_id, generation: row.generation });
  return {
    value,
    $ref: `${baseUrl}/Users/${value}`,
    ...(row.display === null ? {} : { display: row.display }),
    type: 'User',
  };
};

const groupMember = (row: GroupMemberRow, baseUrl: string): Resource => {
  const value = printGroupId(row.child_id);
  return { value, $ref: `${baseUrl}/Groups/${value}`, display: row.display_name, type: 'Group' };
};

/** Who a user member is in words: its displayName, else its userName. */
const display = ({ dialect }: Executor): Sql =>
  sql`CASE WHEN u.display_key <> '' THEN ${dialect.jsonText(sql`d.document`, ['displayName'])} ELSE ${dialect.jsonText(sql`d.document`, ['userName'])} END`;

/** What of a list of members is read: those after a user, so many of them. */
export interface MemberRange {
  readonly after: number;
  readonly limit: number;
}

/** The members of groups as SCIM shows them, users first, in order of their ids: one statement, two where groups are among them. */
export async function readMembers(
  db: Executor,
  groups: readonly GroupRecord[],
  baseUrl: string,
): Promise<Map<number, Resource[]>> {
  const members = new Map<number, Resource[]>(groups.map(({ groupId }) => [groupId, []]));
  const withUsers = groups.filter(({ memberCount, children }) => memberCount > children);
  if (withUsers.length > 0) {
    const ids = idList(withUsers.map(({ groupId }) => groupId));
    const rows = await db.all<UserMemberRow>(
      sql`SELECT g.group_id, u.customer_id, u.generation, ${display(db)} AS display ${userMembersFrom} JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id WHERE g.group_id IN (${ids}) ORDER BY g.group_id, m.customer_id`,
    );
    for (const row of rows) members.get(row.group_id)?.push(userMember(row, baseUrl));
  }
  for (const row of await groupRows(db, groups)) members.get(row.group_id)?.push(groupMember(row, baseUrl));
  return members;
}

async function groupRows(db: Executor, groups: readonly GroupRecord[]): Promise<GroupMemberRow[]> {
  const withGroups = groups.filter(({ children }) => children > 0).map(({ groupId }) => groupId);
  if (withGroups.length === 0) return [];
  return db.all<GroupMemberRow>(
    sql`SELECT g.group_id, child.group_id AS child_id, child.display_name ${groupMembersFrom} WHERE g.group_id IN (${idList(withGroups)}) ORDER BY g.group_id, child.group_id`,
  );
}

/** The next members of one group that are users. */
export async function readUserMembers(
  db: Executor,
  { groupId, generation }: Pick<GroupRecord, 'groupId' | 'generation'>,
  { after, limit }: MemberRange,
  baseUrl: string,
): Promise<{ readonly last: number | undefined; readonly members: Resource[] }> {
  const rows = await db.all<UserMemberRow>(
    sql`SELECT m.group_id, u.customer_id, u.generation, ${display(db)} AS display FROM {vestibule_group_member} m ${db.dialect.readBy('PRIMARY')} JOIN {vestibule_user} u ON u.customer_id = m.customer_id AND u.is_deleted = 0 JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id WHERE m.group_id = ${groupId} AND m.generation = ${generation} AND m.customer_id > ${after} ORDER BY m.customer_id LIMIT ${limit}`,
  );
  return { last: rows.at(-1)?.customer_id, members: rows.map((row) => userMember(row, baseUrl)) };
}

/** The members of one group that are groups. */
export async function readGroupMembers(db: Executor, group: GroupRecord, baseUrl: string): Promise<Resource[]> {
  return (await groupRows(db, [group])).map((row) => groupMember(row, baseUrl));
}
