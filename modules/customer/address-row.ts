import type { Transaction } from '../framework/index.ts';
import {
  type AddressColumn,
  addressColumnNames,
  addressColumns,
  addressKinds,
  requiredAddressColumns,
} from './columns.ts';
import type { Attributes, AttributeValue } from './customer.ts';
import { CustomerError } from './customer-error.ts';
import type { Regions } from './region.ts';
import { insertInto } from './statement.ts';
import { toStored } from './value.ts';

export type AddressRow = Record<AddressColumn, AttributeValue>;

/** Columns that an address is not given from outside. */
const ownColumns: ReadonlySet<string> = new Set(['increment_id', 'created_at', 'updated_at']);

const allowed = (code: string): code is AddressColumn => addressKinds.has(code) && !ownColumns.has(code);

/**
 * The columns of an address after these attributes were given: over the row it has, or over an empty one. Country and
 * region are brought into Magento's form together: a region that the country has gets its id and its name, any other
 * stays text without an id.
 *
 * @throws CustomerError `CUSTOMER_ATTRIBUTE_UNKNOWN`, `CUSTOMER_VALUE_INVALID`, `CUSTOMER_VALUE_TOO_LONG`
 */
export async function addressRow(
  tx: Transaction,
  regions: Regions,
  given: Attributes,
  over: { row: Attributes } | { customer: Attributes; now: string },
): Promise<AddressRow> {
  const row = 'row' in over ? ({ ...over.row } as AddressRow) : emptyRow(over.customer, over.now);
  for (const code in given) {
    if (!allowed(code)) throw refused(code);
    const value = toStored(code, addressColumns[code], given[code] ?? null);
    row[code] = value ?? (isRequired(code) ? '' : code === 'is_active' ? 1 : null);
  }
  if (typeof row.country_id === 'string') row.country_id = row.country_id.trim().toUpperCase();
  if ('region' in given || 'region_id' in given || 'country_id' in given) await settleRegion(tx, regions, given, row);
  return row;
}

async function settleRegion(tx: Transaction, regions: Regions, given: Attributes, row: AddressRow): Promise<void> {
  const country = String(row.country_id ?? '');
  const id = given.region_id;
  const byId = typeof id === 'number' && id > 0 ? await regions.byId(country, id, tx) : undefined;
  const found = byId ?? (await regions.resolve(country, row.region === null ? null : String(row.region), tx));
  row.region = found.region;
  row.region_id = found.regionId;
}

function emptyRow(customer: Attributes, now: string): AddressRow {
  const row = {} as AddressRow;
  for (const name of addressColumnNames) row[name] = null;
  for (const name of requiredAddressColumns) row[name] = '';
  row.firstname = customer.firstname ?? '';
  row.lastname = customer.lastname ?? '';
  row.region_id = null;
  row.is_active = 1;
  row.created_at = now;
  row.updated_at = now;
  return row;
}

const isRequired = (code: AddressColumn): boolean => requiredAddressColumns.includes(code);

const refused = (code: string): CustomerError =>
  ownColumns.has(code)
    ? new CustomerError('CUSTOMER_ATTRIBUTE_GUARDED', `The address column "${code}" is set by the store alone.`, code)
    : new CustomerError(
        'CUSTOMER_ATTRIBUTE_UNKNOWN',
        `There is no address attribute "${code}". Use a column of customer_address_entity, such as street or region.`,
        code,
      );

const insert = insertInto('customer_address_entity', ['parent_id', ...addressColumnNames]);

/** Magento casts the region's id to a number, so that none is 0 in the table. Here, 0 and NULL are both null. */
export const inColumn = (column: string, value: AttributeValue): AttributeValue =>
  column === 'region_id' ? (value ?? 0) : value;

/** Inserts an address of a customer and answers its id. */
export async function insertAddress(tx: Transaction, customerId: number, row: AddressRow): Promise<number> {
  const values: AttributeValue[] = [customerId];
  for (const name of addressColumnNames) values.push(inColumn(name, row[name]));
  return (await tx.run(insert(values))).insertId;
}

/** What Magento's forms want of an address and this one lacks; `telephone` only where the store requires it. */
export function missingAddressParts(address: Attributes, telephoneRequired: boolean): readonly string[] {
  const wanted = ['firstname', 'lastname', 'street', 'city', 'country_id', ...(telephoneRequired ? ['telephone'] : [])];
  return wanted.filter((code) => String(address[code] ?? '').trim() === '');
}
