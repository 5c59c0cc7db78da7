import { DuplicateKeyError, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import {
  applyPatch,
  groupResourceType,
  notFound,
  type PatchOperation,
  type Resource,
  requireMatch,
  sameJson,
  uniqueness,
  wants,
} from '../../scim/index.ts';
import { onBehalfOf } from '../cause.ts';
import { recordChange } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { customerGroupFor } from './customer-group.ts';
import { parseGroupId } from './group-id.ts';
import { type HeldGroup, holdGroup } from './group-record.ts';
import { keysOf, updateGroupRow } from './group-rows.ts';
import { changeMembers, settleWork } from './member-change.ts';
import { type MemberStep, planMembers, wholeList } from './member-plan.ts';
import { readMembers } from './members.ts';
import { movedNote } from './moved.ts';
import { renderGroup, versionOfGroup } from './render.ts';
import { tellMemberships } from './tell-memberships.ts';
import { type GroupWork, newWork } from './work.ts';

/** A group's document is all of it but its members and what is computed. */
export const documentOf = ({ schemas: _, members: __, ...document }: Resource): Resource => document;

/** 409 for a unique key that a write ran into, naming the attribute behind the key. */
export function duplicateAnswer(error: DuplicateKeyError): Error {
  const attribute = error.columns.includes('external_id') ? 'externalId' : 'displayName';
  if (error.table !== 'vestibule_group') return error;
  return uniqueness(
    attribute,
    `"${attribute}" must be unique. Another group of this connection has this ${attribute}.`,
  );
}

/** Runs `work` with the group's row held. @throws ScimError 404, 412, 409 */
export async function withGroup<T>(
  room: Room,
  context: ProvisioningContext,
  text: string,
  work: (tx: Transaction, group: HeldGroup) => Promise<T>,
): Promise<T> {
  const groupId = parseGroupId(text);
  if (groupId === undefined) throw notFound('Group', text);
  const noted = context.notes.length;
  try {
    return await onBehalfOf(room.database, connectionOf(context).id, async (tx) => {
      // A transaction that is run again says everything again.
      context.notes.length = noted;
      const group = await holdGroup(tx, connectionOf(context).id, groupId);
      if (!group) throw notFound('Group', text);
      requireMatch(context, versionOfGroup(group));
      return work(tx, group);
    });
  } catch (error) {
    throw error instanceof DuplicateKeyError ? duplicateAnswer(error) : error;
  }
}

/** PUT /Groups/{id} (RFC 7644 §3.5.1): name and members become what was sent. */
export function replaceGroup(
  room: Room,
  context: ProvisioningContext,
  id: string,
  resource: Resource,
): Promise<Resource> {
  return withGroup(room, context, id, async (tx, group) => {
    const work = newWork(room, tx, context, group);
    await writeGroup(work, documentOf(resource), [wholeList(resource.members)], 'group.replace');
    return answer(work, documentOf(resource), await membersShown(work));
  });
}

/**
 * PATCH /Groups/{id} (RFC 7644 §3.5.2), atomically, without reading the members. Answers undefined where the group has
 * more members than an answer shall show. A patch that changes nothing writes nothing.
 */
export function patchGroup(
  room: Room,
  context: ProvisioningContext,
  id: string,
  operations: readonly PatchOperation[],
): Promise<Resource | undefined> {
  const ofMembers = operations.filter(isOfMembers);
  const others = operations.filter((operation) => !isOfMembers(operation));
  return withGroup(room, context, id, async (tx, group) => {
    const work = newWork(room, tx, context, group);
    const patched = applyPatch(group.document, others, groupResourceType, { mode: context.mode });
    context.notes.push(...patched.notes);
    const document = documentOf(patched.resource);
    await writeGroup(work, document, planMembers(ofMembers), 'group.patch');
    const shown = wants(context.projection, groupResourceType, 'members');
    if (shown && work.memberCount > room.groupLimits.shown) return undefined;
    return answer(work, document, await membersShown(work));
  });
}

const isOfMembers = ({ path }: PatchOperation): boolean =>
  path.kind === 'attribute' && !path.extension && path.attribute.name === 'members';

/** Writes what differs between the held group and what is wanted, and records it. */
async function writeGroup(
  work: GroupWork,
  document: Resource,
  steps: readonly MemberStep[],
  operation: 'group.replace' | 'group.patch',
): Promise<void> {
  const { room, tx, context, group } = work;
  keysOf(document);
  await changeMembers(work, steps);
  const membersChanged = work.changed;
  const renamed = !sameJson(group.document, document);
  if (!membersChanged && !renamed) {
    context.outcome = 'unchanged';
    return;
  }
  work.changed = true;
  if (renamed && group.customerGroupId === null) await mapAnew(work, document);
  // Before customers follow: what the group stands for may be new.
  updateGroupRow(tx, stateOf(work), renamed ? document : undefined, context.now);
  await room.guard.leaves(work);
  if (renamed && document.displayName !== group.document.displayName)
    await tellMemberships(room.events, tx, [], [group.groupId]);
  const { moved, later } = await settleWork(work);
  noteMoves(context, moved, later);
  recordChange(room, tx, context, {
    operation,
    status: 200,
    subject: String(document.displayName),
    changed: [...namesOfChanges(group.document, document), ...(membersChanged ? ['members'] : [])],
  });
}

/** A group that stood for no customer group may have got the name of one. */
async function mapAnew(work: GroupWork, document: Resource): Promise<void> {
  const { room, tx, context, group } = work;
  if (document.displayName === group.document.displayName) return;
  work.customerGroupId = await customerGroupFor(room, tx, connectionOf(context), String(document.displayName));
  if (work.customerGroupId !== null) work.groups.add(group.groupId);
}

const stateOf = (work: GroupWork) => ({
  groupId: work.group.groupId,
  generation: work.generation,
  memberCount: work.memberCount,
  version: work.group.version + 1,
  customerGroupId: work.customerGroupId,
});

/** Says in the record what became of customers, in one sentence however many they are. */
export function noteMoves(context: ProvisioningContext, moved: number, later: boolean): void {
  if (moved > 0) context.notes.push(movedNote(moved));
  if (later) context.notes.push('The group is large: a job finishes the rest.');
}

const namesOfChanges = (before: Resource, after: Resource): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !sameJson(before[name], after[name]));

/** The members as they are now, if they are asked for. */
async function membersShown(work: GroupWork): Promise<readonly Resource[]> {
  const { tx, context, group } = work;
  if (!wants(context.projection, groupResourceType, 'members')) return [];
  const { generation, memberCount, children } = work;
  const now = { ...group, generation, memberCount, children };
  return (await readMembers(tx, [now], context.baseUrl)).get(group.groupId) ?? [];
}

function answer(work: GroupWork, document: Resource, members: readonly Resource[]): Resource {
  const { group, context } = work;
  if (!work.changed) return renderGroup(group, members, context.baseUrl);
  const record = { ...group, document, version: group.version + 1, modifiedAt: sqlTimestampMs(context.now) };
  return renderGroup(record, members, context.baseUrl);
}
