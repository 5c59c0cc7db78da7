import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { CustomerState, Customers, Reading, Readings, Selection } from '../../customer/index.ts';
import {
  constant,
  type Executor,
  empty,
  idList,
  type Query,
  raw,
  type Sql,
  sql,
  type Transaction,
} from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { anyGroupOf, groupsOf, type Membership, readMemberships, type UserGroup } from '../group/groups-of-users.ts';
import { protection } from '../protection/protection.ts';
import type { UserId } from './user-id.ts';

/** A managed user as stored: the customer's row, what the provider sent, and what we wrote because of it. */
export interface UserRecord {
  readonly customerId: number;
  readonly generation: number;
  /** `lock_expires` as it was before our own lock, put back on reactivation. */
  readonly lockBefore: string | null;
  readonly document: Resource;
  /** The document as it is stored, which its version is a digest of. */
  readonly text: string;
  /** Per mapped target the row value that we wrote. */
  readonly shadow: Readonly<Record<string, string | number | null>>;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  readonly modifiedAt: string;
  readonly customer: CustomerState;
  readonly groups: readonly UserGroup[];
  /** True where no connection may change the customer. Only told of a user that is held. */
  readonly isProtected: boolean;
  /** Member rows, be they of groups that have been emptied since. */
  readonly memberships: readonly Membership[];
  /** True where there are member rows, whether they were read or not. */
  readonly inGroups: boolean;
}

interface UserColumns {
  user_row: string;
  user_document: string;
  user_shadow: string;
}

type UserRow = [
  generation: number,
  lockBefore: string | null,
  modifiedAt: string,
  inGroup: number | null,
  isProtected: number | undefined,
];

/** What of a user a read shows, or is decided by. */
export type ShownUser = Omit<UserRecord, 'lockBefore' | 'memberships' | 'inGroups' | 'isProtected'>;

/** Reads managed users together with their customers: one statement for any number of them. */
interface UserReader {
  /**
   * `SELECT … FROM vestibule_user u JOIN customer_entity c JOIN vestibule_user_document d`, without a WHERE, with a dialect's
   * `readBy` behind the first table.
   */
  readonly selectBy: (by: Sql) => Sql;
  readonly byId: (connectionId: number, id: UserId) => Query;
  /** The same, with the dialect's FOR UPDATE. */
  readonly held: (forUpdate: Sql, connectionId: number, id: UserId) => Query;
  /** The same whatever the generation, for who knows the customer only. */
  readonly heldByCustomer: (forUpdate: Sql, connectionId: number, customerId: number) => Query;
  readonly byName: (connectionId: number, userNameKey: string) => Query;
  readonly byExternalId: (connectionId: number, externalId: string) => Query;
  read(row: unknown): UserRecord;
}

/**
 * Small columns as one JSON array, as in `Selection.lean`: every column of an answer is described anew each time. Whether
 * a user is in a group costs an index entry; which member rows those are is asked only of those who are.
 */
const userValues = sql`u.generation, CAST(u.lock_before AS CHAR), CAST(d.modified_at AS CHAR), ${anyGroupOf}`;

const userColumns = (values: Sql) =>
  sql`JSON_ARRAY(${values}) AS user_row, d.document AS user_document, d.shadow AS user_shadow`;

const nowhere: readonly Membership[] = Object.freeze([]);

/** Stands for member rows that are there and have not been read yet. */
const unread: readonly Membership[] = Object.freeze([]);

/** The records with their member rows and the groups these come to: two statements, none where nobody is in a group. */
async function withGroups(db: Executor, records: readonly UserRecord[]): Promise<UserRecord[]> {
  const members = records.flatMap(({ memberships, customerId }) => (memberships === unread ? [customerId] : []));
  if (members.length === 0) return [...records];
  const rows = await readMemberships(db, members);
  const memberships = records.map(({ customerId }) => rows.get(customerId) ?? nowhere);
  const groups = await groupsOf(db, memberships);
  return records.map((record, i) => ({ ...record, memberships: memberships[i] ?? nowhere, groups: groups[i] ?? [] }));
}

const readers = new WeakMap<Reading, UserReader>();

/** The reader for a select list of customers; made once, so that its texts stay the same prepared statements. */
function readerOf(reading: Reading): UserReader {
  const known = readers.get(reading);
  if (known) return known;
  const selectWith = (values: Sql, joined: Sql = empty, by: Sql = empty) =>
    raw(
      sql`SELECT ${userColumns(values)}, ${reading.columns} FROM {vestibule_user} u ${by} JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id ${joined}`
        .sql,
    );
  const select = selectWith(userValues);
  const selectToWrite = selectWith(sql`${userValues}, ${protection.flag}`, protection.joins);
  const reader: UserReader = {
    selectBy: (by) => selectWith(userValues, empty, by),
    byId: constant(
      (connectionId: number, { customerId, generation }: UserId) =>
        sql`${select} WHERE u.customer_id = ${customerId} AND u.connection_id = ${connectionId} AND u.generation = ${generation} AND u.is_deleted = 0`,
    ),
    held: constant(
      (forUpdate: Sql, connectionId: number, { customerId, generation }: UserId) =>
        sql`${selectToWrite} WHERE u.customer_id = ${customerId} AND u.connection_id = ${connectionId} AND u.generation = ${generation} AND u.is_deleted = 0 ${forUpdate}`,
    ),
    heldByCustomer: constant(
      (forUpdate: Sql, connectionId: number, customerId: number) =>
        sql`${selectToWrite} WHERE u.customer_id = ${customerId} AND u.connection_id = ${connectionId} AND u.is_deleted = 0 ${forUpdate}`,
    ),
    byName: constant(
      (connectionId: number, userNameKey: string) =>
        sql`${select} WHERE u.connection_id = ${connectionId} AND u.user_name_key = ${userNameKey} AND u.is_deleted = 0`,
    ),
    byExternalId: constant(
      (connectionId: number, externalId: string) =>
        sql`${select} WHERE u.connection_id = ${connectionId} AND u.external_id = ${externalId} AND u.is_deleted = 0`,
    ),
    read(row) {
      const r = row as UserColumns & Record<string, unknown>;
      const customer = reading.hydrate(r);
      const [generation, lockBefore, modifiedAt, inGroup, guarded] = JSON.parse(r.user_row) as UserRow;
      return {
        customerId: customer.id,
        generation,
        lockBefore,
        document: JSON.parse(r.user_document) as Resource,
        text: r.user_document,
        shadow: JSON.parse(r.user_shadow) as UserRecord['shadow'],
        modifiedAt,
        customer,
        isProtected: guarded === 1,
        memberships: inGroup === null ? nowhere : unread,
        inGroups: inGroup !== null,
        groups: [],
      };
    },
  };
  readers.set(reading, reader);
  return reader;
}

/** Reads at most one user: one statement, one more if it has an address, and one more if it is in a group. */
async function readUser(
  db: Executor,
  customers: Customers,
  readingOf: (selection: Selection) => Reading,
  queryOf: (reader: UserReader) => Query,
): Promise<UserRecord | undefined> {
  const reader = readerOf(readingOf(await customers.selection(db)));
  const row = await db.first(queryOf(reader));
  if (!row) return undefined;
  const [record] = await withGroups(db, [reader.read(row)]);
  if (!record) return undefined;
  const customer = await customers.withDefaultAddresses(db, record.customer);
  return customer === record.customer ? record : { ...record, customer };
}

/** As much of a mapping as says what its users are read with. */
export type Read = Pick<ConnectionMapping, 'rowTargets' | 'tellsSubscription'>;

/** The readings for a mapping: with the subscription where that is told. */
export const readingsFor = (selection: Selection, { tellsSubscription }: Pick<Read, 'tellsSubscription'>): Readings =>
  tellsSubscription ? selection.withSubscription : selection;

/** Whose attributes a read shows: a shorter row than a writer needs. */
interface Showing {
  readonly db: Executor;
  readonly customers: Customers;
  readonly mapping: Read;
}

/** One living user of a connection by its id, as far as a read shows it. */
export const findUser = (
  { db, customers, mapping }: Showing,
  connectionId: number,
  id: UserId,
): Promise<ShownUser | undefined> =>
  readUser(
    db,
    customers,
    (selection) => readingsFor(selection, mapping).only(mapping.rowTargets()).lean,
    (reader) => reader.byId(connectionId, id),
  );

/** One living user of a connection by its folded userName, as far as a read shows it. */
export const findUserByName = (
  { db, customers, mapping }: Showing,
  connectionId: number,
  userNameKey: string,
): Promise<ShownUser | undefined> =>
  readUser(
    db,
    customers,
    (selection) => readingsFor(selection, mapping).only(mapping.rowTargets()).lean,
    (reader) => reader.byName(connectionId, userNameKey),
  );

/** One living user of a connection by the provider's own id for it, exactly, as far as a read shows it. */
export const findUserByExternalId = (
  { db, customers, mapping }: Showing,
  connectionId: number,
  externalId: string,
): Promise<ShownUser | undefined> =>
  readUser(
    db,
    customers,
    (selection) => readingsFor(selection, mapping).only(mapping.rowTargets()).lean,
    (reader) => reader.byExternalId(connectionId, externalId),
  );

/** One living user of a connection by its id, whole, whose rows stay ours until the commit. */
export const holdUser = (
  tx: Transaction,
  { customers, mapping }: Pick<Showing, 'customers' | 'mapping'>,
  connectionId: number,
  id: UserId,
) =>
  readUser(
    tx,
    customers,
    (selection) => readingsFor(selection, mapping).lean,
    (reader) => reader.held(tx.dialect.forUpdate, connectionId, id),
  );

/**
 * The living user that a customer of a connection is, without the groups it is in, whose rows stay ours until the commit:
 * one statement, one more if it has an address.
 */
export async function holdUserOf(
  tx: Transaction,
  { customers, mapping }: Pick<Showing, 'customers' | 'mapping'>,
  connectionId: number,
  customerId: number,
): Promise<UserRecord | undefined> {
  const reader = readerOf(readingsFor(await customers.selection(tx), mapping).lean);
  const row = await tx.first(reader.heldByCustomer(tx.dialect.forUpdate, connectionId, customerId));
  if (!row) return undefined;
  const record = reader.read(row);
  return { ...record, customer: await customers.withDefaultAddresses(tx, record.customer), memberships: nowhere };
}

/** Living users of a connection by their keys, whole, in the order of the keys. */
export async function readUsers(
  { db, customers, mapping }: Showing,
  connectionId: number,
  keys: readonly number[],
): Promise<UserRecord[]> {
  const reader = readerOf(readingsFor(await customers.selection(db), mapping));
  // By their keys, whatever the planner thinks of the listing: it would read the whole connection.
  const rows = await db.all(
    sql`${reader.selectBy(db.dialect.readBy('PRIMARY'))} WHERE ${among(connectionId, keys)} ORDER BY u.customer_id`,
  );
  return withGroups(db, rows.map(reader.read));
}

/** Living users of a connection by their keys, as a condition on `vestibule_user u`. */
export const among = (connectionId: number, keys: readonly number[]): Sql =>
  sql`u.customer_id IN (${idList(keys)}) AND u.connection_id = ${connectionId} AND u.is_deleted = 0`;
