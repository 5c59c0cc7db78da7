import type { ConnectionMapping, MappedCustomer, MappedValue } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { Customers } from '../../customer/index.ts';
import { type Executor, sql } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';

/** A customer that nobody manages and the target of the mapping that found it. */
export interface ExistingCustomer {
  readonly customerId: number;
  readonly target: string;
}

export interface Search {
  readonly db: Executor;
  readonly customers: Customers;
  readonly connection: Connection;
  readonly mapping: ConnectionMapping;
  readonly userNameKey: string;
  readonly note: (text: string) => void;
}

/** More that look alike to the store's collation are not looked at: then several are alike to us, too. */
const mostAlike = 20;

/**
 * The one customer of the website that nobody manages and that has the value of a match row; rows are asked in the order of
 * their precedence. Where several have it nobody can tell which is meant, so that row finds nobody. Customers of whom an
 * administrator has said that they are not this user are passed over. One statement for each row.
 */
export async function existingCustomer(search: Search, mapped: MappedCustomer): Promise<ExistingCustomer | undefined> {
  for (const { target } of search.mapping.matches) {
    const value = mapped.attributes[target] ?? null;
    if (value === null || value === '') continue;
    const found = await customersWith(search, target, value);
    const [customerId] = found;
    if (customerId !== undefined && found.length === 1) return { customerId, target };
    if (found.length > 1)
      search.note(`Several customers of the store have the same "${target}", so none of them was taken for this user.`);
  }
  return undefined;
}

async function customersWith(
  { db, customers, connection, userNameKey }: Search,
  target: string,
  value: Exclude<MappedValue, null>,
): Promise<number[]> {
  const { expressions } = await customers.selection(db);
  const [expression, equals] = [expressions.attribute(target), expressions.equals(target, value)];
  if (!expression || !equals) return [];
  const rows = await db.all<{ entity_id: number; value: string | number | null }>(
    sql`SELECT c.entity_id, ${expression.value} AS value FROM {customer_entity} c LEFT JOIN {vestibule_user} u ON u.customer_id = c.entity_id WHERE ${equals} AND c.website_id = ${connection.websiteId} AND u.customer_id IS NULL AND c.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {vestibule_match_request} m WHERE m.connection_id = ${connection.id} AND m.customer_id = c.entity_id AND m.user_name_key = ${userNameKey} AND m.state = ${'denied'}) ORDER BY c.entity_id LIMIT ${mostAlike}`,
  );
  // The store's collation takes texts for equal that are not (é and e); ours decides.
  const same = (held: string | number | null): boolean =>
    typeof value !== 'string' || expression.numeric || fold(String(held)) === fold(value);
  return rows.filter((row) => same(row.value)).map((row) => row.entity_id);
}
