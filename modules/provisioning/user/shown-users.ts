import type { CustomerDetail, CustomerState, Customers, PartialReading } from '../../customer/index.ts';
import { type Executor, join, sql } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { groupsOf, memberDetails, membershipsAmong, type UserGroup } from '../group/groups-of-users.ts';
import type { Shown } from '../search/source.ts';
import { among, type Read, readingsFor, readUsers, type ShownUser, type UserRecord } from './user-record.ts';

/** Up to this many users, one statement with subselects costs less than two without. */
const few = 4;

interface ShownRow extends Readonly<Record<string, unknown>> {
  readonly entity_id: number;
  readonly user_generation: number;
  readonly user_document: string;
  readonly user_shadow: string;
  readonly user_modified_at: string;
}

/** What a page is to show, and what of that its search has read already. */
export interface UserPage {
  readonly shown: Shown;
  /** The users in the order of the keys; those gone meanwhile are left out. */
  read(keys: readonly number[]): Promise<readonly ShownUser[]>;
}

/**
 * Reads the users of a page as far as a read shows them: their rows, if possible in the statement that finds the keys, what
 * else belongs to the customers, and their groups if they are in any.
 */
export async function userPage(
  db: Executor,
  customers: Customers,
  connectionId: number,
  { mapping, groups }: { readonly mapping: Read; readonly groups: boolean },
): Promise<UserPage> {
  const reading = readingsFor(await customers.selection(db), mapping).only(mapping.rowTargets());
  const columns = sql`u.generation AS user_generation, d.document AS user_document, d.shadow AS user_shadow, CAST(d.modified_at AS CHAR) AS user_modified_at, ${reading.columns}`;
  const joined = sql`JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id`;
  const known = new Map<number, ShownRow>();
  return {
    shown: {
      columns,
      joins: joined,
      take(rows) {
        for (const row of rows as readonly ShownRow[]) known.set(row.entity_id, row);
      },
    },
    async read(keys) {
      const rows = keys.flatMap((key) => known.get(key) ?? []);
      if (rows.length === keys.length) return usersOf(db, reading, rows, groups);
      const users =
        keys.length <= few
          ? await readUsers({ db, customers, mapping }, connectionId, keys)
          : await usersOf(
              db,
              reading,
              await db.all<ShownRow>(
                sql`SELECT ${columns} FROM {vestibule_user} u ${db.dialect.readBy('PRIMARY')} ${joined} WHERE ${among(connectionId, keys)}`,
              ),
              groups,
            );
      const byKey = new Map(users.map((user) => [user.customerId, user]));
      return keys.flatMap((key) => byKey.get(key) ?? []);
    },
  };
}

async function usersOf(
  db: Executor,
  reading: PartialReading,
  rows: readonly ShownRow[],
  groups: boolean,
): Promise<readonly ShownUser[]> {
  const ids = rows.map((row) => row.entity_id);
  const parts = [reading.details(rows), groups && ids.length > 0 ? memberDetails(ids) : undefined].filter(
    (part) => part !== undefined,
  );
  const details = parts.length === 0 ? [] : await db.all<CustomerDetail>(join(parts, ' UNION ALL '));
  const states = reading.hydrate(rows, details);
  const groupsFound = await groupsOf(db, membershipsAmong(ids, details));
  return rows.map((row, i) => new PageUser(row, states[i] as CustomerState, groupsFound[i] ?? []));
}

/**
 * A user of a page. Its document is read when somebody looks into it: most are answered as they are stored. A class, because
 * V8 gives every object with a getter of its own a shape of its own, which keeps what the getter sees until the next full
 * garbage collection.
 */
class PageUser implements ShownUser {
  readonly customerId: number;
  readonly generation: number;
  readonly text: string;
  readonly shadow: UserRecord['shadow'];
  readonly modifiedAt: string;
  readonly customer: CustomerState;
  readonly groups: readonly UserGroup[];
  private read: Resource | undefined;

  constructor(row: ShownRow, customer: CustomerState, groups: readonly UserGroup[]) {
    this.customerId = row.entity_id;
    this.generation = row.user_generation;
    this.text = row.user_document;
    this.shadow = JSON.parse(row.user_shadow) as UserRecord['shadow'];
    this.modifiedAt = row.user_modified_at;
    this.customer = customer;
    this.groups = groups;
  }

  get document(): Resource {
    this.read ??= JSON.parse(this.text) as Resource;
    return this.read;
  }
}
