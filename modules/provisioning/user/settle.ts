import type { Connection } from '../../connection/index.ts';
import { sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { foldedCopy, searchableCopy } from '../search/searchable.ts';
import { driftOf, rowValue, type Values } from './reconcile.ts';
import { modifiedAtOf } from './render.ts';
import { readUsers, type UserRecord } from './user-record.ts';
import { emailsOf, keysOf, writeEmails } from './user-rows.ts';

/** Users that are read and written anew in one transaction. */
const together = 50;

/**
 * Writes the searchable form of users anew from what a read shows now: the document's copy, the e-mails, the display name
 * and the time of the last change. Whoever is being changed by a request meanwhile is left alone: that writes it as well.
 */
export async function settleUsers(room: Room, connection: Connection, keys: readonly number[]): Promise<void> {
  const { database, customers } = room;
  for (let from = 0; from < keys.length; from += together) {
    const some = keys.slice(from, from + together);
    const records = await readUsers(database, customers, connection.id, some);
    await database.transaction(async (tx) => {
      for (const record of records) await settleUser(room, tx, connection, record);
    });
  }
}

async function settleUser(room: Room, tx: Transaction, connection: Connection, record: UserRecord): Promise<void> {
  const mapping = room.mapping.of(connection);
  const { customerId, modifiedAt, document } = record;
  const drift = driftOf(record, mapping);
  const drifted = drift.size > 0;
  const effective = drifted ? mapping.toUser(document, drift) : document;
  const type = mapping.resourceType();
  const settled = drifted ? JSON.stringify(seenOf(record, mapping.customTargets())) : null;
  const search = drifted ? foldedCopy(effective, type) : searchableCopy(document, type);
  const changedAt = new Date(`${modifiedAtOf(record, drift).replace(' ', 'T')}Z`);
  const written = await tx.run(
    sql`UPDATE {vestibule_user_document} SET search = ${search}, settled = ${settled}, modified_at = ${sqlTimestampMs(changedAt)} WHERE customer_id = ${customerId} AND modified_at = ${modifiedAt}`,
  );
  if (written.affectedRows === 0) return;
  const { display } = keysOf(effective);
  tx.later(
    sql`UPDATE {vestibule_user} SET display_key = ${display} WHERE customer_id = ${customerId} AND is_deleted = 0`,
  );
  writeEmails(tx, customerId, connection.id, emailsOf(effective));
}

/** The row values that a read compares with the shadow. */
function seenOf({ shadow, customer }: UserRecord, customTargets: readonly string[]): Values {
  const seen: Record<string, string | number | null> = {};
  for (const target of [...Object.keys(shadow), ...customTargets]) seen[target] = rowValue(customer, target);
  return seen;
}
