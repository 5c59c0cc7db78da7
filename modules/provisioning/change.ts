import { DuplicateKeyError, type Transaction } from '../framework/index.ts';
import { applyPatch, notFound, type PatchOperation, type Resource, userResourceType } from '../scim/index.ts';
import { adoptUser } from './adopt.ts';
import { duplicateAnswer } from './conflict.ts';
import { effectiveDocument, renderRecord } from './render.ts';
import { connectionOf, type ProvisioningContext, type Room } from './room.ts';
import { parseUserId, type UserId } from './user-id.ts';
import { findUser } from './user-record.ts';
import { writeUser } from './write.ts';

/** Runs a change of one user; a unique key that it runs into is answered in the client's words. */
async function change(
  room: Room,
  text: string,
  work: (tx: Transaction, id: UserId) => Promise<Resource>,
): Promise<Resource> {
  const id = parseUserId(text);
  if (!id) throw notFound('User', text);
  try {
    return await room.database.transaction((tx) => work(tx, id));
  } catch (error) {
    throw error instanceof DuplicateKeyError ? duplicateAnswer(error) : error;
  }
}

/** PUT /Users/{id} (RFC 7644 §3.5.1): the document becomes what was sent; what is not in it is gone. */
export function replaceUser(
  room: Room,
  context: ProvisioningContext,
  id: string,
  document: Resource,
): Promise<Resource> {
  return change(room, id, async (tx, userId) => {
    const record = await findUser(tx, room.customers, connectionOf(context).id, userId, true);
    if (!record) return adoptUser(room, tx, context, userId, () => document);
    return writeUser(room, tx, context, record, document, { operation: 'user.replace', status: 200, whole: true });
  });
}

/** PATCH /Users/{id} (RFC 7644 §3.5.2), atomically. A patch that changes nothing writes nothing. */
export function patchUser(
  room: Room,
  context: ProvisioningContext,
  id: string,
  operations: readonly PatchOperation[],
): Promise<Resource> {
  return change(room, id, async (tx, userId) => {
    const record = await findUser(tx, room.customers, connectionOf(context).id, userId, true);
    if (!record)
      return adoptUser(room, tx, context, userId, (known) => applyPatch(known, operations, userResourceType).resource);
    const before = effectiveDocument(record, room.mapping);
    const { resource, changed, notes } = applyPatch(before, operations, userResourceType);
    context.notes.push(...notes);
    if (!changed) {
      context.outcome = 'unchanged';
      return renderRecord(record, room.mapping, context.baseUrl);
    }
    return writeUser(room, tx, context, record, resource, { operation: 'user.patch', status: 200, whole: false });
  });
}
