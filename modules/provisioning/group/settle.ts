import { aroundIds, idList, raw, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { isProtectedAmongMany, isProtectedGroup } from '../protection/protection.ts';
import type { Room } from '../room.ts';
import { type GroupAbove, groupsAbove, type Standing } from './above.ts';
import { ascending, listsOf } from './pieces.ts';
import { type CustomerRow, type Settlement, settlementOf } from './settlement.ts';
import { nextMembers } from './user-members.ts';

/**
 * Makes the customer groups of these customers follow from their memberships: the first by priority, then the oldest
 * group, decides. Who is in no group that maps goes back to where it was before, if it is still where we put it; whom
 * no membership has ever moved is left alone. A few statements for a thousand customers. Answers how many were moved.
 */
export async function settleCustomers(
  room: Pick<Room, 'customerGroups'>,
  tx: Transaction,
  customerIds: Iterable<number>,
  now: Date,
): Promise<number> {
  let moved = 0;
  for (const ids of listsOf([...customerIds].sort(ascending))) moved += await settleSome(room, tx, ids, now);
  return moved;
}

async function settleSome(
  { customerGroups }: Pick<Room, 'customerGroups'>,
  tx: Transaction,
  ids: readonly number[],
  now: Date,
): Promise<number> {
  const held = await tx.all<CustomerRow & { is_protected: number }>(
    sql`SELECT c.entity_id, c.website_id, c.group_id, c.disable_auto_group_change, a.customer_group_id AS assigned, a.group_before, a.disable_before, ${isProtectedAmongMany} AS is_protected FROM {customer_entity} c LEFT JOIN {vestibule_customer_group_assignment} a ON a.customer_id = c.entity_id WHERE c.entity_id IN (${idList(ids)}) ORDER BY c.entity_id ${tx.dialect.forUpdate}`,
  );
  const rows = held.filter((row) => row.is_protected !== 1);
  // Read once the rows are held: whoever held them before has committed.
  const settlement = settlementOf(rows, await targetsOf(tx, ids));
  remember(tx, settlement);
  let moved = 0;
  for (const [groupId, list] of settlement.placed) {
    await customerGroups.move(tx, list, groupId, { disableAutoGroupChange: true }, now);
    moved += list.length;
  }
  for (const [first, ...more] of alike(settlement.returning)) {
    const before = first.group_before ?? 0;
    const isOpen = before !== 0 && !(await isProtectedGroup(tx, before));
    const groupId = await customerGroups.orDefault(tx, isOpen ? before : 0, first.website_id);
    const list = [first, ...more].map((row) => row.entity_id);
    await customerGroups.move(tx, list, groupId, { disableAutoGroupChange: first.disable_before === 1 }, now);
    moved += list.length;
  }
  return moved;
}

/** Customers who go back to the same place, in one list each: mostly there is one. */
function alike(rows: readonly CustomerRow[]): Iterable<[CustomerRow, ...CustomerRow[]]> {
  const lists = new Map<string, [CustomerRow, ...CustomerRow[]]>();
  for (const row of rows) {
    const key = `${row.website_id}/${row.group_before}/${row.disable_before}`;
    const list = lists.get(key);
    if (list) list.push(row);
    else lists.set(key, [row]);
  }
  return lists.values();
}

const customerId = raw('customer_id');

/** The customer group that each customer's memberships lead to; customers without one are missing. */
async function targetsOf(tx: Transaction, ids: readonly number[]): Promise<Map<number, number>> {
  const memberships = await tx.all<MemberRow>(
    sql`SELECT customer_id, group_id, generation FROM {vestibule_group_member} WHERE ${aroundIds(customerId, ids)}`,
  );
  const standings = await groupsAbove(
    tx,
    memberships.map((row) => row.group_id),
  );
  return placesOf(memberships, standings);
}

interface MemberRow {
  readonly customer_id: number;
  readonly group_id: number;
  readonly generation: number;
}

/** The same, of member rows and groups that have been read. */
export function placesOf(
  memberships: readonly MemberRow[],
  standings: ReadonlyMap<number, Standing>,
): Map<number, number> {
  const deciding = new Map<number, GroupAbove>();
  for (const { customer_id, group_id, generation } of memberships) {
    const standing = standings.get(group_id);
    if (standing?.generation !== generation) continue;
    for (const group of standing.above) {
      const known = deciding.get(customer_id);
      if (group.customerGroupId !== null && (!known || decidesBefore(group, known))) deciding.set(customer_id, group);
    }
  }
  return new Map([...deciding].map(([customerId, { customerGroupId }]) => [customerId, Number(customerGroupId)]));
}

const decidesBefore = (a: GroupAbove, b: GroupAbove): boolean =>
  a.priority < b.priority || (a.priority === b.priority && a.groupId < b.groupId);

/** Notes where customers were before a membership moved them for the first time, and forgets it when none does. */
function remember(tx: Transaction, { remembered, reassigned, released }: Settlement): void {
  for (const [groupId, ids] of remembered)
    tx.later(
      sql`INSERT INTO {vestibule_customer_group_assignment} (customer_id, customer_group_id, group_before, disable_before) SELECT entity_id, ${groupId}, group_id, disable_auto_group_change FROM {customer_entity} WHERE entity_id IN (${idList(ids)}) ORDER BY entity_id`,
    );
  for (const [groupId, ids] of reassigned)
    tx.later(
      sql`UPDATE {vestibule_customer_group_assignment} SET customer_group_id = ${groupId} WHERE customer_id IN (${idList(ids)})`,
    );
  if (released.length > 0)
    tx.later(sql`DELETE FROM {vestibule_customer_group_assignment} WHERE customer_id IN (${idList(released)})`);
}

/** The customers who are in groups or in groups below them, up to a number; undefined where they may be more. */
export async function customersBelow(
  tx: Transaction,
  groupIds: readonly number[],
  most: number,
): Promise<number[] | undefined> {
  const groups = await tx.all<{ group_id: number; generation: number; member_count: number }>(
    sql`SELECT DISTINCT g.group_id, g.generation, g.member_count FROM {vestibule_group_closure} down JOIN {vestibule_group} g ON g.group_id = down.descendant_id WHERE down.ancestor_id IN (${idList(groupIds)})`,
  );
  if (groups.reduce((sum, group) => sum + group.member_count, 0) > most) return undefined;
  const customers = new Set<number>();
  for (const { group_id, generation } of groups)
    for (const id of await nextMembers(tx, { groupId: group_id, generation }, 0, most)) customers.add(id);
  return [...customers];
}

/** Leaves it to jobs: one for each group that is one of these or below. */
export function settleLater(tx: Transaction, groupIds: readonly number[], now: Date): void {
  tx.later(
    sql`INSERT INTO {vestibule_group_job} (group_id, generation, connection_id, display_name, removes, settles, created_at) SELECT g.group_id, g.generation, g.connection_id, g.display_name, 0, 1, ${sqlTimestampMs(now)} FROM {vestibule_group} g WHERE g.group_id IN (SELECT down.descendant_id FROM {vestibule_group_closure} down WHERE down.ancestor_id IN (${idList(groupIds)}))`,
  );
}
