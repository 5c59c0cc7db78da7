import type { CustomerAddress, CustomerState, Customers, Newsletter, Passwords } from '../../customer/index.ts';
import { type Database, sql } from '../../framework/index.ts';

/** A customer with what hangs on it. */
export interface ExportedCustomer {
  readonly state: CustomerState;
  readonly addresses: readonly CustomerAddress[];
  readonly subscribed: boolean;
  readonly passwordHash: string | undefined;
}

/** Which customers, and what of them. */
export interface Walk {
  readonly websiteId: number | undefined;
  /** Changed at this moment or later: UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly since: string | undefined;
  readonly addresses: boolean;
  readonly subscriptions: boolean;
  readonly passwordHashes: boolean;
}

export interface WalkServices {
  readonly database: Database;
  readonly customers: Customers;
  readonly newsletter: Newsletter;
  readonly passwords: Passwords;
}

/** Customers that are in memory at once. */
const atOnce = 500;

/** All customers in order of their ids, some hundred at a time: by keyset, so the last page costs what the first one does. */
export async function* walkCustomers(
  { database, customers, newsletter, passwords }: WalkServices,
  { websiteId, since, addresses, subscriptions, passwordHashes }: Walk,
): AsyncGenerator<readonly ExportedCustomer[]> {
  const onWebsite = websiteId === undefined ? sql`` : sql`AND c.website_id = ${websiteId}`;
  const changed = since === undefined ? sql`` : sql`AND c.updated_at >= ${since}`;
  let last = 0;
  for (;;) {
    const { columns, hydrate } = await customers.selection(database);
    const rows = await database.all(sql`SELECT ${columns} FROM {customer_entity} c ${database.dialect.readBy('PRIMARY')}
      WHERE c.entity_id > ${last} ${onWebsite} ${changed} ORDER BY c.entity_id LIMIT ${atOnce}`);
    const states = rows.map(hydrate);
    const end = states.at(-1);
    if (end === undefined) return;
    const ids = states.map(({ id }) => id);
    const held = addresses ? await customers.addressesOf(database, states) : undefined;
    const subscribers = subscriptions ? await newsletter.subscribers(database, ids) : undefined;
    const hashes = passwordHashes ? await passwords.hashes(database, ids) : undefined;
    yield states.map((state) => ({
      state,
      addresses: held?.get(state.id) ?? [],
      subscribed: subscribers?.has(state.id) ?? false,
      passwordHash: hashes?.get(state.id),
    }));
    if (rows.length < atOnce) return;
    last = end.id;
  }
}

/** How many there will be, for whoever waits. */
export async function countCustomers(database: Database, { websiteId, since }: Walk): Promise<number> {
  const onWebsite = websiteId === undefined ? sql`` : sql`AND website_id = ${websiteId}`;
  const changed = since === undefined ? sql`` : sql`AND updated_at >= ${since}`;
  const row = await database.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM {customer_entity} WHERE entity_id > 0 ${onWebsite} ${changed}`,
  );
  return row?.n ?? 0;
}
