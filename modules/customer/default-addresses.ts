import { type Dialect, raw, type Sql, sql } from '../framework/index.ts';
import { type AddressColumn, addressColumnNames, addressColumns } from './columns.ts';
import type { AttributeValue, CustomerAddress, CustomerState } from './customer.ts';

const addressFields: Readonly<Record<string, Sql>> = Object.fromEntries([
  ['entity_id', sql`entity_id`],
  ...addressColumnNames.map((name) => {
    const column = raw(`\`${name}\``);
    return [name, addressColumns[name].is === 'datetime' ? sql`CAST(${column} AS CHAR)` : column] as const;
  }),
]);

/** Select list of `customer_address_entity` for reading addresses on their own. */
export const addressSelectList: Sql = raw(['entity_id', ...addressColumnNames].map((n) => `\`${n}\``).join(', '));

/** The default addresses of `c` as JSON: free of charge where there is none. */
export const addressesSelect = (dialect: Dialect): string =>
  `CASE WHEN c.default_billing IS NULL AND c.default_shipping IS NULL THEN NULL ELSE (SELECT
    ${textOf(dialect.jsonArrayAggregate(addressFields))} FROM {customer_address_entity}
    WHERE entity_id IN (c.default_billing, c.default_shipping) AND parent_id = c.entity_id) END AS addresses`;

/** One address as a JSON object. */
export const addressObject: Sql = raw(
  `JSON_OBJECT(${Object.entries(addressFields)
    .map(([name, field]) => `'${name}', ${textOf(field)}`)
    .join(', ')})`,
);

/** The default ones among addresses that were read as JSON objects, in order of their ids. */
export function addressesAmong(
  objects: readonly unknown[],
  attributes: Readonly<Record<string, AttributeValue>>,
): readonly CustomerAddress[] {
  if (objects.length === 0) return none;
  const addresses = objects.map((object) => toAddress(parsed<Record<string, unknown>>(object) ?? {}, attributes));
  return addresses
    .filter(({ defaultBilling, defaultShipping }) => defaultBilling || defaultShipping)
    .sort((a, b) => a.id - b.id);
}

/** The addresses that `addressesSelect` answered, in order of their ids. */
export function addressesOf(
  row: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, AttributeValue>>,
): readonly CustomerAddress[] {
  const rows = row.addresses == null ? undefined : parsed<Record<string, unknown>[]>(row.addresses);
  if (rows === undefined || rows.length === 0) return none;
  return rows.map((address) => toAddress(address, attributes)).sort((a, b) => a.id - b.id);
}
const none: CustomerState['addresses'] = Object.freeze([]);

/** Reads one address; the defaults stand on the customer's row. */
export function toAddress(
  row: Readonly<Record<string, unknown>>,
  customer: Readonly<Record<string, AttributeValue>>,
): CustomerAddress {
  const attributes = {} as Record<AddressColumn, AttributeValue>;
  for (const name of addressColumnNames) attributes[name] = row[name] as AttributeValue;
  // Magento writes no region as 0; 0 and NULL mean the same.
  if (attributes.region_id === 0) attributes.region_id = null;
  const id = row.entity_id as number;
  return {
    id,
    attributes,
    defaultBilling: customer.default_billing === id,
    defaultShipping: customer.default_shipping === id,
  };
}

/** mysql2 parses what the server calls JSON, libsql answers text. */
export const parsed = <T>(json: unknown): T | undefined =>
  json == null ? undefined : typeof json === 'string' ? (JSON.parse(json) as T) : (json as T);

/** The text of a fragment that binds nothing. */
export function textOf(fragment: Sql): string {
  return fragment.sql;
}
