import type { Connection } from '../../connection/index.ts';
import { sql, type Transaction } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';

/** A user that an identifier means: living, or one that SCIM has deleted. */
export interface Meant {
  readonly customerId: number;
  readonly by: 'externalId' | 'userName';
  readonly living: boolean;
}

interface MeantRow {
  customer_id: number;
  is_deleted: number;
  by_name: number;
}

/**
 * Whom an identifier means among the users of a connection: the living one with this externalId, else the living one with
 * this userName, else a deleted one with this externalId. One statement; nothing is held.
 */
export async function meantBy(tx: Transaction, { id }: Connection, identifier: string): Promise<Meant | undefined> {
  const rows = await tx.all<MeantRow>(
    sql`SELECT customer_id, is_deleted, 0 AS by_name FROM {vestibule_user} WHERE connection_id = ${id} AND external_id = ${identifier} UNION ALL SELECT customer_id, is_deleted, 1 AS by_name FROM {vestibule_user} WHERE connection_id = ${id} AND user_name_key = ${fold(identifier)}`,
  );
  const order = (row: MeantRow): number => row.is_deleted * 2 + row.by_name;
  const [first] = [...rows].sort((a, b) => order(a) - order(b));
  return (
    first && {
      customerId: first.customer_id,
      by: first.by_name === 1 ? 'userName' : 'externalId',
      living: first.is_deleted === 0,
    }
  );
}

/** A customer that has an e-mail address: of this connection, or of nobody. */
export interface AddressOwner {
  readonly customerId: number;
  readonly managed: boolean;
}

/** True where the connection has verified domains and the address is of one of them. */
export const isOfVerifiedDomain = ({ policy }: Connection, email: string): boolean =>
  policy.verifiedDomains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase());

/** More than one already means that nobody can tell. */
const enough = 2;

/**
 * Who has an e-mail address among the connection's users, be it one of several, and among the customers of its website that
 * nobody manages. Compared by our fold: the store's collation takes more for equal. Two statements.
 */
export async function ownersOf(tx: Transaction, connection: Connection, email: string): Promise<AddressOwner[]> {
  const owners = new Map<number, AddressOwner>();
  const users = await tx.all<{ customer_id: number }>(
    sql`SELECT DISTINCT e.customer_id FROM {vestibule_user_email} e JOIN {vestibule_user} u ON u.customer_id = e.customer_id AND u.is_deleted = 0 AND u.connection_id = ${connection.id} WHERE e.connection_id = ${connection.id} AND e.value_key = ${fold(email)} LIMIT ${enough}`,
  );
  for (const { customer_id: customerId } of users) owners.set(customerId, { customerId, managed: true });
  const holder = await rowWith(tx, connection, email);
  if (holder && fold(holder.email) === fold(email) && holder.connection_id === null)
    owners.set(holder.entity_id, { customerId: holder.entity_id, managed: false });
  else if (holder && fold(holder.email) === fold(email) && isLivingOf(holder, connection))
    owners.set(holder.entity_id, { customerId: holder.entity_id, managed: true });
  return [...owners.values()];
}

interface HolderRow {
  entity_id: number;
  email: string;
  connection_id: number | null;
  is_deleted: number | null;
}

const isLivingOf = ({ connection_id, is_deleted }: HolderRow, { id }: Connection): boolean =>
  connection_id === id && is_deleted === 0;

/** The customer of the connection's website whose row has this address, as the store compares addresses. */
const rowWith = (tx: Transaction, { websiteId }: Connection, email: string): Promise<HolderRow | undefined> =>
  tx.first<HolderRow>(
    sql`SELECT c.entity_id, c.email, u.connection_id, u.is_deleted FROM {customer_entity} c LEFT JOIN {vestibule_user} u ON u.customer_id = c.entity_id WHERE c.email = ${email} AND c.website_id = ${websiteId}`,
  );

/** Whose row has the address that a new customer was to get. */
export async function addressHolder(
  tx: Transaction,
  connection: Connection,
  email: string,
): Promise<{ readonly customerId: number; readonly kind: 'shopper' | 'deleted' | 'managed' } | undefined> {
  const row = await rowWith(tx, connection, email);
  if (!row) return undefined;
  const kind = row.connection_id === null ? 'shopper' : row.is_deleted === 1 ? 'deleted' : 'managed';
  return { customerId: row.entity_id, kind };
}
