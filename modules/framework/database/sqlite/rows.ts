import type { Row } from '../session.ts';

interface Column {
  readonly name: string;
  readonly type: string | null;
}

/** Names of a statement's columns, and for DECIMAL columns the digits after the point (-1 for all others). */
export interface RowShape {
  readonly names: readonly string[];
  readonly scales: readonly number[];
  readonly decimals: boolean;
}

/** A type without precision says nothing about digits. */
const decimal = /^\s*(?:decimal|numeric)\s*\(\s*\d+\s*(?:,\s*(\d+)\s*)?\)/i;

/** Reads the shape of a statement's rows from its columns. */
export function rowShape(columns: readonly Column[]): RowShape {
  const scales = columns.map((column) => {
    const match = decimal.exec(column.type ?? '');
    return match === null ? -1 : Number(match[1] ?? 0);
  });
  return { names: columns.map((column) => column.name), scales, decimals: scales.some((scale) => scale >= 0) };
}

/** Makes a row of raw values. A DECIMAL column answers text with its own number of digits, as MySQL does. */
export function shapedRow(shape: RowShape, values: readonly unknown[]): Row {
  const row: Row = {};
  const { names } = shape;
  for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
  if (shape.decimals) {
    for (let index = 0; index < names.length; index++) {
      const scale = shape.scales[index] as number;
      const value = values[index];
      if (scale >= 0 && typeof value === 'number') row[names[index] as string] = value.toFixed(scale);
    }
  }
  return row;
}
