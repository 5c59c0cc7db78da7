import {
  constant,
  join,
  type Sql,
  sql,
  sqlTimestamp,
  sqlTimestampMs,
  type Transaction,
} from '../../framework/index.ts';
import { fold, invalidValue, type Resource } from '../../scim/index.ts';

const longestName = 255;

/** What stands in the narrow row of a user: the folded or exact texts that it is looked up by. */
export interface UserKeys {
  readonly userName: string;
  readonly externalId: string | null;
  readonly display: string | null;
}

function limited(attribute: string, value: string): string {
  if (value.length <= longestName) return value;
  throw invalidValue(`"${attribute}" is ${value.length} characters long; at most ${longestName} can be kept.`);
}

/** The keys of a document. @throws ScimError `invalidValue` when a name is missing, empty or too long */
export function keysOf(document: Resource): UserKeys {
  const userName = typeof document.userName === 'string' ? fold(limited('userName', document.userName)) : '';
  if (userName === '') throw invalidValue('"userName" is missing; every user needs one (RFC 7643 §4.1.1).');
  const { externalId, displayName } = document;
  return {
    userName,
    externalId: typeof externalId === 'string' && externalId !== '' ? limited('externalId', externalId) : null,
    display: typeof displayName === 'string' ? fold(displayName).slice(0, longestName) : null,
  };
}

interface EmailRow {
  readonly value: string;
  readonly type: string | null;
  readonly primary: boolean;
}

/** The e-mails of a document as rows; elements without a value have nothing to be found by. */
export function emailsOf(document: Resource): EmailRow[] {
  if (!Array.isArray(document.emails)) return [];
  return (document.emails as Resource[]).flatMap(({ value, type, primary }) =>
    typeof value === 'string' && value !== ''
      ? [
          {
            value: fold(limited('emails.value', value)),
            type: typeof type === 'string' ? fold(type) : null,
            primary: primary === true,
          },
        ]
      : [],
  );
}

const sameEmails = (a: readonly EmailRow[], b: readonly EmailRow[]): boolean =>
  a.length === b.length &&
  a.every((row, i) => row.value === b[i]?.value && row.type === b[i]?.type && row.primary === b[i]?.primary);

const emailTuple = (customerId: number, connectionId: number, row: EmailRow, position: number): Sql =>
  sql`(${customerId}, ${position}, ${connectionId}, ${row.value}, ${row.type}, ${row.primary ? 1 : 0})`;

const insertEmailTuples = (tuples: Sql[]): Sql =>
  sql`INSERT INTO {vestibule_user_email} (customer_id, position, connection_id, value_key, type_key, is_primary) VALUES ${join(tuples)}`;

const insertOneEmail = constant((customerId: number, connectionId: number, row: EmailRow) =>
  insertEmailTuples([emailTuple(customerId, connectionId, row, 0)]),
);

function insertEmails(tx: Transaction, customerId: number, connectionId: number, rows: readonly EmailRow[]): void {
  if (rows.length === 0) return;
  const [first] = rows;
  if (first && rows.length === 1) tx.later(insertOneEmail(customerId, connectionId, first));
  else tx.later(insertEmailTuples(rows.map((row, i) => emailTuple(customerId, connectionId, row, i))));
}

/** What the rows of a user hold, besides what follows from its document. */
export interface UserRows {
  readonly customerId: number;
  readonly connectionId: number;
  readonly document: Resource;
  readonly shadow: Readonly<Record<string, string | number | null>>;
  readonly lockBefore: string | null;
}

const insertUser = constant(
  ({ customerId, connectionId, lockBefore }: UserRows, { userName, externalId, display }: UserKeys) =>
    sql`INSERT INTO {vestibule_user} (customer_id, connection_id, user_name_key, external_id, display_key, lock_before) VALUES (${customerId}, ${connectionId}, ${userName}, ${externalId}, ${display}, ${lockBefore})`,
);

const insertDocument = constant(
  ({ customerId, connectionId, document, shadow }: UserRows, now: Date) =>
    sql`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow) VALUES (${customerId}, ${connectionId}, ${sqlTimestampMs(now)}, ${JSON.stringify(document)}, ${JSON.stringify(shadow)})`,
);

const updateDocument = constant(
  ({ customerId, document, shadow }: UserRows, now: Date) =>
    sql`UPDATE {vestibule_user_document} SET modified_at = ${sqlTimestampMs(now)}, document = ${JSON.stringify(document)}, shadow = ${JSON.stringify(shadow)} WHERE customer_id = ${customerId}`,
);

/**
 * Makes a customer a managed user. Like everything here it is written with the commit, whose error is DuplicateKeyError on
 * userName, externalId or a customer managed already.
 */
export function insertUserRows(tx: Transaction, rows: UserRows, now: Date): void {
  const { customerId, connectionId, document } = rows;
  const keys = keysOf(document);
  tx.later(insertUser(rows, keys));
  insertEmails(tx, customerId, connectionId, emailsOf(document));
  tx.later(insertDocument(rows, now));
}

/** Writes what differs between two states of a user. The commit's error is DuplicateKeyError on userName or externalId. */
export function updateUserRows(
  tx: Transaction,
  before: { document: Resource; lockBefore: string | null },
  rows: UserRows,
  now: Date,
): void {
  const { customerId, connectionId, document } = rows;
  const [old, next] = [keysOf(before.document), keysOf(document)];
  if (
    old.userName !== next.userName ||
    old.externalId !== next.externalId ||
    old.display !== next.display ||
    before.lockBefore !== rows.lockBefore
  )
    tx.later(
      sql`UPDATE {vestibule_user} SET user_name_key = ${next.userName}, external_id = ${next.externalId}, display_key = ${next.display}, lock_before = ${rows.lockBefore} WHERE customer_id = ${customerId}`,
    );
  const emails = emailsOf(document);
  if (!sameEmails(emailsOf(before.document), emails)) {
    tx.later(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${customerId}`);
    insertEmails(tx, customerId, connectionId, emails);
  }
  tx.later(updateDocument(rows, now));
}

/** Leaves a tombstone: no read finds it, its userName is free, its externalId finds the way back. */
export function buryUserRows(tx: Transaction, customerId: number, lockBefore: string | null, now: Date): void {
  tx.later(
    sql`UPDATE {vestibule_user} SET is_deleted = 1, deleted_at = ${sqlTimestamp(now)}, user_name_key = NULL, display_key = NULL, lock_before = ${lockBefore} WHERE customer_id = ${customerId}`,
  );
  tx.later(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${customerId}`);
}

/** Brings a tombstone back under its next generation. The commit's error is DuplicateKeyError on userName. */
export function reviveUserRows(tx: Transaction, rows: UserRows, now: Date): void {
  const { customerId, connectionId, document } = rows;
  const keys = keysOf(document);
  tx.later(
    sql`UPDATE {vestibule_user} SET is_deleted = 0, deleted_at = NULL, generation = generation + 1, user_name_key = ${keys.userName}, external_id = ${keys.externalId}, display_key = ${keys.display}, lock_before = ${rows.lockBefore} WHERE customer_id = ${customerId}`,
  );
  insertEmails(tx, customerId, connectionId, emailsOf(document));
  tx.later(updateDocument(rows, now));
}
