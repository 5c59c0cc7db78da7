import { type Dialect, raw, type Sql, sql } from '../framework/index.ts';
import { type BackendType, backendKinds, type CustomerAttribute } from './attributes/attribute.ts';
import { type CustomerColumn, customerColumnNames, customerColumns } from './columns.ts';
import type { AttributeValue, CustomerState, PartialReading, Reading, Selection } from './customer.ts';
import { addressesOf, addressesSelect, parsed, textOf } from './default-addresses.ts';
import { partialReading } from './partial-reading.ts';
import { rowExpressions } from './row-expression.ts';
import { partialWithSubscription, withSubscription } from './subscription.ts';
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
  const addresses = addressesSelect(dialect);

  const byType = used.map((type) => ({
    key: `eav_${type}`,
    decimal: type === 'decimal',
    attributes: custom.filter((attribute) => attribute.backendType === type),
  }));
  const complete = (
    row: Readonly<Record<string, unknown>>,
    id: number,
    attributes: Record<string, AttributeValue>,
  ): CustomerState => {
    for (const { key, decimal, attributes: ofType } of byType) {
      const values = parsed<Record<string, AttributeValue>>(row[key]);
      for (const { id, code } of ofType) {
        const value = values?.[id] ?? null;
        attributes[code] = decimal && value !== null ? toStored(code, { is: 'decimal' }, value) : value;
      }
    }
    return { id, attributes, addresses: addressesOf(row, attributes) };
  };
  const leanOf = (names: readonly CustomerColumn[]): Reading => ({
    columns: raw([packedRow(names), ...parts].join(', ')),
    hydrate(row) {
      const [id, ...values] = JSON.parse(String(row.customer_row)) as [number, ...AttributeValue[]];
      return complete(row, id, columnsIn(names, values));
    },
  });
  const whole: Reading = {
    columns: raw(
      ['c.entity_id', ...customerColumnNames.map((name) => `c.\`${name}\``), ...parts, addresses].join(', '),
    ),
    hydrate: (row) => complete(row, row.entity_id as number, columnsOf(row)),
  };
  const lean = leanOf(customerColumnNames);
  const only = once((codes) => partialReading(custom, codes, leanOf));
  return {
    ...whole,
    lean,
    only,
    expressions: rowExpressions(custom, backendKinds),
    withSubscription: {
      ...withSubscription(whole),
      lean: withSubscription(lean),
      only: once((codes) => partialWithSubscription(only(codes))),
    },
  };
}

/** Makes a reading once for a list of attributes, so that its statements stay prepared. */
function once(make: Selection['only']): Selection['only'] {
  const made = new WeakMap<readonly string[], PartialReading>();
  return (codes) => {
    const known = made.get(codes) ?? make(codes);
    made.set(codes, known);
    return known;
  };
}

/**
 * The row as one JSON array. Every column of a result is described anew with every answer, and for a single row those
 * descriptions cost more than the row itself. JSON has no dates; as texts they are the same on every engine.
 */
const packedRow = (names: readonly CustomerColumn[]): string =>
  `JSON_ARRAY(c.entity_id, ${names
    .map((name) => {
      const { is } = customerColumns[name];
      return is === 'datetime' || is === 'date' ? `CAST(c.\`${name}\` AS CHAR)` : `c.\`${name}\``;
    })
    .join(', ')}) AS customer_row`;

function columnsIn(
  names: readonly CustomerColumn[],
  values: readonly AttributeValue[],
): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (let i = 0; i < names.length; i++) attributes[names[i] as string] = values[i] ?? null;
  return attributes;
}

function columnsOf(row: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of customerColumnNames) attributes[name] = row[name] as AttributeValue;
  return attributes;
}
