import { idList, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { notFound, requireMatch } from '../../scim/index.ts';
import { onBehalfOf } from '../cause.ts';
import { recordChange } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { noteMoves } from './change.ts';
import { parseGroupId } from './group-id.ts';
import { holdGroup } from './group-record.ts';
import { nextGeneration, settleWork } from './member-change.ts';
import { childrenOf, holdNesting, isolate, parentsOf } from './nesting.ts';
import { versionOfGroup } from './render.ts';
import { customersBelow, settleLater } from './settle.ts';
import { tellMemberships } from './tell-memberships.ts';
import { nextMembers } from './user-members.ts';
import { type GroupWork, newWork } from './work.ts';

/** DELETE /Groups/{id} (RFC 7644 §3.6). However large it is, it is gone at once; what is left of it a job removes. */
export async function deleteGroup(room: Room, context: ProvisioningContext, text: string): Promise<void> {
  const groupId = parseGroupId(text);
  if (groupId === undefined) throw notFound('Group', text);
  const noted = context.notes.length;
  await onBehalfOf(room.database, connectionOf(context).id, async (tx) => {
    context.notes.length = noted;
    const connectionId = connectionOf(context).id;
    await holdParents(tx, connectionId, groupId);
    const group = await holdGroup(tx, connectionId, groupId);
    if (!group) throw notFound('Group', text);
    requireMatch(context, versionOfGroup(group));
    const work = newWork(room, tx, context, group);
    await leaveNesting(work, connectionId);
    await leaveMembers(work);
    await room.guard.leaves(work, true);
    const { moved, later } = await settleWork(work);
    noteMoves(context, moved, later);
    recordChange(room, tx, context, {
      operation: 'group.delete',
      status: 204,
      subject: String(group.document.displayName),
    });
  });
}

/** Groups above are changed along with this one: their rows are held first, all in order. */
async function holdParents(tx: Transaction, connectionId: number, groupId: number): Promise<void> {
  const parents = await parentsOf(tx, groupId);
  if (parents.length === 0) return;
  await tx.all(
    sql`SELECT group_id FROM {vestibule_group} WHERE group_id IN (${idList([...parents, groupId])}) AND connection_id = ${connectionId} ORDER BY group_id ${tx.dialect.forUpdate}`,
  );
}

/**
 * Takes the group out of all others, which are another version then, and others out of it. The nesting is held in any
 * case: somebody may be putting the group into another at this moment.
 */
async function leaveNesting(work: GroupWork, connectionId: number): Promise<void> {
  const { tx, room, context, group } = work;
  await holdNesting(tx, connectionId);
  const parents = await parentsOf(tx, group.groupId);
  if (parents.length === 0 && group.children === 0) return;
  // Whoever is in it through others is told of by those.
  if (group.children > 0) await tellMemberships(room.events, tx, [], await childrenOf(tx, group.groupId));
  if (parents.length > 0)
    tx.later(
      sql`UPDATE {vestibule_group} SET member_count = member_count - 1, version = version + 1, modified_at = ${sqlTimestampMs(context.now)} WHERE group_id IN (${idList(parents)})`,
    );
  if (group.maps && group.children > 0) {
    const below = await customersBelow(tx, [group.groupId], room.groupLimits.large);
    if (below) for (const id of below) work.users.add(id);
    else {
      settleLater(tx, [group.groupId], context.now);
      tx.afterCommit(() => room.groupJobs.kick());
    }
  }
  await isolate(tx, group.groupId);
  work.memberCount -= work.children;
  work.children = 0;
}

/** The row goes, so that nobody sees a member any more; few member rows go with it, many are left to a job. */
async function leaveMembers(work: GroupWork): Promise<void> {
  const { tx, room, group } = work;
  const { large } = room.groupLimits;
  const ids = work.memberCount > large ? undefined : await nextMembers(tx, group, 0, large + 1);
  if (ids && ids.length <= large) {
    for (const id of ids) {
      work.users.add(id);
      work.leaving.add(id);
    }
    tx.later(
      sql`DELETE FROM {vestibule_group_member} WHERE group_id = ${group.groupId} AND generation = ${group.generation}`,
    );
  } else nextGeneration(work);
  tx.later(sql`DELETE FROM {vestibule_group_closure} WHERE descendant_id = ${group.groupId}`);
  tx.later(sql`DELETE FROM {vestibule_group} WHERE group_id = ${group.groupId}`);
}
