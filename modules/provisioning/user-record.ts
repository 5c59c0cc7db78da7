import type { CustomerState, Customers, Selection } from '../customer/index.ts';
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
  /** What to select of `vestibule_user u`, `customer_entity c` and `vestibule_user_document d`. */
  readonly columns: Sql;
  /** `SELECT … FROM` these three, without a WHERE. */
  readonly select: Sql;
  read(row: unknown): UserRecord;
}

const userColumns = sql`u.customer_id AS user_customer_id, u.generation AS user_generation, u.lock_before AS user_lock_before, d.document AS user_document, d.shadow AS user_shadow, d.modified_at AS user_modified_at`;

const readers = new WeakMap<Selection, UserReader>();

/** The reader for today's customer attributes; made once per selection, so that its text stays one prepared statement. */
export async function userReader(customers: Customers, db?: Executor): Promise<UserReader> {
  const selection = await customers.selection(db);
  const known = readers.get(selection);
  if (known) return known;
  const columns = sql`${userColumns}, ${selection.columns}`;
  const reader: UserReader = {
    columns,
    select: sql`SELECT ${columns} FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id`,
    read(row) {
      const r = row as UserColumns & Record<string, unknown>;
      return {
        customerId: r.user_customer_id,
        generation: r.user_generation,
        lockBefore: r.user_lock_before,
        document: JSON.parse(r.user_document) as Resource,
        shadow: JSON.parse(r.user_shadow) as UserRecord['shadow'],
        modifiedAt: r.user_modified_at,
        customer: selection.hydrate(r),
      };
    },
  };
  readers.set(selection, reader);
  return reader;
}

/** The WHERE that finds one living user of a connection by its id. */
export const whereUser = (connectionId: number, id: { customerId: number; generation: number }): Sql =>
  sql` WHERE u.customer_id = ${id.customerId} AND u.connection_id = ${connectionId} AND u.generation = ${id.generation} AND u.is_deleted = 0`;

/** Reads one user; with `lock`, its rows stay ours until the commit. */
export async function findUser(
  db: Executor,
  customers: Customers,
  connectionId: number,
  id: { customerId: number; generation: number },
  lock = false,
): Promise<UserRecord | undefined> {
  const reader = await userReader(customers, db);
  const row = await db.first(sql`${reader.select}${whereUser(connectionId, id)} ${lock ? db.dialect.forUpdate : sql``}`);
  return row && reader.read(row);
}

/** Rows of a page, in the order the statement gives. */
export async function readUsers(db: Executor, customers: Customers, tail: Sql): Promise<UserRecord[]> {
  const reader = await userReader(customers, db);
  return (await db.all(sql`${reader.select}${tail}`)).map(reader.read);
}
