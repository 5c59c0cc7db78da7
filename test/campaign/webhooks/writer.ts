import { type Database, type Sql, sql } from '../../../modules/framework/index.ts';
import type { History } from './history.ts';
import { paths } from './receivers.ts';

/** Changes of a customer: made, and then addresses that come and go. None of them is folded into another. */
const perCustomer = 20;
/** Customers who change at the same time, and changes that one transaction makes. */
const abreast = 1_000;
const perTransaction = 20;

/** Websites of the campaign, one for each receiver. */
export const websiteOf = (receiver: number): number => 100 + receiver;

export async function makeWebsites(database: Database): Promise<void> {
  for (const receiver of paths.keys())
    await database.run(
      sql`INSERT INTO {store_website} (website_id, code, name, default_group_id) VALUES (${websiteOf(receiver)}, ${`campaign${receiver}`}, ${`Campaign ${receiver}`}, 0)`,
    );
}

interface Customer {
  readonly id: number;
  readonly addresses: number[];
  changes: number;
}

/**
 * Writes `size` changes by raw SQL, as a storefront or an import would, `perSecond` at most; each is told to the history
 * when it is committed.
 */
export async function writeChanges(
  database: Database,
  history: History,
  size: number,
  perSecond: number,
): Promise<void> {
  let [made, addresses, written] = [0, 0, 0];
  const began = Date.now();
  const live: Customer[] = [];
  const next = (taken: ReadonlySet<number>): Customer => {
    while (live.length < abreast) live.push({ id: 10_000 + made++, addresses: [], changes: 0 });
    for (;;) {
      const customer = live[Math.floor(Math.random() * live.length)];
      if (customer && !taken.has(customer.id)) return customer;
    }
  };
  /** What a customer does next: the statement, and how it is told. */
  function step(customer: Customer): { readonly write: Sql; readonly change: string } {
    const { id } = customer;
    if (customer.changes === 0)
      return {
        write: sql`INSERT INTO {customer_entity} (entity_id, website_id, email) VALUES (${id}, ${websiteOf(id % paths.length)}, ${`c${id}@campaign.example`})`,
        change: `store/customer/created ${id}`,
      };
    if (customer.addresses.length > 0 && Math.random() < 0.2) {
      const gone = customer.addresses.shift() ?? 0;
      return {
        write: sql`DELETE FROM {customer_address_entity} WHERE entity_id = ${gone}`,
        change: `store/customer/address/deleted ${gone}`,
      };
    }
    const address = ++addresses;
    customer.addresses.push(address);
    return {
      write: sql`INSERT INTO {customer_address_entity} (entity_id, parent_id, city, country_id, firstname, lastname, street, telephone)
        VALUES (${address}, ${id}, 'Austin', 'US', 'Ada', 'Lovelace', '1 Rose Ave', '1')`,
      change: `store/customer/address/created ${address}`,
    };
  }
  while (written < size) {
    const batch: { customer: Customer; write: Sql; change: string }[] = [];
    const taken = new Set<number>();
    for (let i = 0; i < Math.min(perTransaction, size - written); i++) {
      const customer = next(taken);
      taken.add(customer.id);
      batch.push({ customer, ...step(customer) });
    }
    await database.transaction(async (tx) => {
      for (const { write } of batch) tx.later(write);
    });
    for (const { customer, change } of batch) {
      history.changed(customer.id, change);
      if (++customer.changes >= perCustomer) live.splice(live.indexOf(customer), 1);
    }
    written += batch.length;
    const ahead = began + (written / perSecond) * 1_000 - Date.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
}

/** Nothing waits to be handed on, and nothing to be delivered. */
export async function isDrained(database: Database): Promise<boolean> {
  const row = await database.first<{ left_over: number }>(
    sql`SELECT CASE WHEN EXISTS (SELECT 1 FROM {vestibule_change}) OR EXISTS (SELECT 1 FROM {vestibule_webhook_lane}) THEN 1 ELSE 0 END AS left_over`,
  );
  return row?.left_over === 0;
}

/** What waits to be tried again, up to hours from now, is tried at once: an end is to be seen. */
export async function hurry(database: Database): Promise<void> {
  const now = Date.now();
  await database.run(
    sql`UPDATE {vestibule_webhook_lane} SET next_ms = ${now} WHERE claim IS NULL AND next_ms > ${now}`,
  );
}
