import { sql, type Transaction } from '../framework/index.ts';
import { changeCustomer } from './change.ts';
import type { AttributeValue, CustomerState } from './customer.ts';
import { type AddressWrite, CustomerAnonymised } from './customer-event.ts';
import { deleteLeftovers } from './deletion.ts';
import { placeholderEmail } from './email.ts';
import { moveGridRow } from './grid.ts';
import { lockOutColumns } from './lock-out.ts';
import { endSessions } from './session.ts';
import type { Writing } from './writing.ts';

/** Magento can't save a customer without names, so they become these. */
const nobody = { firstname: 'Anonymised', lastname: 'Customer' } as const;

/** Columns that say something of a person. */
const personal = {
  prefix: null,
  middlename: null,
  suffix: null,
  dob: null,
  gender: null,
  taxvat: null,
  confirmation: null,
} as const;

/**
 * Takes everything personal out of a customer and locks it out for good; the row stays, because orders point to it, and
 * orders keep the names and addresses that they were placed with.
 */
export async function anonymiseCustomer(
  writing: Writing,
  tx: Transaction,
  current: CustomerState,
  now: Date,
): Promise<CustomerState> {
  const { id } = current;
  const { custom, grid } = await writing.metadata.get(tx);
  endSessions(tx, id, now);
  await deleteLeftovers(tx, current);
  const addresses = await removeAddresses(tx, id);
  await tx.run(
    sql`UPDATE {customer_entity} SET default_billing = NULL, default_shipping = NULL, password_hash = NULL WHERE entity_id = ${id}`,
  );
  const homeless: CustomerState = {
    id,
    attributes: { ...current.attributes, default_billing: null, default_shipping: null },
    addresses: [],
  };
  moveGridRow(tx, current, homeless, grid);
  const changes: Record<string, AttributeValue> = {
    ...lockOutColumns(now),
    ...nobody,
    ...personal,
    email: placeholderEmail(id, 'anonymised'),
  };
  for (const { code } of custom) changes[code] = null;
  await writing.events.emit(CustomerAnonymised, { id }, tx);
  return changeCustomer(writing, tx, homeless, changes, now, { addresses, hidden: ['password_hash'] });
}

async function removeAddresses(tx: Transaction, customerId: number): Promise<readonly AddressWrite[]> {
  const rows = await tx.all<{ entity_id: number }>(
    sql`SELECT entity_id FROM {customer_address_entity} WHERE parent_id = ${customerId} ORDER BY entity_id`,
  );
  if (rows.length > 0) await tx.run(sql`DELETE FROM {customer_address_entity} WHERE parent_id = ${customerId}`);
  return rows.map(({ entity_id }) => ({ id: entity_id, act: 'deleted' }));
}
