import { ourLock } from '../../customer/index.ts';
import { type Executor, idList, sql } from '../../framework/index.ts';
import { oneLine } from '../../mail/index.ts';

/** A customer as a mail needs to know one, read when it is about to be sent. */
export interface Addressee {
  readonly id: number;
  readonly websiteId: number;
  /** The store view the customer registered in; 0 where none is noted. */
  readonly storeId: number;
  readonly email: string;
  /** The full name; empty where the row holds none. */
  readonly name: string;
  readonly hasPassword: boolean;
  /** False for whoever may not log in: deactivated, or locked out by a deactivation. */
  readonly active: boolean;
}

interface Row {
  readonly entity_id: number;
  readonly website_id: number | null;
  readonly store_id: number | null;
  readonly email: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly has_password: number;
  readonly is_active: number;
  readonly lock_expires: string | null;
}

/** The customer with an id, as the row stands now; undefined where there is none any more. */
export const readAddressee = async (db: Executor, id: number): Promise<Addressee | undefined> =>
  (await readAddressees(db, [id])).get(id);

/** Of up to 1,000 customers at once, in one statement. */
export async function readAddressees(db: Executor, ids: readonly number[]): Promise<ReadonlyMap<number, Addressee>> {
  if (ids.length === 0) return new Map();
  const rows = await db.all<Row>(sql`SELECT entity_id, website_id, store_id, email, firstname, lastname,
      CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password, is_active, lock_expires
    FROM {customer_entity} WHERE entity_id IN (${idList(ids)})`);
  return new Map(rows.map((row) => [row.entity_id, addresseeOf(row)]));
}

const addresseeOf = (row: Row): Addressee => ({
  id: row.entity_id,
  websiteId: row.website_id ?? 0,
  storeId: row.store_id ?? 0,
  email: row.email ?? '',
  name: oneLine(`${row.firstname ?? ''} ${row.lastname ?? ''}`),
  hasPassword: row.has_password === 1,
  active: row.is_active === 1 && row.lock_expires !== ourLock,
});

/** The store view that speaks to a customer: the one they registered in. */
export async function storeOf(db: Executor, { customerId }: CustomerMail): Promise<number | undefined> {
  const row = await db.first<{ store_id: number | null }>(
    sql`SELECT store_id FROM {customer_entity} WHERE entity_id = ${customerId}`,
  );
  return row?.store_id ?? undefined;
}

/** What mails about a customer are looked up by. */
export const topicOf = (customerId: number): string => `customer:${customerId}`;

/** What the mails to customers are queued with: who it is, and who provisioned them. Both are looked up when sending. */
export type CustomerMail = Readonly<{
  customerId: number;
  /** The name of the connection; left out where an administrator asked for the mail. */
  organisation?: string;
}>;
