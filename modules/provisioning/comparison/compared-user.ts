import type { Connection } from '../../connection/index.ts';
import { type Dialect, type Executor, idList, sql } from '../../framework/index.ts';
import { groupsAbove } from '../group/above.ts';
import { placesOf } from '../group/settle.ts';
import { isProtectedAmongMany } from '../protection/protection.ts';
import type { Room } from '../room.ts';
import { readUsers, type UserRecord } from '../user/user-record.ts';
import type { DisagreementKind } from './disagreement.ts';

/** A living user with everything that is kept of it besides its document. */
export interface ComparedUser {
  readonly record: UserRecord;
  readonly isProtected: boolean;
  readonly keys: StoredKeys;
  /** Undefined where nobody has asked for them. */
  readonly emails: readonly StoredEmail[] | undefined;
  /** Where memberships want the customer; undefined where they say nothing, null where it is not to be judged now. */
  readonly place: number | null | undefined;
  /** Where a membership has put the customer before. */
  readonly assigned: number | null;
}

/** What stands in the narrow row, and whose connection's the other rows are. */
export interface StoredKeys {
  readonly userName: string | null;
  readonly externalId: string | null;
  readonly display: string | null;
  readonly documentConnectionId: number;
  /** True where display name and e-mails follow a form that shows what the store has changed. */
  readonly settled: boolean;
}

export interface StoredEmail {
  readonly value: string;
  readonly type: string | null;
  readonly primary: boolean;
  readonly connectionId: number;
}

interface KeysRow {
  customer_id: number;
  user_name: string | null;
  external_id: string | null;
  display: string | null;
  document_connection: number;
  settled: number;
  assigned: number | null;
  is_protected: number;
}

interface EmailRow {
  customer_id: number;
  connection_id: number;
  value: string;
  type: string | null;
  is_primary: number;
}

const grouped = <Row extends { readonly customer_id: number }>(rows: readonly Row[]): ReadonlyMap<number, Row[]> => {
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const known = found.get(row.customer_id);
    if (known) known.push(row);
    else found.set(row.customer_id, [row]);
  }
  return found;
};

/** Which kinds ask for the rows of e-mail addresses, and which for groups. */
export interface Wanted {
  has(kind: DisagreementKind): boolean;
}

/**
 * Reads living users of a connection, whole: at most six statements for any number of them. Of groups that a job is still
 * at work on nothing is judged.
 */
export async function readCompared(
  room: Room,
  db: Executor,
  connection: Connection,
  keys: readonly number[],
  wanted: Wanted,
): Promise<ComparedUser[]> {
  const records = await readUsers(
    { db, customers: room.customers, mapping: room.mapping.of(connection) },
    connection.id,
    keys,
  );
  if (records.length === 0) return [];
  const ids = records.map(({ customerId }) => customerId);
  const rows = grouped(await db.all<KeysRow>(keysOfUsers(db.dialect, ids)));
  const emails = wanted.has('keys-differ') ? grouped(await db.all<EmailRow>(emailsOfUsers(ids))) : undefined;
  const places =
    wanted.has('group-differs') || wanted.has('drifted') ? await placesAmong(db, connection.id, records) : undefined;
  return records.flatMap((record) => {
    const row = rows.get(record.customerId)?.[0];
    if (!row) return [];
    return {
      record,
      isProtected: Number(row.is_protected) === 1,
      keys: {
        userName: row.user_name,
        externalId: row.external_id,
        display: row.display,
        documentConnectionId: row.document_connection,
        settled: Number(row.settled) === 1,
      },
      emails: emails && (emails.get(record.customerId) ?? []).map(emailOf),
      place: places ? places(record) : null,
      assigned: row.assigned,
    };
  });
}

const emailOf = ({ connection_id, value, type, is_primary }: EmailRow): StoredEmail => ({
  value,
  type,
  primary: is_primary === 1,
  connectionId: connection_id,
});

const keysOfUsers = (dialect: Dialect, ids: readonly number[]) =>
  sql`SELECT u.customer_id, CAST(u.user_name_key AS CHAR) AS user_name, CAST(u.external_id AS CHAR) AS external_id, CAST(u.display_key AS CHAR) AS display, d.connection_id AS document_connection, CASE WHEN d.settled IS NULL THEN 0 ELSE 1 END AS settled, a.customer_group_id AS assigned, ${isProtectedAmongMany} AS is_protected FROM {vestibule_user} u ${dialect.readBy('PRIMARY')} JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id LEFT JOIN {vestibule_customer_group_assignment} a ON a.customer_id = u.customer_id WHERE u.customer_id IN (${idList(ids)})`;

const emailsOfUsers = (ids: readonly number[]) =>
  sql`SELECT customer_id, connection_id, CAST(value_key AS CHAR) AS value, CAST(type_key AS CHAR) AS type, is_primary FROM {vestibule_user_email} WHERE customer_id IN (${idList(ids)}) ORDER BY customer_id, position`;

/** Where memberships want each of these; null for all while a job of the connection moves customers. */
async function placesAmong(
  db: Executor,
  connectionId: number,
  records: readonly UserRecord[],
): Promise<(record: UserRecord) => number | null | undefined> {
  const job = await db.first(
    sql`SELECT job_id FROM {vestibule_group_job} WHERE connection_id = ${connectionId} AND settles = 1 LIMIT 1`,
  );
  if (job) return () => null;
  const memberships = records.flatMap(({ customerId, memberships }) =>
    memberships.map(({ g, n }) => ({ customer_id: customerId, group_id: g, generation: n })),
  );
  const standings =
    memberships.length === 0
      ? new Map()
      : await groupsAbove(
          db,
          memberships.map(({ group_id }) => group_id),
        );
  const places = placesOf(memberships, standings);
  return ({ customerId }) => places.get(customerId);
}
