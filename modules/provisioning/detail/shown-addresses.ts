import type { Connection } from '../../connection/index.ts';
import type { AttributeValue, CustomerAddress } from '../../customer/index.ts';
import { type Executor, idList, join, type Sql, sql } from '../../framework/index.ts';
import type { AddressPlace, AddressQuestion, ShownAddress } from './user-addresses.ts';

/** What of an address is shown, under the names of its columns. */
const shownColumns = [
  'firstname',
  'lastname',
  'company',
  'street',
  'city',
  'region',
  'postcode',
  'country_id',
  'telephone',
] as const;

interface AddressRow extends Record<(typeof shownColumns)[number], AttributeValue> {
  id: number;
  customer_id: number;
  is_billing: number;
  is_shipping: number;
}

/** Whom a connection sees whole, as a condition on `customer_entity c`: its users, and by policy whom nobody manages. */
export function seenWhole({ id, websiteId, policy }: Connection): Sql {
  const own = sql`EXISTS (SELECT 1 FROM {vestibule_user} u WHERE u.customer_id = c.entity_id AND u.connection_id = ${id} AND u.is_deleted = 0)`;
  if (policy.visibility === 'managed') return own;
  const others = sql`NOT EXISTS (SELECT 1 FROM {vestibule_user} u WHERE u.customer_id = c.entity_id)`;
  return sql`(${own} OR (c.website_id = ${websiteId} AND c.email IS NOT NULL AND ${others}))`;
}

function conditionOf(connection: Connection, { ids, customerIds }: AddressQuestion): Sql {
  const conditions = [seenWhole(connection)];
  if (ids) conditions.push(ids.length === 0 ? sql`1 = 0` : sql`a.entity_id IN (${idList(ids)})`);
  if (customerIds)
    conditions.push(customerIds.length === 0 ? sql`1 = 0` : sql`a.parent_id IN (${idList(customerIds)})`);
  return join(conditions, ' AND ');
}

const from = sql`FROM {customer_address_entity} a JOIN {customer_entity} c ON c.entity_id = a.parent_id`;

/** A page of addresses, read in the order of their key. */
export async function readShown(
  db: Executor,
  connection: Connection,
  question: AddressQuestion,
  { after, skip = 0, limit }: AddressPlace,
): Promise<ShownAddress[]> {
  const behind = after === undefined ? sql`` : sql` AND a.entity_id > ${after}`;
  const offset = skip === 0 ? sql`` : sql` OFFSET ${skip}`;
  const rows = await db.all<AddressRow>(
    sql`SELECT ${db.dialect.joinsAsWritten} a.entity_id AS id, a.parent_id AS customer_id, a.firstname, a.lastname, a.company, a.street, a.city, a.region, a.postcode, a.country_id, a.telephone, CASE WHEN c.default_billing = a.entity_id THEN 1 ELSE 0 END AS is_billing, CASE WHEN c.default_shipping = a.entity_id THEN 1 ELSE 0 END AS is_shipping ${from} WHERE ${conditionOf(connection, question)}${behind} ORDER BY a.entity_id LIMIT ${limit}${offset}`,
  );
  return rows.map(({ id, customer_id, is_billing, is_shipping, ...attributes }) => ({
    id,
    customerId: customer_id,
    attributes,
    defaultBilling: is_billing === 1,
    defaultShipping: is_shipping === 1,
  }));
}

export async function countShown(db: Executor, connection: Connection, question: AddressQuestion): Promise<number> {
  const found = await db.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n ${from} WHERE ${conditionOf(connection, question)}`,
  );
  return Number(found?.n ?? 0);
}

/** An address that was just written, as a read shows it. */
export const shownAddress = (customerId: number, address: CustomerAddress): ShownAddress => ({
  ...address,
  customerId,
  attributes: Object.fromEntries(shownColumns.map((name) => [name, address.attributes[name] ?? null])),
});
