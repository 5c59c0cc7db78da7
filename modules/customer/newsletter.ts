import {
  type ConfigReader,
  type Executor,
  idList,
  randomText,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../framework/index.ts';
import type { CustomerState } from './customer.ts';
import type { createAccount, subscription } from './settings.ts';

/** Magento's `subscriber_status`. */
export const subscriberStatus = { subscribed: 1, notActive: 2, unsubscribed: 3, unconfirmed: 4 } as const;

export interface Newsletter {
  /**
   * The status of a customer's subscription in its website's store views: found by the customer, else by the e-mail it
   * subscribed with as a guest; undefined where there is none.
   */
  status(db: Executor, customer: CustomerState): Promise<number | undefined>;
  /** Which of these customers are subscribed, in one statement. */
  subscribers(db: Executor, customerIds: readonly number[]): Promise<ReadonlySet<number>>;
  /**
   * Subscribes a customer. Where the store asks subscribers to confirm, it waits for that (`notActive`); while the account
   * itself awaits confirmation it is `unconfirmed`. A guest's subscription becomes the customer's own where `subscribed`
   * says that it has none. Answers the status.
   */
  subscribe(tx: Transaction, customer: CustomerState, now: Date): Promise<number>;
  /** Unsubscribes; a customer who never subscribed gets no row. */
  unsubscribe(tx: Transaction, customer: CustomerState, now: Date): Promise<void>;
}
export const Newsletter: ServiceToken<Newsletter> = service<Newsletter>('customer.Newsletter');

interface SubscriberRow {
  subscriber_id: number;
  subscriber_status: number;
}

/** The service behind the token `Newsletter`. */
export function makeNewsletter(config: {
  subscription: ConfigReader<(typeof subscription)['fields']>;
  createAccount: ConfigReader<(typeof createAccount)['fields']>;
}): Newsletter {
  const statusFor = async (customer: CustomerState): Promise<number> => {
    const { confirmation, website_id: website, store_id: store } = customer.attributes;
    const awaitsConfirmation = confirmation !== null && confirmation !== '' && confirmation !== undefined;
    if (awaitsConfirmation && (await config.createAccount.get('confirm', { website: Number(website) }))) {
      return subscriberStatus.unconfirmed;
    }
    const confirm = await config.subscription.get('confirm', { store: Number(store) });
    return confirm ? subscriberStatus.notActive : subscriberStatus.subscribed;
  };

  return {
    status: async (db, customer) => (await find(db, customer))?.subscriber_status,
    subscribers: async (db, ids) => {
      if (ids.length === 0) return new Set();
      const rows = await db.all<{ customer_id: number }>(sql`SELECT customer_id FROM {newsletter_subscriber}
        WHERE customer_id IN (${idList(ids)}) AND subscriber_status = ${subscriberStatus.subscribed}`);
      return new Set(rows.map(({ customer_id }) => customer_id));
    },
    subscribe: async (tx, customer, now) => {
      const found = await find(tx, customer);
      if (found?.subscriber_status === subscriberStatus.subscribed) {
        // Whoever read the state has not seen it: a guest's.
        if (customer.subscribed === false)
          await tx.run(
            sql`UPDATE {newsletter_subscriber} SET customer_id = ${customer.id} WHERE subscriber_id = ${found.subscriber_id}`,
          );
        return found.subscriber_status;
      }
      const status = await statusFor(customer);
      const { email, store_id: store } = customer.attributes;
      const at = sqlTimestamp(now);
      const address = subscriberEmail(email);
      await tx.run(
        found === undefined
          ? sql`INSERT INTO {newsletter_subscriber}
              (store_id, change_status_at, customer_id, subscriber_email, subscriber_status, subscriber_confirm_code)
              VALUES (${store ?? 0}, ${at}, ${customer.id}, ${address}, ${status}, ${randomText(32)})`
          : sql`UPDATE {newsletter_subscriber} SET customer_id = ${customer.id}, subscriber_email = ${address},
              subscriber_status = ${status}, change_status_at = ${at} WHERE subscriber_id = ${found.subscriber_id}`,
      );
      return status;
    },
    unsubscribe: async (tx, customer, now) => {
      const found = await find(tx, customer);
      if (found === undefined || found.subscriber_status === subscriberStatus.unsubscribed) return;
      await tx.run(sql`UPDATE {newsletter_subscriber} SET subscriber_status = ${subscriberStatus.unsubscribed},
        change_status_at = ${sqlTimestamp(now)} WHERE subscriber_id = ${found.subscriber_id}`);
    },
  };
}

/** The subscriber's column is shorter than the customer's. */
export const subscriberEmail = (email: unknown): string => [...String(email ?? '')].slice(0, 150).join('');

async function find(db: Executor, customer: CustomerState): Promise<SubscriberRow | undefined> {
  const { email, website_id: website } = customer.attributes;
  const byCustomer = await db.first<SubscriberRow>(sql`SELECT subscriber_id, subscriber_status
    FROM {newsletter_subscriber} WHERE customer_id = ${customer.id}
    AND store_id IN (SELECT store_id FROM {store} WHERE website_id = ${website ?? null})
    ORDER BY subscriber_id LIMIT 1`);
  if (byCustomer !== undefined || email == null) return byCustomer;
  return db.first<SubscriberRow>(sql`SELECT subscriber_id, subscriber_status
    FROM {newsletter_subscriber} WHERE subscriber_email = ${email} AND customer_id = 0
    AND store_id IN (SELECT store_id FROM {store} WHERE website_id = ${website ?? null})
    ORDER BY subscriber_id LIMIT 1`);
}
