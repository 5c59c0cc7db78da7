import { idList, sql, sqlTimestamp, type Transaction } from '../framework/index.ts';
import { type AddressRow, addressRow, inColumn, insertAddress } from './address-row.ts';
import { tellSaved } from './change.ts';
import type { AddressChange, Attributes, AttributeValue, CustomerAddress, CustomerState } from './customer.ts';
import { CustomerError } from './customer-error.ts';
import { addressSelectList, toAddress } from './default-addresses.ts';
import { moveGridRow } from './grid.ts';
import { updateOf } from './statement.ts';
import type { Writing } from './writing.ts';

/** Adds or changes an address: see `Customers.saveAddress`. */
export async function saveCustomerAddress(
  writing: Writing,
  tx: Transaction,
  current: CustomerState,
  address: AddressChange,
  now: Date,
): Promise<CustomerState> {
  const at = sqlTimestamp(now);
  const existing = address.id === undefined ? undefined : await addressOf(tx, current, address.id);
  const row = await addressRow(
    tx,
    writing.regions,
    address.attributes,
    existing === undefined ? { customer: current.attributes, now: at } : { row: existing.attributes },
  );
  let id = existing?.id ?? 0;
  let changed = true;
  if (existing === undefined) id = await insertAddress(tx, current.id, row);
  else changed = updateAddress(tx, existing, row, at);

  const defaults = newDefaults(current.attributes, id, address);
  if (!changed && defaults === undefined) return current;
  const attributes: Attributes = { ...current.attributes, ...defaults, updated_at: at };
  const saved: CustomerAddress = toAddress({ ...row, entity_id: id }, attributes);
  tx.later(updateOf('customer_entity', 'entity_id', current.id, { ...defaults, updated_at: at }));
  const others = current.addresses.filter((other) => other.id !== id).map((other) => flagged(other, attributes));
  const addresses = [...others.filter(isDefault), saved].sort((a, b) => a.id - b.id);
  const after: CustomerState = { ...current, attributes, addresses };
  moveGridRow(tx, current, after, (await writing.metadata.get(tx)).grid);
  const act = existing === undefined ? 'created' : 'updated';
  const written = changed ? [{ id, act } as const] : [];
  await tellSaved(writing, tx, after, ['addresses', ...Object.keys(defaults ?? {})], written);
  return after;
}

/** Removes an address: see `Customers.removeAddress`. */
export async function removeCustomerAddress(
  writing: Writing,
  tx: Transaction,
  current: CustomerState,
  addressId: number,
  now: Date,
): Promise<CustomerState> {
  const { affectedRows } = await tx.run(
    sql`DELETE FROM {customer_address_entity} WHERE entity_id = ${addressId} AND parent_id = ${current.id}`,
  );
  if (affectedRows === 0) throw unknownAddress(current.id, addressId);
  const at = sqlTimestamp(now);
  const defaults = newDefaults(current.attributes, addressId, { defaultBilling: false, defaultShipping: false });
  const attributes: Attributes = { ...current.attributes, ...defaults, updated_at: at };
  tx.later(updateOf('customer_entity', 'entity_id', current.id, { ...defaults, updated_at: at }));
  const addresses = current.addresses.filter(({ id }) => id !== addressId).map((other) => flagged(other, attributes));
  const after: CustomerState = { ...current, attributes, addresses };
  moveGridRow(tx, current, after, (await writing.metadata.get(tx)).grid);
  const removed = [{ id: addressId, act: 'deleted' } as const];
  await tellSaved(writing, tx, after, ['addresses', ...Object.keys(defaults ?? {})], removed);
  return after;
}

/** Reads the default addresses of a customer that was read without them. */
export async function readDefaultAddresses(db: Pick<Transaction, 'all'>, lean: CustomerState): Promise<CustomerState> {
  const { default_billing: billing = null, default_shipping: shipping = null } = lean.attributes;
  if (billing === null && shipping === null) return lean;
  const rows = await db.all(
    sql`SELECT ${addressSelectList} FROM {customer_address_entity} WHERE entity_id IN (${billing}, ${shipping}) AND parent_id = ${lean.id} ORDER BY entity_id`,
  );
  return { ...lean, addresses: rows.map((row) => toAddress(row, lean.attributes)) };
}

/** Reads every address of a customer. */
export async function readAddresses(
  db: Pick<Transaction, 'all'>,
  current: CustomerState,
): Promise<readonly CustomerAddress[]> {
  const rows = await db.all(
    sql`SELECT ${addressSelectList} FROM {customer_address_entity} WHERE parent_id = ${current.id} ORDER BY entity_id`,
  );
  return rows.map((row) => toAddress(row, current.attributes));
}

/** Reads every address of many customers, by the customers' ids. */
export async function readAddressesOf(
  db: Pick<Transaction, 'all'>,
  customers: readonly CustomerState[],
): Promise<ReadonlyMap<number, readonly CustomerAddress[]>> {
  const found = new Map<number, CustomerAddress[]>();
  if (customers.length === 0) return found;
  const byId = new Map(customers.map(({ id, attributes }) => [id, attributes]));
  const rows = await db.all(sql`SELECT parent_id, ${addressSelectList} FROM {customer_address_entity}
    WHERE parent_id IN (${idList([...byId.keys()])}) ORDER BY parent_id, entity_id`);
  for (const row of rows) {
    const id = row.parent_id as number;
    const addresses = found.get(id) ?? [];
    addresses.push(toAddress(row, byId.get(id) ?? {}));
    found.set(id, addresses);
  }
  return found;
}

async function addressOf(tx: Transaction, current: CustomerState, id: number): Promise<CustomerAddress> {
  const known = current.addresses.find((address) => address.id === id);
  if (known !== undefined) return known;
  const row = await tx.first(sql`SELECT ${addressSelectList} FROM {customer_address_entity}
    WHERE entity_id = ${id} AND parent_id = ${current.id}`);
  if (row === undefined) throw unknownAddress(current.id, id);
  return toAddress(row, current.attributes);
}

/** Writes the columns that differ and says whether any did. */
function updateAddress(tx: Transaction, existing: CustomerAddress, row: AddressRow, at: string): boolean {
  const changes: Record<string, AttributeValue> = {};
  let changed = false;
  for (const [column, value] of Object.entries(row)) {
    if (value === existing.attributes[column]) continue;
    changes[column] = inColumn(column, value);
    changed = true;
  }
  if (!changed) return false;
  row.updated_at = at;
  changes.updated_at = at;
  tx.later(updateOf('customer_address_entity', 'entity_id', existing.id, changes));
  return true;
}

/** The default columns of the customer's row that change, if any: true points one here, false takes it away from here. */
function newDefaults(
  attributes: Attributes,
  id: number,
  wanted: Pick<AddressChange, 'defaultBilling' | 'defaultShipping'>,
): Record<string, AttributeValue> | undefined {
  const changes: Record<string, AttributeValue> = {};
  const settle = (column: string, isDefault: boolean | undefined) => {
    if (isDefault === undefined || isDefault === (attributes[column] === id)) return;
    changes[column] = isDefault ? id : null;
  };
  settle('default_billing', wanted.defaultBilling);
  settle('default_shipping', wanted.defaultShipping);
  return Object.keys(changes).length === 0 ? undefined : changes;
}

const flagged = (address: CustomerAddress, customer: Attributes): CustomerAddress => ({
  ...address,
  defaultBilling: customer.default_billing === address.id,
  defaultShipping: customer.default_shipping === address.id,
});

const isDefault = (address: CustomerAddress): boolean => address.defaultBilling || address.defaultShipping;

const unknownAddress = (customer: number, address: number): CustomerError =>
  new CustomerError(
    'CUSTOMER_ADDRESS_UNKNOWN',
    `Customer ${customer} has no address ${address}. Read the customer again; somebody may have removed it.`,
  );
