import { type Sql, sql } from '../../../framework/index.ts';
import { type CompareOperator, invalidFilter } from '../../../scim/index.ts';
import type { ColumnValue, Scalar } from '../source.ts';
import { isPart } from './operand.ts';

export const always = sql`1 = 1`;
export const never = sql`1 = 0`;

/** True when the attribute has a value; empty text is none. */
export function scalarPresent({ value, kind, nullable }: Scalar): Sql {
  if (kind === 'text' || kind === 'exact') return sql`COALESCE(${value} <> '', 0)`;
  return nullable ? sql`${value} IS NOT NULL` : always;
}

/** One comparison that is true or false and never NULL, because a `not` around it must turn it over. */
export function compareScalar(scalar: Scalar, op: CompareOperator, operand: ColumnValue, what: string): Sql {
  if (scalar.kind === 'flag' && op !== 'eq' && op !== 'ne')
    throw invalidFilter(`"${what}" is true or false; only eq and ne make sense for it.`);
  if (isPart(op) && scalar.kind !== 'text' && scalar.kind !== 'exact')
    throw invalidFilter(`"${what}" is no text; ${op} can't be asked of it.`);
  const value = scalar.missingIsFalse ? sql`COALESCE(${scalar.value}, 0)` : scalar.value;
  if (isPart(op) && operand === '') return scalar.nullable ? sql`${value} IS NOT NULL` : always;
  const comparison = plain(value, op, operand);
  if (!scalar.nullable || scalar.missingIsFalse) return comparison;
  // An absent attribute equals nothing and differs from everything (RFC 7644 §3.4.2.2).
  return op === 'ne' ? sql`COALESCE(${comparison}, 1)` : sql`COALESCE(${comparison}, 0)`;
}

function plain(value: Sql, op: CompareOperator, operand: ColumnValue): Sql {
  switch (op) {
    case 'eq':
      return sql`${value} = ${operand}`;
    case 'ne':
      return sql`${value} <> ${operand}`;
    case 'gt':
      return sql`${value} > ${operand}`;
    case 'ge':
      return sql`${value} >= ${operand}`;
    case 'lt':
      return sql`${value} < ${operand}`;
    case 'le':
      return sql`${value} <= ${operand}`;
    // Without LIKE there are no wildcards to escape.
    case 'co':
      return sql`INSTR(${value}, ${operand}) > 0`;
    case 'sw':
      return sql`SUBSTR(${value}, 1, LENGTH(${operand})) = ${operand}`;
    case 'ew':
      return sql`SUBSTR(${value}, -LENGTH(${operand})) = ${operand}`;
  }
}
