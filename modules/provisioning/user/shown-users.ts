import type { CustomerDetail, CustomerState, Customers } from '../../customer/index.ts';
import { type Executor, idList, join, type Sql, sql } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { groupsOf, type Membership } from '../group/groups-of-users.ts';
import { among, readUsers, type ShownUser, type UserRecord } from './user-record.ts';

/** Up to this many users, one statement with subselects costs less than two without. */
const few = 4;

/** Among the details of customers: a member row, as the JSON array `[group, generation]`. No attribute has so large an id. */
const aMembership = 65_536;

interface ShownRow extends Readonly<Record<string, unknown>> {
  readonly entity_id: number;
  readonly user_generation: number;
  readonly user_document: string;
  readonly user_shadow: string;
  readonly user_modified_at: string;
}

const memberRows = (ids: readonly number[]): Sql =>
  sql`SELECT customer_id AS entity_id, 65536 AS attribute_id, JSON_ARRAY(group_id, generation) AS value FROM {vestibule_group_member} WHERE customer_id IN (${idList(ids)})`;

/**
 * The users of a page as far as a read shows them, in the order of the keys; those gone meanwhile are left out. Three
 * statements: their rows, what else belongs to the customers, and the groups if they are in any.
 */
export async function readShownUsers(
  db: Executor,
  customers: Customers,
  connectionId: number,
  keys: readonly number[],
  { targets, groups }: { readonly targets: readonly string[]; readonly groups: boolean },
): Promise<ShownUser[]> {
  const users =
    keys.length <= few
      ? await readUsers(db, customers, connectionId, keys)
      : await readMany(db, customers, connectionId, keys, { targets, groups });
  const byKey = new Map(users.map((user) => [user.customerId, user]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

async function readMany(
  db: Executor,
  customers: Customers,
  connectionId: number,
  keys: readonly number[],
  { targets, groups }: { readonly targets: readonly string[]; readonly groups: boolean },
): Promise<readonly ShownUser[]> {
  const reading = (await customers.selection(db)).only(targets);
  const rows = await db.all<ShownRow>(
    sql`SELECT u.generation AS user_generation, d.document AS user_document, d.shadow AS user_shadow, CAST(d.modified_at AS CHAR) AS user_modified_at, ${reading.columns} FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id WHERE ${among(connectionId, keys)}`,
  );
  const parts = [
    reading.details(rows),
    groups && rows.length > 0 ? memberRows(rows.map((r) => r.entity_id)) : undefined,
  ];
  const wanted = parts.filter((part) => part !== undefined);
  const details = wanted.length === 0 ? [] : await db.all<CustomerDetail>(join(wanted, ' UNION ALL '));
  const states = reading.hydrate(rows, details);
  const groupsFound = await groupsOf(db, membershipsOf(rows, details));
  return rows.map((row, i) => ({
    customerId: row.entity_id,
    generation: row.user_generation,
    document: JSON.parse(row.user_document) as Resource,
    text: row.user_document,
    shadow: JSON.parse(row.user_shadow) as UserRecord['shadow'],
    modifiedAt: row.user_modified_at,
    customer: states[i] as CustomerState,
    groups: groupsFound[i] ?? [],
  }));
}

/** The member rows among the details, for each row. */
function membershipsOf(rows: readonly ShownRow[], details: readonly CustomerDetail[]): readonly Membership[][] {
  const found = new Map(rows.map((row): [number, Membership[]] => [row.entity_id, []]));
  for (const { entity_id, attribute_id, value } of details) {
    if (Number(attribute_id) !== aMembership || value === null) continue;
    const [g, n] = (typeof value === 'string' ? JSON.parse(value) : value) as [number, number];
    found.get(entity_id)?.push({ g, n });
  }
  return [...found.values()];
}
