import type { Transaction } from '../framework/index.ts';
import { sql } from '../framework/index.ts';
import type { Attributes, AttributeValue, CustomerState } from './customer.ts';
import { insertInto, updateOf } from './statement.ts';

/** The row of "All Customers" in Magento's administration, without which a customer is not seen there. */
export type GridRow = Record<string, AttributeValue>;

const copied = [
  'email',
  'group_id',
  'created_at',
  'website_id',
  'confirmation',
  'created_in',
  'dob',
  'gender',
  'taxvat',
  'lock_expires',
] as const;

/** Columns of the default billing address, as `billing_<name>`. */
const billing = [
  'firstname',
  'lastname',
  'telephone',
  'postcode',
  'country_id',
  'region',
  'region_id',
  'street',
  'city',
  'fax',
  'vat_id',
  'company',
] as const;

const nameParts = ['prefix', 'firstname', 'middlename', 'lastname', 'suffix'] as const;
const fullParts = ['street', 'city', 'region', 'postcode'] as const;

/** Attributes of a customer that show in its grid row; a change of any other leaves the row as it is. */
export const gridAttributes: ReadonlySet<string> = new Set([
  ...copied,
  ...nameParts,
  'default_billing',
  'default_shipping',
]);

/** `TRIM(CONCAT_WS(' ', …))` over the parts that are not empty: an empty text when there are none. */
function joined(attributes: Attributes | undefined, parts: readonly string[]): string {
  if (attributes === undefined) return '';
  let text = '';
  for (const part of parts) {
    const value = attributes[part];
    if (value === null || value === undefined || value === '') continue;
    text = text === '' ? String(value) : `${text} ${value}`;
  }
  return text.trim();
}

/** The grid's billing columns are varchar(255) although a street is text. */
function fitting(value: AttributeValue | undefined): AttributeValue {
  if (typeof value !== 'string' || value.length <= 255) return value ?? null;
  return [...value].slice(0, 255).join('');
}

/**
 * Computes the grid row as Magento's `customer_grid` indexer does. `custom` names the custom attributes that have a
 * column in the grid.
 */
export function gridRow(customer: CustomerState, custom: readonly string[]): GridRow {
  const { attributes } = customer;
  const billingAddress = addressOf(customer, attributes.default_billing);
  const row: GridRow = { entity_id: customer.id, name: joined(attributes, nameParts) };
  for (const column of copied) row[column] = attributes[column] ?? null;
  row.shipping_full = joined(addressOf(customer, attributes.default_shipping), fullParts);
  row.billing_full = joined(billingAddress, fullParts);
  for (const column of billing) row[`billing_${column}`] = fitting(billingAddress?.[column]);
  if (billingAddress !== undefined) row.billing_region_id = billingAddress.region_id ?? 0;
  for (const code of custom) row[code] = attributes[code] ?? null;
  return row;
}

function addressOf(customer: CustomerState, id: AttributeValue | undefined): Attributes | undefined {
  if (id === null || id === undefined) return undefined;
  return customer.addresses.find((address) => address.id === id)?.attributes;
}

const inserts = new Map<string, ReturnType<typeof insertInto>>();

/** Inserts the whole grid row, over whatever stood there. */
export async function writeGridRow(tx: Transaction, customer: CustomerState, custom: readonly string[]): Promise<void> {
  const row = gridRow(customer, custom);
  const columns = Object.keys(row);
  const key = tx.dialect.name + columns.length + custom.join();
  let insert = inserts.get(key);
  if (insert === undefined) {
    const tail = tx.dialect.onDuplicate(['entity_id'], columns.slice(1));
    insert = insertInto('customer_grid_flat', columns, ` ${tail.sql}`);
    inserts.set(key, insert);
  }
  await tx.run(insert(Object.values(row)));
}

/**
 * Brings the grid row from one state of a customer to the next: one UPDATE of the columns that differ, none when
 * nothing does, and the whole row if there was none.
 */
export async function moveGridRow(
  tx: Transaction,
  before: CustomerState,
  after: CustomerState,
  custom: readonly string[],
): Promise<void> {
  const old = gridRow(before, custom);
  const next = gridRow(after, custom);
  const changes: GridRow = {};
  let changed = false;
  for (const column in next) {
    if (next[column] === old[column]) continue;
    changes[column] = next[column] ?? null;
    changed = true;
  }
  if (!changed) return;
  const { affectedRows } = await tx.run(updateOf('customer_grid_flat', 'entity_id', after.id, changes));
  if (affectedRows === 0) await writeGridRow(tx, after, custom);
}

/** Takes a customer out of the grid. */
export const deleteGridRow = (tx: Transaction, customerId: number) =>
  tx.run(sql`DELETE FROM {customer_grid_flat} WHERE entity_id = ${customerId}`);
