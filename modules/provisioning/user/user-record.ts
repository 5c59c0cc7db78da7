import type { CustomerState, Customers, Reading } from '../../customer/index.ts';
import { constant, type Executor, type Query, raw, type Sql, sql, type Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import type { UserId } from './user-id.ts';

/** A managed user as stored: the customer's row, what the provider sent, and what we wrote because of it. */
export interface UserRecord {
  readonly customerId: number;
  readonly generation: number;
  /** `lock_expires` as it was before our own lock, put back on reactivation. */
  readonly lockBefore: string | null;
  readonly document: Resource;
  /** Per mapped target the row value that we wrote. */
  readonly shadow: Readonly<Record<string, string | number | null>>;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  readonly modifiedAt: string;
  readonly customer: CustomerState;
}

interface UserColumns {
  user_customer_id: number;
  user_generation: number;
  user_lock_before: string | null;
  user_document: string;
  user_shadow: string;
  user_modified_at: string;
}

/** Reads managed users together with their customers: one statement for any number of them. */
interface UserReader {
  /** `SELECT … FROM vestibule_user u JOIN customer_entity c JOIN vestibule_user_document d`, without a WHERE. */
  readonly select: Sql;
  readonly byId: (connectionId: number, id: UserId) => Query;
  /** The same, with the dialect's FOR UPDATE. */
  readonly held: (forUpdate: Sql, connectionId: number, id: UserId) => Query;
  readonly byName: (connectionId: number, userNameKey: string) => Query;
  read(row: unknown): UserRecord;
}

const userColumns = sql`u.customer_id AS user_customer_id, u.generation AS user_generation, u.lock_before AS user_lock_before, d.document AS user_document, d.shadow AS user_shadow, d.modified_at AS user_modified_at`;

const readers = new WeakMap<Reading, UserReader>();

/** The reader for a select list of customers; made once, so that its texts stay the same prepared statements. */
function readerOf(reading: Reading): UserReader {
  const known = readers.get(reading);
  if (known) return known;
  const select = raw(
    sql`SELECT ${userColumns}, ${reading.columns} FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id`
      .sql,
  );
  const reader: UserReader = {
    select,
    byId: constant(
      (connectionId: number, { customerId, generation }: UserId) =>
        sql`${select} WHERE u.customer_id = ${customerId} AND u.connection_id = ${connectionId} AND u.generation = ${generation} AND u.is_deleted = 0`,
    ),
    held: constant(
      (forUpdate: Sql, connectionId: number, { customerId, generation }: UserId) =>
        sql`${select} WHERE u.customer_id = ${customerId} AND u.connection_id = ${connectionId} AND u.generation = ${generation} AND u.is_deleted = 0 ${forUpdate}`,
    ),
    byName: constant(
      (connectionId: number, userNameKey: string) =>
        sql`${select} WHERE u.connection_id = ${connectionId} AND u.user_name_key = ${userNameKey} AND u.is_deleted = 0`,
    ),
    read(row) {
      const r = row as UserColumns & Record<string, unknown>;
      return {
        customerId: r.user_customer_id,
        generation: r.user_generation,
        lockBefore: r.user_lock_before,
        document: JSON.parse(r.user_document) as Resource,
        shadow: JSON.parse(r.user_shadow) as UserRecord['shadow'],
        modifiedAt: r.user_modified_at,
        customer: reading.hydrate(r),
      };
    },
  };
  readers.set(reading, reader);
  return reader;
}

/** Reads at most one user: one statement, and one more if it has an address. */
async function readUser(
  db: Executor,
  customers: Customers,
  queryOf: (reader: UserReader) => Query,
): Promise<UserRecord | undefined> {
  const reader = readerOf((await customers.selection(db)).lean);
  const row = await db.first(queryOf(reader));
  if (!row) return undefined;
  const record = reader.read(row);
  const customer = await customers.withDefaultAddresses(db, record.customer);
  return customer === record.customer ? record : { ...record, customer };
}

/** One living user of a connection by its id. */
export const findUser = (db: Executor, customers: Customers, connectionId: number, id: UserId) =>
  readUser(db, customers, (reader) => reader.byId(connectionId, id));

/** One living user of a connection by its id, whose rows stay ours until the commit. */
export const holdUser = (tx: Transaction, customers: Customers, connectionId: number, id: UserId) =>
  readUser(tx, customers, (reader) => reader.held(tx.dialect.forUpdate, connectionId, id));

/** One living user of a connection by its folded userName. */
export const findUserByName = (db: Executor, customers: Customers, connectionId: number, userNameKey: string) =>
  readUser(db, customers, (reader) => reader.byName(connectionId, userNameKey));

/** Rows of a page, addresses included, in the order the statement gives. */
export async function readUsers(db: Executor, customers: Customers, tail: Sql): Promise<UserRecord[]> {
  const reader = readerOf(await customers.selection(db));
  return (await db.all(sql`${reader.select}${tail}`)).map(reader.read);
}
