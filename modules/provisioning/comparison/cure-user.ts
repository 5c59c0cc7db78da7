import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { sql, type Transaction } from '../../framework/index.ts';
import { type Resource, schemasOf } from '../../scim/index.ts';
import { settleCustomers } from '../group/settle.ts';
import type { Room } from '../room.ts';
import type { UserRecord } from '../user/user-record.ts';
import { emailsOf, keysOf, updateUserRows, writeEmails } from '../user/user-rows.ts';
import type { ComparedUser } from './compared-user.ts';
import { changeStanding } from './cure-standing.ts';
import { acceptedValue, restoreValue } from './cure-value.ts';
import type { Disagreement, Remedy } from './disagreement.ts';
import { leaveUser } from './leave.ts';

/** A living user that is held, to be brought to agreement. */
export interface CuredUser {
  readonly user: ComparedUser;
  readonly connection: Connection;
  readonly mapping: ConnectionMapping;
  readonly now: Date;
}

/** Does what was chosen. The rows are held, and what was found holds. */
export async function cureUser(
  room: Room,
  tx: Transaction,
  cured: CuredUser,
  found: Disagreement,
  remedy: Remedy,
): Promise<void> {
  const { user, connection, now } = cured;
  const { record } = user;
  const id = record.customerId;
  switch (remedy) {
    case 'lock':
    case 'unlock':
      return changeStanding(room, tx, id, remedy === 'unlock', connection.policy, now);
    case 'move':
      await settleCustomers(room, tx, [id], now);
      return;
    case 'release':
      return leaveUser(tx, id, now);
    case 'rewrite':
      return rewriteKeys(tx, cured);
    case 'restore':
      await restoreValue(room, tx, record, found.attribute ?? '', now);
      // Dates and what searches read follow what a read shows.
      return write(tx, cured, record);
    case 'accept':
      return found.kind === 'drifted'
        ? write(tx, cured, acceptedValue(record, cured.mapping, found.attribute ?? ''))
        : acceptStanding(room, tx, cured);
    default:
  }
}

/** The store's word on whether the user is active becomes the provider's, with the lock that belongs to it. */
async function acceptStanding(room: Room, tx: Transaction, cured: CuredUser): Promise<void> {
  const { connection, now } = cured;
  const { record } = cured.user;
  const active = record.document.active === false;
  await changeStanding(room, tx, record.customerId, active, connection.policy, now);
  const document = { ...record.document, active };
  const held = await tx.first<{ lock_before: string | null }>(
    sql`SELECT CAST(lock_before AS CHAR) AS lock_before FROM {vestibule_user} WHERE customer_id = ${record.customerId}`,
  );
  const shadow = { ...record.shadow, is_active: active ? 1 : 0 };
  write(tx, cured, { document, shadow }, held?.lock_before ?? null);
}

function write(
  tx: Transaction,
  { user: { record }, connection, mapping, now }: CuredUser,
  { document, shadow }: Pick<UserRecord, 'document' | 'shadow'>,
  lockBefore: string | null = record.lockBefore,
): void {
  const said: Resource = document === record.document ? document : { schemas: undefined, ...document };
  // First, as in all documents that are stored: it is how a read tells that the text says its schemas.
  if (said !== document) said.schemas = schemasOf(document, mapping.resourceType());
  const rows = {
    customerId: record.customerId,
    connectionId: connection.id,
    document: said,
    mapping,
    shadow,
    lockBefore,
  };
  updateUserRows(tx, { document: record.document, lockBefore }, rows, now);
}

/** What the user is found by, written as its document says. */
function rewriteKeys(tx: Transaction, cured: CuredUser): void {
  const { connection } = cured;
  const { record } = cured.user;
  const { document, customerId } = record;
  const { userName, externalId, display } = keysOf(document);
  tx.later(
    sql`UPDATE {vestibule_user} SET user_name_key = ${userName}, external_id = ${externalId}, display_key = ${display} WHERE customer_id = ${customerId}`,
  );
  writeEmails(tx, customerId, connection.id, emailsOf(document));
  tx.later(
    sql`UPDATE {vestibule_user_document} SET connection_id = ${connection.id} WHERE customer_id = ${customerId}`,
  );
  write(tx, cured, record);
}
