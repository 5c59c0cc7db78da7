import { raw, type Sql, sql } from '../framework/index.ts';
import type { CustomerState, PartialReading, Reading } from './customer.ts';
import { textOf } from './default-addresses.ts';

/**
 * 1 where the customer of `c` is subscribed to the newsletter, else 0: the first subscription in a store view of its
 * website decides, as in `Newsletter.status`. Guests' subscriptions, which only an e-mail address leads to, don't count:
 * two tables' texts can't be compared where a store holds them in different collations. The website is looked up for each
 * subscription: joined, they would be sorted in a temporary table for every customer.
 */
export const isSubscribed: Sql = raw(
  'CASE (SELECT n.subscriber_status FROM {newsletter_subscriber} n WHERE n.customer_id = c.entity_id AND (SELECT v.website_id FROM {store} v WHERE v.store_id = n.store_id) = c.website_id ORDER BY n.subscriber_id LIMIT 1) WHEN 1 THEN 1 ELSE 0 END',
);

type Row = Readonly<Record<string, unknown>>;

const further = (columns: Sql): Sql => raw(textOf(sql`${columns}, ${isSubscribed} AS customer_subscribed`));

const stateWith = (state: CustomerState, { customer_subscribed: subscribed }: Row): CustomerState => ({
  ...state,
  subscribed: Number(subscribed) === 1,
});

/** A reading that brings the subscription along, in the same statement. */
export const withSubscription = ({ columns, hydrate }: Reading): Reading => ({
  columns: further(columns),
  hydrate: (row) => stateWith(hydrate(row), row),
});

/** The same for many customers at once. */
export const partialWithSubscription = ({ lean, columns, details, hydrate }: PartialReading): PartialReading => ({
  lean: withSubscription(lean),
  columns: further(columns),
  details,
  hydrate: (rows, found) => hydrate(rows, found).map((state, i) => stateWith(state, rows[i] ?? {})),
});
