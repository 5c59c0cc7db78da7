/**
 * What spreadsheets take for the beginning of a formula, wide forms included. Apostrophes in front count in, so that one
 * more can always be taken away again.
 */
const formula = /^'*(?:\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

/**
 * A cell of a CSV file: always quoted, and with an apostrophe in front where a spreadsheet would otherwise compute it. A
 * user's name is whatever an identity provider sends.
 */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '""';
  if (typeof value === 'number') return `"${value}"`;
  const safe = formula.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('\0', '').replaceAll('"', '""')}"`;
}

/** The text that `csvCell` was given, of a cell as a reader of CSV gives it back: the guard is taken away. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
