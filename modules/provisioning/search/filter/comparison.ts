import { type Sql, sql } from '../../../framework/index.ts';
import type { CompareOperator } from '../../../scim/index.ts';
import type { FilterColumn } from './column.ts';

/** Sorts after every text that begins with a given one: the last code point there is. */
const last = '\u{10FFFF}';

function plain(column: Sql, op: CompareOperator, value: string): Sql {
  switch (op) {
    case 'eq':
      return sql`${column} = ${value}`;
    case 'ne':
      return sql`${column} <> ${value}`;
    case 'gt':
      return sql`${column} > ${value}`;
    case 'ge':
      return sql`${column} >= ${value}`;
    case 'lt':
      return sql`${column} < ${value}`;
    case 'le':
      return sql`${column} <= ${value}`;
    // A range uses the index on both engines; a bound LIKE does not on SQLite.
    case 'sw':
      return sql`(${column} >= ${value} AND ${column} < ${value + last})`;
    // Without LIKE there are no wildcards to escape.
    case 'co':
      return sql`INSTR(${column}, ${value}) > 0`;
    case 'ew':
      return sql`SUBSTR(${column}, -LENGTH(${value})) = ${value}`;
  }
}

/**
 * One comparison that is true or false and never NULL, because a `not` around it must turn it over: an absent attribute
 * equals nothing and differs from everything (RFC 7644 §3.4.2.2).
 */
export function compareColumn(
  { column, toColumn, toPart, nullable }: FilterColumn,
  op: CompareOperator,
  raw: string,
): Sql {
  const part = op === 'co' || op === 'sw' || op === 'ew';
  const value = part ? toPart(raw) : toColumn(raw);
  if (part && value === '') return present({ column, nullable });
  const comparison = plain(column, op, value);
  if (!nullable) return comparison;
  return op === 'ne' ? sql`(${column} IS NULL OR ${comparison})` : sql`(${column} IS NOT NULL AND ${comparison})`;
}

/** True when the attribute has a value. */
export const present = ({ column, nullable }: Pick<FilterColumn, 'column' | 'nullable'>): Sql =>
  nullable ? sql`${column} IS NOT NULL` : sql`1 = 1`;
