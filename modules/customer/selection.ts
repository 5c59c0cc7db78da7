import { type Dialect, raw, type Sql, sql } from '../framework/index.ts';
import type { BackendType, CustomerAttribute } from './attributes/attribute.ts';
import {
  type AddressColumn,
  addressColumnNames,
  addressColumns,
  customerColumnNames,
  customerColumns,
} from './columns.ts';
import type { AttributeValue, CustomerAddress, CustomerState, Selection } from './customer.ts';
import { toStored } from './value.ts';

type Custom = CustomerAttribute & { readonly backendType: BackendType };

/** JSON has no decimals and no dates; as texts they come back the same from every engine. */
const valueInJson: Readonly<Record<BackendType, Sql>> = {
  varchar: sql`value`,
  text: sql`value`,
  int: sql`value`,
  decimal: sql`CAST(value AS CHAR)`,
  datetime: sql`CAST(value AS CHAR)`,
};

const addressFields: Readonly<Record<string, Sql>> = Object.fromEntries([
  ['entity_id', sql`entity_id`],
  ...addressColumnNames.map((name) => {
    const column = raw(`\`${name}\``);
    return [name, addressColumns[name].is === 'datetime' ? sql`CAST(${column} AS CHAR)` : column] as const;
  }),
]);

/** Select list of `customer_address_entity` for reading addresses on their own. */
export const addressSelectList: Sql = raw(['entity_id', ...addressColumnNames].map((n) => `\`${n}\``).join(', '));

/**
 * Builds the select list for these custom attributes. One subselect per value table in use is answered from that
 * table's covering index; the one for addresses costs nothing where there is no default address.
 */
export function makeSelection(dialect: Dialect, custom: readonly Custom[]): Selection {
  const parts: string[] = [];
  const used = [...new Set(custom.map((attribute) => attribute.backendType))];
  for (const type of used) {
    const pairs = dialect.jsonObjectAggregate(sql`attribute_id`, valueInJson[type]);
    parts.push(`(SELECT ${textOf(pairs)} FROM {customer_entity_${type}} WHERE entity_id = c.entity_id) AS eav_${type}`);
  }
  const addresses = `CASE WHEN c.default_billing IS NULL AND c.default_shipping IS NULL THEN NULL ELSE (SELECT
    ${textOf(dialect.jsonArrayAggregate(addressFields))} FROM {customer_address_entity}
    WHERE entity_id IN (c.default_billing, c.default_shipping) AND parent_id = c.entity_id) END AS addresses`;

  const byType = used.map((type) => ({
    key: `eav_${type}`,
    decimal: type === 'decimal',
    attributes: custom.filter((attribute) => attribute.backendType === type),
  }));
  const hydrate = (row: Readonly<Record<string, unknown>>): CustomerState => {
    const attributes = row.customer_row === undefined ? columnsOf(row) : columnsIn(String(row.customer_row));
    for (const { key, decimal, attributes: ofType } of byType) {
      const values = parsed<Record<string, AttributeValue>>(row[key]);
      for (const { id, code } of ofType) {
        const value = values?.[id] ?? null;
        attributes[code] = decimal && value !== null ? toStored(code, { is: 'decimal' }, value) : value;
      }
    }
    return { id: row.entity_id as number, attributes, addresses: readAddresses(row, attributes) };
  };
  return {
    columns: raw(
      ['c.entity_id', ...customerColumnNames.map((name) => `c.\`${name}\``), ...parts, addresses].join(', '),
    ),
    hydrate,
    lean: { columns: raw(['c.entity_id', packedRow, ...parts].join(', ')), hydrate },
  };
}

/**
 * The row as one JSON array. Every column of a result is described anew with every answer, and for a single row those
 * descriptions cost more than the row itself. JSON has no dates; as texts they are the same on every engine.
 */
const packedRow = `JSON_ARRAY(${customerColumnNames
  .map((name) => {
    const { is } = customerColumns[name];
    return is === 'datetime' || is === 'date' ? `CAST(c.\`${name}\` AS CHAR)` : `c.\`${name}\``;
  })
  .join(', ')}) AS customer_row`;

function columnsIn(packed: string): Record<string, AttributeValue> {
  const values = JSON.parse(packed) as AttributeValue[];
  const attributes: Record<string, AttributeValue> = {};
  for (let i = 0; i < customerColumnNames.length; i++) attributes[customerColumnNames[i] as string] = values[i] ?? null;
  return attributes;
}

function columnsOf(row: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of customerColumnNames) attributes[name] = row[name] as AttributeValue;
  return attributes;
}

function readAddresses(row: Readonly<Record<string, unknown>>, attributes: Record<string, AttributeValue>) {
  const rows = row.addresses == null ? undefined : parsed<Record<string, unknown>[]>(row.addresses);
  if (rows === undefined || rows.length === 0) return none;
  const addresses = rows.map((address) => toAddress(address, attributes));
  return addresses.length < 2 ? addresses : addresses.sort((a, b) => a.id - b.id);
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
const parsed = <T>(json: unknown): T | undefined =>
  json == null ? undefined : typeof json === 'string' ? (JSON.parse(json) as T) : (json as T);

/** The text of a fragment that binds nothing. */
const textOf = (fragment: Sql): string => fragment.sql;
