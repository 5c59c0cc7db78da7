import { idList, sql, type Transaction } from '../../framework/index.ts';
import { invalidValue } from '../../scim/index.ts';
import { connectionOf } from '../room.ts';
import { printGroupId } from './group-id.ts';
import { ascending } from './pieces.ts';
import type { GroupWork } from './work.ts';

/** Two requests that put groups into groups come one after the other: each alone may be harmless, both a circle. */
export async function holdNesting(tx: Transaction, connectionId: number): Promise<void> {
  await tx.run(sql`${tx.dialect.insertIgnoreInto} {vestibule_group_guard} (connection_id) VALUES (${connectionId})`);
  await tx.first(
    sql`SELECT connection_id FROM {vestibule_group_guard} WHERE connection_id = ${connectionId} ${tx.dialect.forUpdate}`,
  );
}

/**
 * Makes groups members and others not; `empties` takes all out that are not among `adds`. Answers the first id that
 * belongs to no group of the connection.
 *
 * @throws ScimError `invalidValue` for a group in itself, directly or through others
 */
export async function changeGroups(
  work: GroupWork,
  adds: readonly number[],
  removes: readonly number[],
  empties: boolean,
): Promise<string | undefined> {
  const { tx, group, context } = work;
  if (adds.length === 0 && (work.children === 0 || (removes.length === 0 && !empties))) return undefined;
  const connectionId = connectionOf(context).id;
  await holdNesting(tx, connectionId);
  const current = await childrenOf(tx, group.groupId);
  const come = adds.filter((id) => !current.has(id));
  const go = [...current].filter((id) => (empties ? !adds.includes(id) : removes.includes(id)));
  const unknown = await putIn(work, connectionId, come.sort(ascending));
  if (unknown !== undefined) return printGroupId(unknown);
  if (go.length > 0) {
    await tx.run(
      sql`DELETE FROM {vestibule_group_nesting} WHERE parent_id = ${group.groupId} AND child_id IN (${idList(go)})`,
    );
    await cutOff(tx, group.groupId, go);
  }
  const difference = come.length - go.length;
  work.children += difference;
  work.memberCount = Math.max(work.children, work.memberCount + difference);
  work.changed ||= come.length + go.length > 0;
  for (const id of [...come, ...go]) work.groups.add(id);
  return undefined;
}

/** Groups that are directly in a group. */
export async function childrenOf(tx: Transaction, groupId: number): Promise<Set<number>> {
  const rows = await tx.all<{ child_id: number }>(
    sql`SELECT child_id FROM {vestibule_group_nesting} WHERE parent_id = ${groupId}`,
  );
  return new Set(rows.map((row) => row.child_id));
}

async function putIn(
  { tx, group }: GroupWork,
  connectionId: number,
  children: readonly number[],
): Promise<number | undefined> {
  if (children.length === 0) return undefined;
  const living = await tx.all<{ group_id: number }>(
    sql`SELECT group_id FROM {vestibule_group} WHERE group_id IN (${idList(children)}) AND connection_id = ${connectionId}`,
  );
  const unknown = children.find((id) => !living.some((row) => row.group_id === id));
  if (unknown !== undefined) return unknown;
  const above = await tx.first<{ ancestor_id: number }>(
    sql`SELECT ancestor_id FROM {vestibule_group_closure} WHERE descendant_id = ${group.groupId} AND ancestor_id IN (${idList(children)}) LIMIT 1`,
  );
  if (above) throw circle(group.groupId, above.ancestor_id);
  for (const child of children)
    tx.later(sql`INSERT INTO {vestibule_group_nesting} (parent_id, child_id) VALUES (${group.groupId}, ${child})`);
  await tx.run(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_group_closure} (ancestor_id, descendant_id) SELECT a.ancestor_id, d.descendant_id FROM {vestibule_group_closure} a JOIN {vestibule_group_closure} d ON d.ancestor_id IN (${idList(children)}) WHERE a.descendant_id = ${group.groupId}`,
  );
  return undefined;
}

const circle = (groupId: number, child: number): Error =>
  invalidValue(
    groupId === child
      ? `Group "${printGroupId(groupId)}" can't be a member of itself.`
      : `Group "${printGroupId(child)}" can't be a member of "${printGroupId(groupId)}", which is in it already, directly or through other groups.`,
  );

/** Takes back what was indirect through groups that are out now, unless there is another way to it. */
async function cutOff(tx: Transaction, parent: number, children: readonly number[]): Promise<void> {
  const above = await tx.all<{ id: number }>(
    sql`SELECT ancestor_id AS id FROM {vestibule_group_closure} WHERE descendant_id = ${parent}`,
  );
  const below = await tx.all<{ id: number }>(
    sql`SELECT DISTINCT descendant_id AS id FROM {vestibule_group_closure} WHERE ancestor_id IN (${idList(children)})`,
  );
  const [ancestors, descendants] = [above.map(({ id }) => id), below.map(({ id }) => id)];
  await tx.run(
    sql`DELETE FROM {vestibule_group_closure} WHERE ancestor_id IN (${idList(ancestors)}) AND descendant_id IN (${idList(descendants)})`,
  );
  await tx.run(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_group_closure} (ancestor_id, descendant_id) WITH RECURSIVE way (ancestor_id, descendant_id) AS (SELECT n.parent_id, n.child_id FROM {vestibule_group_nesting} n WHERE n.parent_id IN (${idList(ancestors)}) UNION SELECT w.ancestor_id, n.child_id FROM way w JOIN {vestibule_group_nesting} n ON n.parent_id = w.descendant_id) SELECT ancestor_id, descendant_id FROM way`,
  );
}

/** Takes a group out of every other and every other out of it. The nesting is held. */
export async function isolate(tx: Transaction, groupId: number): Promise<void> {
  const parents = await parentsOf(tx, groupId);
  const children = [...(await childrenOf(tx, groupId))];
  await tx.run(sql`DELETE FROM {vestibule_group_nesting} WHERE child_id = ${groupId}`);
  await tx.run(sql`DELETE FROM {vestibule_group_nesting} WHERE parent_id = ${groupId}`);
  for (const parent of parents) await cutOff(tx, parent, [groupId]);
  if (children.length > 0) await cutOff(tx, groupId, children);
  await tx.run(sql`DELETE FROM {vestibule_group_closure} WHERE descendant_id = ${groupId}`);
}

/** Groups that a group is directly in, in order. */
export async function parentsOf(tx: Transaction, groupId: number): Promise<number[]> {
  const rows = await tx.all<{ parent_id: number }>(
    sql`SELECT parent_id FROM {vestibule_group_nesting} WHERE child_id = ${groupId} ORDER BY parent_id`,
  );
  return rows.map((row) => row.parent_id);
}
