import type { DeviationName } from '../deviation/deviations.ts';
import type { Mode } from '../mode.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { Literal } from './cursor.ts';
import type { CompareOperator, FilterValue } from './filter.ts';
import { parseBoolean, parseDateTime, parseNumber } from './value.ts';

/** What is wrong with a comparison, in words; or the value to compare with, and the deviation it took to get there. */
export type Operand =
  | { readonly wrong: string }
  | { readonly wrong?: never; readonly value: FilterValue; readonly deviation?: DeviationName };

const textOnly: ReadonlySet<CompareOperator> = new Set(['co', 'sw', 'ew']);
const ordering: ReadonlySet<CompareOperator> = new Set(['gt', 'ge', 'lt', 'le']);

/** Fits a literal to the attribute it is compared with (RFC 7644 §3.4.2.2), or says why it can't be. */
export function readOperand(
  attribute: AttributeDefinition,
  op: CompareOperator,
  literal: Literal,
  mode: Mode,
): Operand {
  const { name, type } = attribute;
  if (ordering.has(op) && (type === 'boolean' || type === 'binary')) {
    return { wrong: `"${op}" does not apply to ${name}, which is ${type}` };
  }
  if (textOnly.has(op) && type !== 'string' && type !== 'reference' && type !== 'binary') {
    return { wrong: `"${op}" does not apply to ${name}, which is ${type}` };
  }
  if (literal.kind === 'null') {
    return op === 'eq' || op === 'ne' ? { value: null } : { wrong: `"${op}" does not go with null` };
  }
  const expected: Operand = { wrong: `${name} is ${type} and cannot be compared with this value` };
  const quoting: { readonly deviation?: DeviationName } =
    literal.kind === 'string' ? {} : { deviation: 'unquoted-filter-value' };
  switch (type) {
    case 'boolean': {
      if (literal.kind === 'boolean') return { value: literal.boolean };
      const boolean = mode === 'compat' && literal.kind === 'string' ? parseBoolean(literal.text) : undefined;
      return boolean === undefined ? expected : { value: boolean, deviation: 'string-boolean' };
    }
    case 'integer':
    case 'decimal': {
      if (literal.kind === 'number') return { value: literal.number };
      const number = mode === 'compat' && literal.kind === 'string' ? parseNumber(literal.text) : undefined;
      return number === undefined ? expected : { value: number, deviation: 'string-number' };
    }
    case 'dateTime':
      if (literal.kind !== 'string' && mode !== 'compat') return expected;
      return parseDateTime(literal.text) === undefined ? expected : { value: literal.text, ...quoting };
    case 'complex':
      return { wrong: `${name} is complex; name one of its sub-attributes` };
    default:
      return literal.kind === 'string' || mode === 'compat' ? { value: literal.text, ...quoting } : expected;
  }
}
