/** What spreadsheets take for the beginning of a formula, wide forms included. */
const formula = /^[\s]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

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
