import { type Dialect, idList, type Query, raw, sql, type Transaction } from '../framework/index.ts';
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

/** Columns of the default billing address, and what they are called in the grid. */
const billing = (
  [
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
  ] as const
).map((column) => ({ column, grid: `billing_${column}` }));

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
  return withinText(withoutOuterBlanks(text));
}

/** SQL's TRIM: blanks only, so that a street that begins with a line break keeps it. */
function withoutOuterBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  return text.slice(start, end);
}

/** A street alone may fill a text column, so street and city together may not fit one; cut between characters. */
function withinText(text: string): string {
  if (text.length * 3 <= textBytes || Buffer.byteLength(text) <= textBytes) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, textBytes)).replace(/\uFFFD$/, '');
}
const textBytes = 65_535;

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
  const row: GridRow = { entity_id: customer.id, name: joined(attributes, nameParts) };
  for (const column of copied) row[column] = attributes[column] ?? null;
  Object.assign(row, addressPart(customer));
  for (const code of custom) row[code] = attributes[code] ?? null;
  return row;
}

/** What the grid row tells of the default addresses. */
function addressPart(customer: CustomerState): GridRow {
  const billingAddress = addressOf(customer, customer.attributes.default_billing);
  const part: GridRow = {
    shipping_full: joined(addressOf(customer, customer.attributes.default_shipping), fullParts),
    billing_full: joined(billingAddress, fullParts),
  };
  for (const { column, grid } of billing) part[grid] = fitting(billingAddress?.[column]);
  if (billingAddress !== undefined) part.billing_region_id = billingAddress.region_id ?? 0;
  return part;
}

function addressOf(customer: CustomerState, id: AttributeValue | undefined): Attributes | undefined {
  if (id === null || id === undefined) return undefined;
  return customer.addresses.find((address) => address.id === id)?.attributes;
}

/** The grid of this store: its real columns, and the statements that write a row. */
export interface Grid {
  /** The custom attributes that have a column in it. */
  readonly custom: readonly string[];
  /** The columns that are written: a reindex may have made the table without some that this room knows. */
  readonly columns: ReadonlySet<string>;
  /**
   * Magento follows the grid on schedule, by a changelog that its triggers write. They look at the customers' tables but not
   * at values of texts, so whoever writes those has to note the customer.
   */
  readonly onSchedule: boolean;
  readonly insert: (row: GridRow) => Query;
  readonly upsert: (row: GridRow) => Query;
}

/** Prepares the grid's statements; `custom` names the custom attributes that have a column, `real` all its columns. */
export function makeGrid(
  dialect: Dialect,
  custom: readonly string[],
  real: ReadonlySet<string>,
  onSchedule = false,
): Grid {
  const columns = Object.keys(gridRow({ id: 0, attributes: {}, addresses: [] }, custom)).filter((name) =>
    real.has(name),
  );
  const tail = dialect.onDuplicate(['entity_id'], columns.slice(1));
  const table = 'customer_grid_flat';
  const [insert, upsert] = [insertInto(table, columns), insertInto(table, columns, ` ${tail.sql}`)];
  const valuesOf = (row: GridRow): AttributeValue[] => columns.map((column) => row[column] ?? null);
  return {
    custom,
    columns: new Set(columns),
    onSchedule,
    insert: (row) => insert(valuesOf(row)),
    upsert: (row) => upsert(valuesOf(row)),
  };
}

/** Writes one column of these customers' rows, where the grid has it. */
export function setInGrid(
  tx: Transaction,
  { columns }: Grid,
  column: 'group_id' | 'lock_expires',
  value: AttributeValue,
  customerIds: readonly number[],
): void {
  if (!columns.has(column)) return;
  const ids = idList(customerIds);
  tx.later(sql`UPDATE {customer_grid_flat} SET ${raw(column)} = ${value} WHERE entity_id IN (${ids})`);
}

/** Has Magento look at a customer at its next turn: see `Grid.onSchedule`. */
export const noteForSchedule = (tx: Transaction, customerId: number) =>
  tx.later(sql`INSERT INTO {customer_grid_flat_cl} (entity_id) VALUES (${customerId})`);

/** Inserts the grid row of a customer that is new, so that there can't be one. */
export function insertGridRow(tx: Transaction, customer: CustomerState, grid: Grid): void {
  tx.later(grid.insert(gridRow(customer, grid.custom)));
}

/**
 * Brings the grid row from one state of a customer to the next: the columns that differ, none when nothing does, and the
 * whole row where there was none.
 */
export function moveGridRow(tx: Transaction, before: CustomerState, after: CustomerState, grid: Grid): void {
  const changes = differences(before, after, grid);
  if (Object.keys(changes).length === 0) return;
  tx.later(updateOf('customer_grid_flat', 'entity_id', after.id, changes), ({ affectedRows }) => {
    if (affectedRows === 0) tx.later(grid.upsert(gridRow(after, grid.custom)));
  });
}

/** Columns of the grid row that differ between two states. What is put together is so only where a part differs. */
function differences(before: CustomerState, after: CustomerState, { custom, columns }: Grid): GridRow {
  const changes = everyDifference(before, after, custom);
  for (const column in changes) if (!columns.has(column)) delete changes[column];
  return changes;
}

function everyDifference(before: CustomerState, after: CustomerState, custom: readonly string[]): GridRow {
  const [was, is] = [before.attributes, after.attributes];
  const differs = (code: string): boolean => (is[code] ?? null) !== (was[code] ?? null);
  const changes: GridRow = {};
  if (nameParts.some(differs)) {
    const name = joined(is, nameParts);
    if (name !== joined(was, nameParts)) changes.name = name;
  }
  for (const column of copied) if (differs(column)) changes[column] = is[column] ?? null;
  for (const code of custom) if (differs(code)) changes[code] = is[code] ?? null;
  // Which of them are the defaults is told by the addresses, too: they are others where that changes.
  if (before.addresses === after.addresses) return changes;
  const [old, next] = [addressPart(before), addressPart(after)];
  for (const column in next) if (next[column] !== old[column]) changes[column] = next[column] ?? null;
  return changes;
}

/** Takes a customer out of the grid. */
export const deleteGridRow = (tx: Transaction, customerId: number) =>
  tx.later(sql`DELETE FROM {customer_grid_flat} WHERE entity_id = ${customerId}`);
