import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import { DuplicateKeyError, type Sql, sql, type Transaction } from '../../framework/index.ts';
import { fold, isUnassigned, type Resource, uniqueness } from '../../scim/index.ts';
import { onBehalfOf } from '../cause.ts';
import { isProtected } from '../protection/protection.ts';
import { connectionOf, holdingFor, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { emailAttribute } from './email-attribute.ts';
import { insertUser, type NewUser } from './insert.ts';
import { revive } from './revive.ts';
import { holdUser } from './user-record.ts';
import { keysOf } from './user-rows.ts';
import { writeUser } from './write.ts';

interface Rival {
  customer_id: number;
  connection_id: number;
  generation: number;
  is_deleted: number;
  is_active: number;
  is_protected: number;
}

/** A user row and its customer's state, held until the commit. */
const rival = (tx: Transaction, where: Sql): Promise<Rival | undefined> =>
  tx.first<Rival>(
    sql`SELECT u.customer_id, u.connection_id, u.generation, u.is_deleted, c.is_active, ${isProtected} AS is_protected FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE ${where} ${tx.dialect.forUpdate}`,
  );

/** 409 that names the attribute which the client can change. */
const taken = (attribute: string, why: string) => uniqueness(attribute, `"${attribute}" must be unique. ${why}`);

/**
 * Decides what a POST means whose user name, externalId or e-mail the database holds already: somebody comes back, a
 * tombstone's row makes way, or 409. Everything is looked at again under locks, because time has passed.
 */
export async function resolveConflict(room: Room, context: ProvisioningContext, user: NewUser): Promise<Resource> {
  try {
    const noted = context.notes.length;
    return await onBehalfOf(room.database, connectionOf(context).id, (tx) => {
      // A transaction that is run again says everything again.
      context.notes.length = noted;
      return decide(room, tx, context, user);
    });
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw duplicateAnswer(error, mappingFor(room, context));
    throw error;
  }
}

/** 409 for a unique key that a write ran into, naming the attribute behind the key, as the mapping has it. */
export function duplicateAnswer(error: DuplicateKeyError, mapping?: Pick<ConnectionMapping, 'sourceOf'>): Error {
  if (error.columns.includes('user_name_key'))
    return taken('userName', 'Another user of this connection has this userName.');
  if (error.columns.includes('external_id'))
    return taken('externalId', 'Another user of this connection has this externalId.');
  if (error.columns.includes('email'))
    return taken(
      mapping ? emailAttribute(mapping) : 'emails',
      'Another customer of the store has this e-mail address (or the userName, where that stands for it), as the store compares addresses.',
    );
  if (error.columns.includes('customer_id'))
    return taken('id', 'Another connection has just taken this customer over.');
  return error;
}

async function decide(room: Room, tx: Transaction, context: ProvisioningContext, user: NewUser): Promise<Resource> {
  const connection = connectionOf(context);
  const keys = keysOf(user.document);
  const byExternalId =
    keys.externalId === null
      ? undefined
      : await rival(tx, sql`u.connection_id = ${connection.id} AND u.external_id = ${keys.externalId}`);
  if (byExternalId) {
    if (byExternalId.is_deleted === 1) return revive(room, tx, context, byExternalId, user);
    if (byExternalId.is_active === 1)
      throw taken('externalId', 'An active user of this connection has this externalId.');
    return reactivate(room, tx, context, byExternalId, user);
  }
  const byName = await rival(tx, sql`u.connection_id = ${connection.id} AND u.user_name_key = ${keys.userName}`);
  if (byName) throw taken('userName', 'Another user of this connection has this userName.');

  const email = String(user.mapped.attributes.email);
  const inTheWay = await room.customers.findByEmail(tx, connection.websiteId, email, { forUpdate: true });
  if (!inTheWay) return insertUser(room, tx, context, user);
  const owner = await rival(tx, sql`u.customer_id = ${inTheWay.id}`);
  const source = sourceOfEmail(user.document, emailAttribute(mappingFor(room, context)));
  if (!owner) throw unmanaged(source, email, String(inTheWay.attributes.email), inTheWay.id);
  if (owner.is_deleted !== 1 || owner.is_protected === 1)
    throw taken(source, `The e-mail address "${email}" belongs to another customer of this website.`);
  // A recycled address: its former owner was deleted, so the row gives the address up and keeps its orders.
  await room.customers.moveEmailAside(tx, inTheWay.id, context.now);
  context.notes.push('The address belonged to a deleted user; its former customer was given a placeholder.');
  return insertUser(room, tx, context, user);
}

/** Which attribute the customer's e-mail address came from: the mapped one, where the user has it. */
const sourceOfEmail = (document: Resource, mapped: string): string =>
  isUnassigned(document[mapped]) && !mapped.startsWith('urn:') ? 'userName' : mapped;

function unmanaged(attribute: string, wanted: string, found: string, id: number): Error {
  if (fold(wanted) !== fold(found))
    return taken(attribute, `The store already has "${found}", which it can't tell from "${wanted}".`);
  return taken(
    attribute,
    `The store already has a customer with the e-mail address "${found}", which no connection manages; a PUT or PATCH of id ${id} takes it over if the connection's match policy allows.`,
  );
}

/**
 * The deviation `reprovisioning-post`: Okta creates again whom it has deactivated. Under the same externalId it is the same
 * person under the same id (201); to `interop-strict` it exists, so it is 409.
 */
async function reactivate(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  { customer_id, generation }: Rival,
  { document, passwordHash }: NewUser,
): Promise<Resource> {
  const record = await holdUser(tx, holdingFor(room, context), connectionOf(context).id, {
    customerId: customer_id,
    generation,
  });
  if (!record) throw taken('externalId', 'Another user of this connection has this externalId.');
  if (context.mode === 'interop-strict')
    throw taken('externalId', 'A deactivated user of this connection has this externalId; activate it by PATCH.');
  if (record.shadow.is_active !== 0)
    throw taken('externalId', 'The user of this externalId was deactivated in the store, which alone brings it back.');
  context.outcome = 'reactivated';
  context.notes.push('reprovisioning-post: the user was deactivated before and is activated under its old id.');
  return writeUser(room, tx, context, record, document, {
    operation: 'user.reactivate',
    status: 201,
    whole: true,
    saysActive: true,
    makesWay: true,
    passwordHash,
  });
}
