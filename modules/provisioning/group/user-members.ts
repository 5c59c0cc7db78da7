import { idList, sql, type Transaction } from '../../framework/index.ts';
import { connectionOf } from '../room.ts';
import { printUserId, type UserId } from '../user/user-id.ts';
import { ascending, listsOf, longestList } from './pieces.ts';
import type { GroupWork } from './work.ts';

interface StateRow {
  customer_id: number;
  generation: number;
  member_id: number | null;
  given_id: number | null;
}

/**
 * Living users of the connection among some ids, by the text of their SCIM id, and whether they are members. Their rows
 * are held, in order, so that none of them is deleted before it has become a member. Of a membership that a sign-in gave
 * the provider has spoken then: it is its own from now on.
 */
async function statesOf(work: GroupWork, ids: readonly number[]): Promise<Map<string, boolean>> {
  const { tx, group } = work;
  const connectionId = connectionOf(work.context).id;
  const states = new Map<string, boolean>();
  for (const list of listsOf(ids)) {
    const rows = await tx.all<StateRow>(
      sql`SELECT u.customer_id, u.generation, m.customer_id AS member_id, s.customer_id AS given_id FROM {vestibule_user} u LEFT JOIN {vestibule_group_member} m ON m.group_id = ${group.groupId} AND m.generation = ${work.generation} AND m.customer_id = u.customer_id LEFT JOIN {vestibule_sign_in_membership} s ON s.group_id = ${group.groupId} AND s.generation = ${work.generation} AND s.customer_id = u.customer_id WHERE u.customer_id IN (${idList(list)}) AND u.connection_id = ${connectionId} AND u.is_deleted = 0 ORDER BY u.customer_id ${tx.dialect.forUpdate}`,
    );
    for (const row of rows)
      states.set(printUserId({ customerId: row.customer_id, generation: row.generation }), row.member_id !== null);
    const given = rows.flatMap(({ given_id }) => given_id ?? []);
    if (given.length > 0)
      tx.later(
        sql`DELETE FROM {vestibule_sign_in_membership} WHERE group_id = ${group.groupId} AND generation = ${work.generation} AND customer_id IN (${idList(given)})`,
      );
  }
  return states;
}

/** Makes users members and others not, in one go. Answers the first id that belongs to nobody. */
export async function changeUsers(
  work: GroupWork,
  adds: readonly UserId[],
  removes: readonly UserId[],
): Promise<string | undefined> {
  if (adds.length + removes.length === 0) return undefined;
  const ids = [...new Set([...adds, ...removes].map(({ customerId }) => customerId))].sort(ascending);
  if (removes.length === 0 && (await addAtOnce(work, adds, ids))) return undefined;
  const states = await statesOf(work, ids);
  const unknown = adds.map(printUserId).find((text) => !states.has(text));
  if (unknown !== undefined) return unknown;
  const come = adds.filter((id) => states.get(printUserId(id)) === false).map(({ customerId }) => customerId);
  const go = removes.filter((id) => states.get(printUserId(id)) === true).map(({ customerId }) => customerId);
  insertMembers(work, come.sort(ascending));
  deleteMembers(work, go.sort(ascending));
  return undefined;
}

/**
 * Adds users in the hope that all of them exist and none is a member yet, which is how groups are filled: one statement,
 * which says by its number of rows whether that was so. Where not, the states of all are read and nothing was lost by it.
 */
async function addAtOnce(work: GroupWork, adds: readonly UserId[], ids: readonly number[]): Promise<boolean> {
  const { tx, group } = work;
  if (ids.length > longestList || adds.some(({ generation }) => generation !== 0)) return false;
  const { affectedRows } = await tx.run(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_group_member} (group_id, generation, customer_id) SELECT ${group.groupId}, ${work.generation}, u.customer_id FROM {vestibule_user} u ${tx.dialect.readBy('PRIMARY')} WHERE u.customer_id IN (${idList(ids)}) AND u.connection_id = ${connectionOf(work.context).id} AND u.is_deleted = 0 AND u.generation = 0 ORDER BY u.customer_id ${tx.dialect.forUpdate}`,
  );
  noteChange(work, affectedRows === 0 ? [] : ids, affectedRows);
  return affectedRows === ids.length;
}

/** Users who are known not to be members. */
function insertMembers(work: GroupWork, ids: readonly number[]): void {
  const { tx, group } = work;
  for (const list of listsOf(ids))
    tx.later(
      sql`INSERT INTO {vestibule_group_member} (group_id, generation, customer_id) SELECT ${group.groupId}, ${work.generation}, u.customer_id FROM {vestibule_user} u ${tx.dialect.readBy('PRIMARY')} WHERE u.customer_id IN (${idList(list)}) ORDER BY u.customer_id`,
    );
  noteChange(work, ids, ids.length);
}

/** Users who are known to be members. */
function deleteMembers(work: GroupWork, ids: readonly number[]): void {
  const { tx, group } = work;
  for (const list of listsOf(ids))
    tx.later(
      sql`DELETE FROM {vestibule_group_member} WHERE group_id = ${group.groupId} AND generation = ${work.generation} AND customer_id IN (${idList(list)})`,
    );
  noteChange(work, ids, -ids.length);
  for (const id of ids) work.leaving.add(id);
}

function noteChange(work: GroupWork, ids: readonly number[], difference: number): void {
  if (ids.length === 0) return;
  work.changed = true;
  work.memberCount = Math.max(0, work.memberCount + difference);
  for (const id of ids) work.users.add(id);
}

/**
 * Makes exactly these users the members. The members themselves are not read, only those that have to go, and of them
 * no more than a request removes by itself: more than that go with the generation, and `swaps` is called.
 */
export async function replaceUsers(
  work: GroupWork,
  wanted: readonly UserId[],
  swaps: (work: GroupWork) => void,
): Promise<string | undefined> {
  const { large } = work.room.groupLimits;
  if (work.memberCount - work.children === 0) return changeUsers(work, wanted, []);
  const ids = wanted.map(({ customerId }) => customerId).sort(ascending);
  const states = await statesOf(work, ids);
  const unknown = wanted.map(printUserId).find((text) => !states.has(text));
  if (unknown !== undefined) return unknown;
  const go = work.memberCount - work.children - ids.length > large ? undefined : await othersThan(work, ids, large);
  if (go === undefined) {
    // The old rows go later, those of users who stay as well.
    swaps(work);
    insertMembers(work, ids);
    return undefined;
  }
  const come = wanted.filter((id) => states.get(printUserId(id)) === false).map(({ customerId }) => customerId);
  insertMembers(work, come.sort(ascending));
  deleteMembers(work, go);
  return undefined;
}

/** Members besides these (in order); undefined where they are more than `most`. */
async function othersThan(work: GroupWork, ids: readonly number[], most: number): Promise<number[] | undefined> {
  const { tx, group } = work;
  const others: number[] = [];
  const lists = ids.length === 0 ? [[]] : [...listsOf(ids)];
  let from = 0;
  for (const [at, list] of lists.entries()) {
    const to = at === lists.length - 1 ? 4_294_967_295 : (list.at(-1) ?? from);
    const except = list.length === 0 ? sql`` : sql` AND customer_id NOT IN (${idList(list)})`;
    const rows = await tx.all<{ customer_id: number }>(
      sql`SELECT customer_id FROM {vestibule_group_member} ${tx.dialect.readBy('PRIMARY')} WHERE group_id = ${group.groupId} AND generation = ${work.generation} AND customer_id > ${from} AND customer_id <= ${to}${except} ORDER BY customer_id LIMIT ${most + 1 - others.length}`,
    );
    for (const row of rows) others.push(row.customer_id);
    if (others.length > most) return undefined;
    from = to;
  }
  return others;
}

/** Ids of the members from `after` on, in order. */
export async function nextMembers(
  tx: Transaction,
  set: { readonly groupId: number; readonly generation: number },
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await tx.all<{ customer_id: number }>(
    sql`SELECT customer_id FROM {vestibule_group_member} ${tx.dialect.readBy('PRIMARY')} WHERE group_id = ${set.groupId} AND generation = ${set.generation} AND customer_id > ${after} ORDER BY customer_id LIMIT ${limit}`,
  );
  return rows.map((row) => row.customer_id);
}
