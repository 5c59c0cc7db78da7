import type { CustomerState, Customers, Reading } from '../customer/index.ts';
import { type Executor, type Sql, sql } from '../framework/index.ts';
import type { Resource } from '../scim/index.ts';

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
export interface UserReader {
  /** `SELECT … FROM vestibule_user u JOIN customer_entity c JOIN vestibule_user_document d`, without a WHERE. */
  readonly select: Sql;
  read(row: unknown): UserRecord;
}

const userColumns = sql`u.customer_id AS user_customer_id, u.generation AS user_generation, u.lock_before AS user_lock_before, d.document AS user_document, d.shadow AS user_shadow, d.modified_at AS user_modified_at`;

const readers = new WeakMap<Reading, UserReader>();

/** The reader for a select list of customers; made once, so that its text stays one prepared statement. */
function readerOf(reading: Reading): UserReader {
  const known = readers.get(reading);
  if (known) return known;
  const reader: UserReader = {
    select: sql`SELECT ${userColumns}, ${reading.columns} FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id`,
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

/** Reads at most one user: one statement, and one more if it has an address. `tail` is the WHERE and what follows. */
async function readUser(db: Executor, customers: Customers, tail: Sql): Promise<UserRecord | undefined> {
  const reader = readerOf((await customers.selection(db)).lean);
  const row = await db.first(sql`${reader.select}${tail}`);
  if (!row) return undefined;
  const record = reader.read(row);
  const customer = await customers.withDefaultAddresses(db, record.customer);
  return customer === record.customer ? record : { ...record, customer };
}

/** One living user of a connection by its id; with `lock`, its rows stay ours until the commit. */
export const findUser = (
  db: Executor,
  customers: Customers,
  connectionId: number,
  id: { customerId: number; generation: number },
  lock = false,
): Promise<UserRecord | undefined> =>
  readUser(
    db,
    customers,
    sql` WHERE u.customer_id = ${id.customerId} AND u.connection_id = ${connectionId} AND u.generation = ${id.generation} AND u.is_deleted = 0 ${lock ? db.dialect.forUpdate : sql``}`,
  );

/** One living user of a connection by its folded userName. */
export const findUserByName = (
  db: Executor,
  customers: Customers,
  connectionId: number,
  userNameKey: string,
): Promise<UserRecord | undefined> =>
  readUser(
    db,
    customers,
    sql` WHERE u.connection_id = ${connectionId} AND u.user_name_key = ${userNameKey} AND u.is_deleted = 0`,
  );

/** Rows of a page, addresses included, in the order the statement gives. */
export async function readUsers(db: Executor, customers: Customers, tail: Sql): Promise<UserRecord[]> {
  const reader = readerOf(await customers.selection(db));
  return (await db.all(sql`${reader.select}${tail}`)).map(reader.read);
}
