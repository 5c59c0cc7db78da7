import { DuplicateKeyError, type Transaction } from '../../framework/index.ts';
import { applyPatch, notFound, type PatchOperation, type Resource } from '../../scim/index.ts';
import { orAsk } from '../adoption/takeover.ts';
import { onBehalfOf } from '../cause.ts';
import { connectionOf, holdingFor, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { type Adoption, adoptUser } from './adopt.ts';
import { duplicateAnswer } from './conflict.ts';
import { evaluateFor, withExpressions } from './expressions.ts';
import { lockChange, lockStateOf } from './lock.ts';
import { requireUserMatch } from './match.ts';
import { changedPasswordHash, receivePatchedPassword } from './password.ts';
import { effectiveDocument, renderRecord } from './render.ts';
import { parseUserId, printUserId, type UserId } from './user-id.ts';
import { holdUser, type UserRecord } from './user-record.ts';
import { writeUser } from './write.ts';

/** What a change is done with: the user's id, whether names make way, and a password that is to be set. */
interface Doing {
  readonly id: UserId;
  readonly makesWay: boolean;
  readonly passwordHash: string | undefined;
}
type Work = (tx: Transaction, doing: Doing) => Promise<Resource>;

/**
 * Runs a change of one user. A unique key in the way may be a deleted user's, so it is tried once more with those giving
 * way; what is still in the way then is answered in the client's words.
 */
async function change(room: Room, context: ProvisioningContext, text: string, work: Work): Promise<Resource> {
  const { notes } = context;
  const id = parseUserId(text);
  if (!id) throw notFound('User', text);
  await room.customers.ready(room.database);
  const passwordHash = await changedPasswordHash(room, context, text);
  const noted = notes.length;
  const run = (makesWay: boolean): Promise<Resource> =>
    onBehalfOf(room.database, connectionOf(context).id, (tx) => {
      // A transaction that is run again says everything again.
      notes.length = noted;
      return work(tx, { id, makesWay, passwordHash });
    });
  try {
    return await orAsk(room, context, () =>
      withExpressions(room, context, () =>
        run(false).catch((error: unknown) => {
          if (error instanceof DuplicateKeyError) return run(true);
          throw error;
        }),
      ),
    );
  } catch (error) {
    throw error instanceof DuplicateKeyError ? duplicateAnswer(error, mappingFor(room, context)) : error;
  }
}

/** Changes the user of an id, or takes over the shopper of that id, whose document then comes from its identifiers. */
async function changeOrAdopt(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  id: UserId,
  write: (record: UserRecord) => Promise<Resource>,
  adoption: Adoption,
): Promise<Resource> {
  const held = async () => {
    const record = await holdUser(tx, holdingFor(room, context), connectionOf(context).id, id);
    if (record) requireUserMatch(room, context, record);
    context.course?.passed('match');
    return record;
  };
  const record = await held();
  if (record) return write(record);
  const user = await adoptUser(room, tx, context, id, adoption);
  if (user) return user;
  const meanwhile = await held();
  if (meanwhile) return write(meanwhile);
  throw notFound('User', printUserId(id));
}

/** PUT /Users/{id} (RFC 7644 §3.5.1): the document becomes what was sent; what is not in it is gone. */
export async function replaceUser(
  room: Room,
  context: ProvisioningContext,
  id: string,
  document: Resource,
): Promise<Resource> {
  const how = { operation: 'user.replace', status: 200, whole: true, saysActive: true } as const;
  await evaluateFor(room, context, document);
  return change(room, context, id, (tx, { id: userId, ...doing }) =>
    changeOrAdopt(
      room,
      tx,
      context,
      userId,
      (record) => writeUser(room, tx, context, record, document, { ...how, ...doing }),
      { saysActive: true, documentOf: () => document },
    ),
  );
}

/** PATCH /Users/{id} (RFC 7644 §3.5.2), atomically. A patch that changes nothing writes nothing. */
export function patchUser(
  room: Room,
  context: ProvisioningContext,
  id: string,
  operations: readonly PatchOperation[],
): Promise<Resource> {
  const mapping = mappingFor(room, context);
  const { deactivation } = connectionOf(context).policy;
  const saysActive = operations.some(({ path }) => path.kind === 'attribute' && path.attribute.name === 'active');
  const patched = (before: Resource) => {
    const result = applyPatch(before, operations, mapping.resourceType(), { mode: context.mode });
    context.notes.push(...result.notes);
    return result;
  };
  receivePatchedPassword(context, operations);
  return change(room, context, id, (tx, { id: userId, ...doing }) =>
    changeOrAdopt(
      room,
      tx,
      context,
      userId,
      async (record) => {
        const { resource, changed } = patched(effectiveDocument(record, mapping));
        const lockDiffers =
          saysActive &&
          lockChange(
            lockStateOf(record.customer, record.lockBefore),
            resource.active !== false,
            context.now,
            deactivation,
          );
        if (!changed && !lockDiffers && doing.passwordHash === undefined) {
          context.outcome = 'unchanged';
          return renderRecord(record, mapping, context.baseUrl);
        }
        const how = { operation: 'user.patch', status: 200, whole: false, saysActive, ...doing } as const;
        return writeUser(room, tx, context, record, resource, how);
      },
      { saysActive, documentOf: (identifiers) => patched(identifiers).resource },
    ),
  );
}
