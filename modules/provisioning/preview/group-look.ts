import { type Executor, idList, sql, type Transaction } from '../../framework/index.ts';
import { parseGroupId } from '../group/group-id.ts';
import { nextMembers } from '../group/user-members.ts';
import { printUserId } from '../user/user-id.ts';
import type { GroupFigures, MovedMembers } from './group-preview.ts';

/** Groups with more members than these are counted, not looked through. */
const mostMembers = 10_000;
const mostExamples = 10;

/** A group with the customers in it. */
export interface GroupState {
  readonly figures: GroupFigures;
  /** Undefined where they are too many. */
  readonly customers: ReadonlySet<number> | undefined;
}

/** A group as a transaction sees it; undefined where there is none. */
export async function lookAtGroup(
  tx: Transaction,
  connectionId: number,
  text: string,
): Promise<GroupState | undefined> {
  const groupId = parseGroupId(text);
  const row =
    groupId === undefined
      ? undefined
      : await tx.first<{ generation: number; member_count: number; display_name: string; code: string | null }>(
          sql`SELECT g.generation, g.member_count, g.display_name, c.customer_group_code AS code FROM {vestibule_group} g LEFT JOIN {customer_group} c ON c.customer_group_id = g.customer_group_id WHERE g.group_id = ${groupId} AND g.connection_id = ${connectionId}`,
        );
  if (groupId === undefined || !row) return undefined;
  const { generation } = row;
  return {
    figures: { displayName: row.display_name, members: row.member_count, customerGroup: row.code },
    customers:
      row.member_count > mostMembers
        ? undefined
        : new Set(await nextMembers(tx, { groupId, generation }, 0, mostMembers)),
  };
}

const nobody: ReadonlySet<number> = new Set();

/** Who comes and who goes between two looks. */
export async function movedBetween(
  db: Executor,
  before: GroupState | undefined,
  after: GroupState | undefined,
): Promise<{ readonly joining: MovedMembers; readonly leaving: MovedMembers }> {
  const had = before ? before.customers : nobody;
  const has = after ? after.customers : nobody;
  if (!had || !has) {
    const unknown = { count: null, examples: [] };
    return { joining: unknown, leaving: unknown };
  }
  return {
    joining: await moved(
      db,
      [...has].filter((id) => !had.has(id)),
    ),
    leaving: await moved(
      db,
      [...had].filter((id) => !has.has(id)),
    ),
  };
}

async function moved(db: Executor, ids: readonly number[]): Promise<MovedMembers> {
  if (ids.length === 0) return { count: 0, examples: [] };
  const rows = await db.all<{ customer_id: number; generation: number; email: string }>(
    sql`SELECT u.customer_id, u.generation, c.email FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE u.customer_id IN (${idList(ids.slice(0, mostExamples))}) ORDER BY u.customer_id`,
  );
  const examples = rows.map(({ customer_id, generation, email }) => ({
    id: printUserId({ customerId: customer_id, generation }),
    email,
  }));
  return { count: ids.length, examples };
}
