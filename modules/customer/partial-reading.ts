import { aroundIds, join, raw, type Sql, sql } from '../framework/index.ts';
import type { BackendType, CustomerAttribute } from './attributes/attribute.ts';
import { type CustomerColumn, customerColumns } from './columns.ts';
import type { AttributeValue, CustomerDetail, CustomerState, PartialReading, Reading } from './customer.ts';
import { addressesAmong, addressObject } from './default-addresses.ts';
import { toStored } from './value.ts';

type Custom = CustomerAttribute & { readonly backendType: BackendType };
type Row = Readonly<Record<string, unknown>>;

/** What every reading has: the defaults tell which address is which, the times when something changed. */
const always: readonly CustomerColumn[] = ['default_billing', 'default_shipping', 'created_at', 'updated_at'];

/** No attribute has this id: the detail is an address. */
const anAddress = 0;

const columnIn = (name: CustomerColumn): string => {
  const { is } = customerColumns[name];
  return is === 'datetime' || is === 'date' ? `CAST(c.\`${name}\` AS CHAR) AS \`${name}\`` : `c.\`${name}\``;
};

const idOf = (row: Row): number => row.entity_id as number;
const defaultsOf = ({ default_billing, default_shipping }: Row): readonly number[] =>
  [default_billing, default_shipping].filter((id) => typeof id === 'number');

/**
 * Reads these attributes of many customers at once. Values of custom attributes and addresses come by one statement of
 * their own: for a hundred customers that costs a third of a subselect in every row.
 */
export function partialReading(
  custom: readonly Custom[],
  codes: readonly string[],
  leanOf: (columns: readonly CustomerColumn[]) => Reading,
): PartialReading {
  const wanted = new Set<string>([...always, ...codes]);
  const columns = (Object.keys(customerColumns) as CustomerColumn[]).filter((name) => wanted.has(name));
  const attributes = custom.filter(({ code }) => wanted.has(code));
  const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]));
  const tables = [...new Set(attributes.map(({ backendType }) => backendType))];

  function stateOf(row: Row, details: readonly CustomerDetail[]): CustomerState {
    const values: Record<string, AttributeValue> = {};
    for (const name of columns) values[name] = row[name] as AttributeValue;
    for (const { code } of attributes) values[code] = null;
    const addresses: unknown[] = [];
    for (const { attribute_id, value } of details) {
      const attribute = byId.get(Number(attribute_id));
      if (attribute) values[attribute.code] = storedValue(attribute, value);
      else if (Number(attribute_id) === anAddress) addresses.push(value);
    }
    return { id: idOf(row), attributes: values, addresses: addressesAmong(addresses, values) };
  }

  return {
    lean: leanOf(columns),
    columns: raw(['c.entity_id', ...columns.map(columnIn)].join(', ')),
    details(rows) {
      const ids = rows.map(idOf);
      const parts = rows.length === 0 ? [] : tables.map((type) => valuesIn(type, ids));
      const defaults = rows.flatMap(defaultsOf);
      if (defaults.length > 0) parts.push(addressesIn(defaults, ids));
      return parts.length === 0 ? undefined : join(parts, ' UNION ALL ');
    },
    hydrate(rows, details) {
      const byCustomer = new Map<number, CustomerDetail[]>();
      for (const detail of details) {
        const known = byCustomer.get(detail.entity_id);
        if (known) known.push(detail);
        else byCustomer.set(detail.entity_id, [detail]);
      }
      return rows.map((row) => stateOf(row, byCustomer.get(idOf(row)) ?? []));
    },
  };
}

const entityId = raw('entity_id');
const parentId = raw('parent_id');

/** Texts, because what several tables answer has one type. */
const valuesIn = (type: BackendType, ids: readonly number[]): Sql =>
  sql`SELECT entity_id, attribute_id, ${type === 'varchar' || type === 'text' ? sql`value` : sql`CAST(value AS CHAR) AS value`} FROM ${raw(`{customer_entity_${type}}`)} WHERE ${aroundIds(entityId, ids)}`;

const addressesIn = (defaults: readonly number[], ids: readonly number[]): Sql =>
  sql`SELECT parent_id AS entity_id, ${raw(String(anAddress))} AS attribute_id, ${addressObject} AS value FROM {customer_address_entity} WHERE ${aroundIds(entityId, defaults)} AND ${aroundIds(parentId, ids)}`;

function storedValue({ code, backendType }: Custom, value: string | null): AttributeValue {
  if (value === null) return null;
  if (backendType === 'int') return Number(value);
  return backendType === 'decimal' ? toStored(code, { is: 'decimal' }, value) : value;
}
