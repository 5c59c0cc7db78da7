import { sql, type Transaction } from '../framework/index.ts';
import type { CustomerState } from './customer.ts';
import { CustomerDeleted } from './customer-event.ts';
import { deleteGridRow } from './grid.ts';
import { endSessions } from './session.ts';
import type { Writing } from './writing.ts';

/**
 * Deletes a customer with what no foreign key takes along: newsletter rows (by the customer, and by e-mail in the
 * website's store views), the grid row, the log. Tokens are revoked first: a JWT names the id and outlives the row.
 */
export async function deleteCustomer(
  writing: Writing,
  tx: Transaction,
  current: CustomerState,
  now: Date,
): Promise<void> {
  const { id } = current;
  const { website_id: websiteId } = current.attributes;
  endSessions(tx, id, now);
  await deleteLeftovers(tx, current);
  deleteGridRow(tx, id);
  await tx.run(sql`DELETE FROM {customer_entity} WHERE entity_id = ${id}`);
  if (writing.events.observed(CustomerDeleted)) {
    await writing.events.emit(CustomerDeleted, { id, websiteId: (websiteId ?? null) as number | null }, tx);
  }
}

/** Deletes what speaks of a customer and hangs on no foreign key: subscriptions and the log of log-ins. */
export async function deleteLeftovers(tx: Transaction, { id, attributes }: CustomerState): Promise<void> {
  const { email, website_id: websiteId } = attributes;
  await tx.run(sql`DELETE FROM {newsletter_subscriber} WHERE customer_id = ${id}`);
  await tx.run(sql`DELETE FROM {newsletter_subscriber} WHERE subscriber_email = ${email ?? null}
    AND store_id IN (SELECT store_id FROM {store} WHERE website_id = ${websiteId ?? null})`);
  await tx.run(sql`DELETE FROM {customer_log} WHERE customer_id = ${id}`);
}
