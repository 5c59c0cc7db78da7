import { raw, type Sql, sql } from '../framework/index.ts';
import type { BackendType, CustomerAttribute } from './attributes/attribute.ts';
import { addressColumns, customerColumns } from './columns.ts';
import { isSubscribed } from './subscription.ts';
import type { ValueKind } from './value.ts';

/** A value of a customer's row as an expression over `customer_entity c`. */
export interface RowExpression {
  readonly value: Sql;
  /** True where values compare as numbers: integers, and decimals whatever their digits. */
  readonly numeric: boolean;
}

/** Values of a customer, and of the address that `addresses` answers first, as expressions. */
export interface RowExpressions {
  attribute(code: string): RowExpression | undefined;
  /** That a customer has this value, as a condition which begins with the value's own index where there is one. */
  equals(code: string, value: string | number): Sql | undefined;
  /** The default billing address, else the default shipping one. */
  address(column: string): RowExpression | undefined;
  /** 1 for a subscriber of the newsletter, else 0. */
  readonly subscribed: Sql;
}

type Custom = CustomerAttribute & { readonly backendType: BackendType };

const isNumeric = ({ is }: ValueKind): boolean => is === 'int' || is === 'decimal';
const isTime = ({ is }: ValueKind): boolean => is === 'date' || is === 'datetime';

/** Times as texts are the same on every engine. */
const expression = (value: Sql, kind: ValueKind): RowExpression => ({
  value: isTime(kind) ? sql`CAST(${value} AS CHAR)` : value,
  numeric: isNumeric(kind),
});

/** The default billing address if there is one, be its value empty; else the default shipping address. */
const chosen =
  'COALESCE((SELECT b.entity_id FROM {customer_address_entity} b WHERE b.entity_id = c.default_billing AND b.parent_id = c.entity_id), c.default_shipping)';

/** Expressions for columns and for these custom attributes. Names are of the schema, never input. */
export function rowExpressions(
  custom: readonly Custom[],
  kinds: Readonly<Record<BackendType, ValueKind>>,
): RowExpressions {
  const byCode = new Map(custom.map((attribute) => [attribute.code, attribute]));
  return {
    subscribed: isSubscribed,
    attribute(code) {
      const column = Object.hasOwn(customerColumns, code)
        ? customerColumns[code as keyof typeof customerColumns]
        : undefined;
      if (column) return expression(raw(`c.\`${code}\``), column);
      const attribute = byCode.get(code);
      if (!attribute) return undefined;
      const { id, backendType } = attribute;
      const value = raw(
        `(SELECT x.value FROM {customer_entity_${backendType}} x WHERE x.entity_id = c.entity_id AND x.attribute_id = ${id})`,
      );
      return expression(value, kinds[backendType]);
    },
    equals(code, value) {
      if (Object.hasOwn(customerColumns, code)) return sql`${raw(`c.\`${code}\``)} = ${value}`;
      const attribute = byCode.get(code);
      if (!attribute) return undefined;
      const { id, backendType } = attribute;
      return sql`c.entity_id IN (SELECT x.entity_id FROM ${raw(`{customer_entity_${backendType}}`)} x WHERE x.attribute_id = ${id} AND x.value = ${value})`;
    },
    address(name) {
      const column = Object.hasOwn(addressColumns, name)
        ? addressColumns[name as keyof typeof addressColumns]
        : undefined;
      if (!column) return undefined;
      const value = raw(
        `(SELECT x.\`${name}\` FROM {customer_address_entity} x WHERE x.parent_id = c.entity_id AND x.entity_id = ${chosen})`,
      );
      return expression(value, column);
    },
  };
}
