import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import {
  constant,
  join,
  type Query,
  type Sql,
  sql,
  sqlTimestamp,
  sqlTimestampMs,
  type Transaction,
} from '../../framework/index.ts';
import { fold, invalidValue, type Resource } from '../../scim/index.ts';
import { searchableCopy } from '../search/searchable.ts';
import { documentText } from './document-text.ts';

const longestName = 255;
/** What a key column holds. */
const longestKey = 1020;
/** A type is a word; the column holds 255 bytes. */
const longestType = 63;

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

/** The fold of a text, whole: what is found by it and sorted by it must not be cut. */
function keyOf(attribute: string, value: string): string {
  const key = fold(value);
  const bytes = key.length * 3 <= longestKey ? 0 : Buffer.byteLength(key);
  if (bytes <= longestKey) return key;
  throw invalidValue(
    `"${attribute}" takes ${bytes} bytes as it is compared (NFKC, lower case, UTF-8); at most ${longestKey} can be kept.`,
  );
}

/** The keys of a document. @throws ScimError `invalidValue` when a name is missing, empty or too long */
export function keysOf(document: Resource): UserKeys {
  const userName =
    typeof document.userName === 'string' ? keyOf('userName', limited('userName', document.userName)) : '';
  if (userName === '') throw invalidValue('"userName" is missing; every user needs one (RFC 7643 §4.1.1).');
  const { externalId, displayName } = document;
  return {
    userName,
    externalId: typeof externalId === 'string' && externalId !== '' ? limited('externalId', externalId) : null,
    display: typeof displayName === 'string' ? keyOf('displayName', displayName) : null,
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
            value: keyOf('emails.value', limited('emails.value', value)),
            type: typeof type === 'string' ? fold(type).slice(0, longestType) : null,
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

/** Puts these e-mails in the place of those that a user had. */
export function writeEmails(
  tx: Transaction,
  customerId: number,
  connectionId: number,
  rows: readonly EmailRow[],
): void {
  tx.later(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${customerId}`);
  insertEmails(tx, customerId, connectionId, rows);
}

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
  /** As it is in effect now, for the document's searchable copy. */
  readonly mapping: Pick<ConnectionMapping, 'resourceType' | 'marks'>;
  readonly shadow: Readonly<Record<string, string | number | null>>;
  readonly lockBefore: string | null;
}

const insertUser = constant(
  ({ customerId, connectionId, lockBefore }: UserRows, { userName, externalId, display }: UserKeys) =>
    sql`INSERT INTO {vestibule_user} (customer_id, connection_id, user_name_key, external_id, display_key, lock_before) VALUES (${customerId}, ${connectionId}, ${userName}, ${externalId}, ${display}, ${lockBefore})`,
);

const insertDocument = constant(
  ({ customerId, connectionId, shadow }: UserRows, document: string, now: Date) =>
    sql`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow) VALUES (${customerId}, ${connectionId}, ${sqlTimestampMs(now)}, ${document}, ${JSON.stringify(shadow)})`,
);

const insertSearchedDocument = constant(
  ({ customerId, connectionId, shadow }: UserRows, document: string, search: string, now: Date) =>
    sql`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow, search) VALUES (${customerId}, ${connectionId}, ${sqlTimestampMs(now)}, ${document}, ${JSON.stringify(shadow)}, ${search})`,
);

const copyOf = ({ document, mapping }: UserRows, text: string): string | null =>
  searchableCopy(document, mapping.resourceType(), mapping.marks.schema, text);

/** Most documents are searched as they stand, and then nothing more is written. */
function documentInsert(rows: UserRows, now: Date): Query {
  const document = documentText(rows.document);
  const search = copyOf(rows, document);
  return search === null ? insertDocument(rows, document, now) : insertSearchedDocument(rows, document, search, now);
}

const updatePlainDocument = constant(
  ({ customerId, shadow }: UserRows, document: string, now: Date) =>
    sql`UPDATE {vestibule_user_document} SET modified_at = ${sqlTimestampMs(now)}, document = ${document}, shadow = ${JSON.stringify(shadow)}, search = NULL, settled = NULL WHERE customer_id = ${customerId}`,
);

const updateSearchedDocument = constant(
  ({ customerId, shadow }: UserRows, document: string, search: string, now: Date) =>
    sql`UPDATE {vestibule_user_document} SET modified_at = ${sqlTimestampMs(now)}, document = ${document}, shadow = ${JSON.stringify(shadow)}, search = ${search}, settled = NULL WHERE customer_id = ${customerId}`,
);

function documentUpdate(rows: UserRows, now: Date): Query {
  const document = documentText(rows.document);
  const search = copyOf(rows, document);
  return search === null
    ? updatePlainDocument(rows, document, now)
    : updateSearchedDocument(rows, document, search, now);
}

/**
 * Makes a customer a managed user. Like everything here it is written with the commit, whose error is DuplicateKeyError on
 * userName, externalId or a customer managed already.
 */
export function insertUserRows(tx: Transaction, rows: UserRows, now: Date): void {
  const { customerId, connectionId, document } = rows;
  const keys = keysOf(document);
  tx.later(insertUser(rows, keys));
  insertEmails(tx, customerId, connectionId, emailsOf(document));
  tx.later(documentInsert(rows, now));
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
  if (!sameEmails(emailsOf(before.document), emails)) writeEmails(tx, customerId, connectionId, emails);
  tx.later(documentUpdate(rows, now));
}

/** Leaves a tombstone: no read finds it, its userName is free, its externalId finds the way back. */
export function buryUserRows(tx: Transaction, customerId: number, lockBefore: string | null, now: Date): void {
  tx.later(
    sql`UPDATE {vestibule_user} SET is_deleted = 1, deleted_at = ${sqlTimestamp(now)}, user_name_key = NULL, display_key = NULL, lock_before = ${lockBefore} WHERE customer_id = ${customerId}`,
  );
  tx.later(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${customerId}`);
}

/** Leaves a tombstone that knows nothing: nobody finds the customer, and nobody comes back as it. */
export function forgetUserRows(tx: Transaction, customerId: number, now: Date): void {
  tx.later(
    sql`UPDATE {vestibule_user} SET is_deleted = 1, deleted_at = ${sqlTimestamp(now)}, user_name_key = NULL, external_id = NULL, display_key = NULL, lock_before = NULL WHERE customer_id = ${customerId}`,
  );
  tx.later(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${customerId}`);
  tx.later(
    sql`UPDATE {vestibule_user_document} SET document = ${'{}'}, shadow = ${'{}'}, search = NULL, settled = NULL WHERE customer_id = ${customerId}`,
  );
}

/** Brings a tombstone back under its next generation. The commit's error is DuplicateKeyError on userName. */
export function reviveUserRows(tx: Transaction, rows: UserRows, now: Date): void {
  const { customerId, connectionId, document } = rows;
  const keys = keysOf(document);
  tx.later(
    sql`UPDATE {vestibule_user} SET is_deleted = 0, deleted_at = NULL, generation = generation + 1, user_name_key = ${keys.userName}, external_id = ${keys.externalId}, display_key = ${keys.display}, lock_before = ${rows.lockBefore} WHERE customer_id = ${customerId}`,
  );
  insertEmails(tx, customerId, connectionId, emailsOf(document));
  tx.later(documentUpdate(rows, now));
}
