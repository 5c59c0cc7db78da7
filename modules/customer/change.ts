import { sql, sqlTimestamp, type Transaction } from '../framework/index.ts';
import { EavChanges } from './attributes/eav.ts';
import { clearOnlyColumns, customerKinds, guardedColumns, requiredColumns } from './columns.ts';
import type { Attributes, AttributeValue, CustomerState } from './customer.ts';
import { CustomerError } from './customer-error.ts';
import { type AddressWrite, CustomerSaved } from './customer-event.ts';
import { refuseSharedEmail } from './email.ts';
import { gridAttributes, moveGridRow, noteForSchedule } from './grid.ts';
import { subscriberEmail } from './newsletter.ts';
import { updateOf } from './statement.ts';
import { metadataFor, stored, type Writing } from './writing.ts';

/** What was written beside the row by whoever changes a customer, for those who are told. */
export interface WrittenBeside {
  readonly addresses: readonly AddressWrite[];
  /** Columns that no attribute shows. */
  readonly hidden: readonly string[];
}
const nothingBeside: WrittenBeside = { addresses: [], hidden: [] };

/** Writes what differs: see `Customers.update`. */
export async function changeCustomer(
  writing: Writing,
  tx: Transaction,
  current: CustomerState,
  changes: Attributes,
  now: Date,
  beside: WrittenBeside = nothingBeside,
): Promise<CustomerState> {
  const metadata = await metadataFor(writing, tx, changes);
  const columns: Record<string, AttributeValue> = {};
  const next: Record<string, AttributeValue> = { ...current.attributes };
  const eav = new EavChanges({ fresh: false });
  const changed: string[] = [];
  let inGrid = false;
  for (const code in changes) {
    const given = changes[code];
    if (given === undefined) continue;
    refuseGuarded(code, given);
    const value = stored(metadata, code, given);
    if (value === current.attributes[code]) continue;
    changed.push(code);
    const attribute = customerKinds.has(code) ? undefined : metadata.attributes.get(code);
    if (attribute === undefined || attribute.backendType === 'static') columns[code] = value;
    else eav.set(attribute, value);
    if (code !== 'rp_token') next[code] = value;
    inGrid ||= gridAttributes.has(code) || metadata.grid.custom.includes(code);
  }
  if (changed.length === 0) return current;

  if ('email' in columns) {
    await refuseSharedEmail(writing, tx, columns.email ?? null, current.id);
    columns.rp_token = null;
    columns.rp_token_created_at = null;
    next.rp_token_created_at = null;
  }
  columns.updated_at = sqlTimestamp(now);
  next.updated_at = columns.updated_at;
  const after: CustomerState = { ...current, attributes: next };
  tx.later(updateOf('customer_entity', 'entity_id', current.id, columns));
  eav.write(tx, current.id);
  if ('email' in columns) moveSubscription(tx, current.id, columns.email ?? null);
  if (inGrid) moveGridRow(tx, current, after, metadata.grid);
  if (metadata.grid.onSchedule && eav.writes('varchar', 'text')) noteForSchedule(tx, current.id);
  await tellSaved(writing, tx, after, [...changed, ...beside.hidden], beside.addresses);
  return after;
}

/** Tells observers that a customer was changed. */
export async function tellSaved(
  writing: Writing,
  tx: Transaction,
  customer: CustomerState,
  changed: readonly string[],
  addresses: readonly AddressWrite[],
): Promise<void> {
  if (!writing.events.observed(CustomerSaved)) return;
  const websiteId = (customer.attributes.website_id ?? null) as number | null;
  await writing.events.emit(CustomerSaved, { id: customer.id, websiteId, created: false, changed, addresses }, tx);
}

function refuseGuarded(code: string, given: AttributeValue): void {
  const instead = guardedColumns.get(code);
  if (instead !== undefined) {
    throw new CustomerError(
      'CUSTOMER_ATTRIBUTE_GUARDED',
      `The customer attribute "${code}" cannot be changed by an update. ${instead}`,
      code,
    );
  }
  if (given === null && requiredColumns.has(code)) {
    throw new CustomerError('CUSTOMER_VALUE_INVALID', `The customer attribute "${code}" cannot be cleared.`, code);
  }
  if (given !== null && clearOnlyColumns.has(code)) {
    throw new CustomerError(
      'CUSTOMER_ATTRIBUTE_GUARDED',
      `The customer attribute "${code}" can only be cleared by an update. Use ResetTokens.issue to set it.`,
      code,
    );
  }
}

/** Magento keeps the subscriber's address equal to the customer's. The subscriber's column is shorter. */
const moveSubscription = (tx: Transaction, customerId: number, email: AttributeValue) =>
  tx.later(sql`UPDATE {newsletter_subscriber} SET subscriber_email = ${subscriberEmail(email)}
    WHERE customer_id = ${customerId}`);
