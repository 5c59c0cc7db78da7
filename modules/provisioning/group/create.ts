import { DuplicateKeyError, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { groupResourceType, type Resource, wants } from '../../scim/index.ts';
import { onBehalfOf } from '../cause.ts';
import { recordChange } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { documentOf, duplicateAnswer, noteMoves } from './change.ts';
import { customerGroupFor } from './customer-group.ts';
import type { HeldGroup } from './group-record.ts';
import { insertGroupRow, keysOf, updateGroupRow } from './group-rows.ts';
import { changeMembers, settleWork } from './member-change.ts';
import { type MemberStep, wholeList } from './member-plan.ts';
import { readMembers } from './members.ts';
import { renderGroup } from './render.ts';
import { newWork } from './work.ts';

/**
 * POST /Groups (RFC 7644 §3.3). The database's unique keys are the only check there is.
 *
 * @throws ScimError 409 `uniqueness`, 400 `invalidValue`
 */
export async function createGroup(room: Room, context: ProvisioningContext, resource: Resource): Promise<Resource> {
  const document = documentOf(resource);
  keysOf(document);
  const members = wholeList(resource.members);
  const noted = context.notes.length;
  try {
    return await onBehalfOf(room.database, connectionOf(context).id, (tx) => {
      context.notes.length = noted;
      return insert(room, tx, context, document, members);
    });
  } catch (error) {
    throw error instanceof DuplicateKeyError ? duplicateAnswer(error) : error;
  }
}

async function insert(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  document: Resource,
  members: MemberStep,
): Promise<Resource> {
  const { now } = context;
  const connection = connectionOf(context);
  const groupId = await insertGroupRow(tx, connection.id, document, now);
  const customerGroupId = await customerGroupFor(room, tx, connection, String(document.displayName));
  const at = sqlTimestampMs(now);
  const group: HeldGroup = {
    groupId,
    document,
    customerGroupId,
    priority: 0,
    generation: 0,
    memberCount: 0,
    version: 1,
    createdAt: at,
    modifiedAt: at,
    children: 0,
    maps: customerGroupId !== null,
  };
  const work = newWork(room, tx, context, group);
  if (customerGroupId !== null) updateGroupRow(tx, group, undefined, now);
  await changeMembers(work, [members]);
  if (work.changed) {
    const { generation, memberCount } = work;
    updateGroupRow(tx, { ...group, generation, memberCount }, undefined, now);
    const { moved, later } = await settleWork(work);
    noteMoves(context, moved, later);
  }
  recordChange(room, tx, context, { operation: 'group.create', status: 201, subject: String(document.displayName) });
  const record = { ...group, memberCount: work.memberCount, children: work.children };
  const shown = work.changed && wants(context.projection, groupResourceType, 'members');
  const found = shown ? await readMembers(tx, [record], context.baseUrl) : undefined;
  return renderGroup(record, found?.get(groupId) ?? [], context.baseUrl);
}
