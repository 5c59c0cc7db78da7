import { ourLock } from '../../customer/index.ts';
import { type Executor, sql } from '../../framework/index.ts';
import { oneLine } from '../../mail/index.ts';

/** A customer as a mail needs to know one, read when it is about to be sent. */
export interface Addressee {
  readonly id: number;
  readonly websiteId: number;
  readonly email: string;
  /** The full name; empty where the row holds none. */
  readonly name: string;
  readonly hasPassword: boolean;
  /** False for whoever may not log in: deactivated, or locked out by a deactivation. */
  readonly active: boolean;
}

interface Row {
  readonly website_id: number | null;
  readonly email: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly has_password: number;
  readonly is_active: number;
  readonly lock_expires: string | null;
}

/** The customer with an id, as the row stands now; undefined where there is none any more. */
export async function readAddressee(db: Executor, id: number): Promise<Addressee | undefined> {
  const row = await db.first<Row>(sql`SELECT website_id, email, firstname, lastname,
      CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password, is_active, lock_expires
    FROM {customer_entity} WHERE entity_id = ${id}`);
  if (!row) return undefined;
  return {
    id,
    websiteId: row.website_id ?? 0,
    email: row.email ?? '',
    name: oneLine(`${row.firstname ?? ''} ${row.lastname ?? ''}`),
    hasPassword: row.has_password === 1,
    active: row.is_active === 1 && row.lock_expires !== ourLock,
  };
}

/** What mails about a customer are looked up by. */
export const topicOf = (customerId: number): string => `customer:${customerId}`;

/** What the mails to customers are queued with: who it is, and who provisioned them. Both are looked up when sending. */
export type CustomerMail = Readonly<{
  customerId: number;
  /** The name of the connection; left out where an administrator asked for the mail. */
  organisation?: string;
}>;
