import { looksLikeEmail } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import { type Executor, type Sql, sql } from '../../framework/index.ts';
import { fold, type Resource, userSchema, versionOf } from '../../scim/index.ts';
import { dateTime } from './render.ts';

/** A customer of the connection's website that no connection manages: an ordinary shopper. */
export interface UnmanagedCustomer {
  readonly id: number;
  readonly email: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface UnmanagedRow {
  entity_id: number;
  email: string;
  created_at: string;
  updated_at: string;
}

/** Shoppers are never listed, but an exact look-up of an identifier finds them, so that a POST's 409 has an answer. */
async function find(db: Executor, connection: Connection, where: Sql): Promise<UnmanagedCustomer | undefined> {
  const row = await db.first<UnmanagedRow>(
    sql`SELECT c.entity_id, c.email, c.created_at, c.updated_at FROM {customer_entity} c LEFT JOIN {vestibule_user} u ON u.customer_id = c.entity_id WHERE ${where} AND c.website_id = ${connection.websiteId} AND c.email IS NOT NULL AND u.customer_id IS NULL`,
  );
  return row && { id: row.entity_id, email: row.email, createdAt: row.created_at, updatedAt: row.updated_at };
}

/** The shopper with this id. */
export const unmanagedById = (db: Executor, connection: Connection, id: number) =>
  find(db, connection, sql`c.entity_id = ${id}`);

/** The shopper with this e-mail by our fold: the store's collation finds more (jose@ and josé@), which don't count. */
export async function unmanagedByEmail(db: Executor, connection: Connection, email: string) {
  if (!looksLikeEmail(email.trim())) return undefined;
  const found = await find(db, connection, sql`c.email = ${email.trim()}`);
  return found && fold(found.email) === fold(email) ? found : undefined;
}

/** The document of a shopper as far as a client may see it: what identifies it, and nothing else. */
export const identifiersOf = (email: string): Resource => ({
  userName: email,
  emails: [{ value: email, type: 'work', primary: true }],
});

/** A shopper as SCIM answers it before anybody manages it. */
export function renderUnmanaged(customer: UnmanagedCustomer, baseUrl: string): Resource {
  const id = String(customer.id);
  const shown: Resource = { schemas: [userSchema.id], id, ...identifiersOf(customer.email) };
  return {
    ...shown,
    meta: {
      resourceType: 'User',
      created: dateTime(customer.createdAt),
      lastModified: dateTime(customer.updatedAt),
      location: `${baseUrl}/Users/${id}`,
      version: versionOf(shown),
    },
  };
}

/** What the row of a shopper says, as the state that an adoption starts from. */
export const isAdoptable = (customer: CustomerState, connection: Connection): boolean =>
  customer.attributes.website_id === connection.websiteId && typeof customer.attributes.email === 'string';
