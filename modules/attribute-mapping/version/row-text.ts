import type { MappingRow } from '../document/document.ts';

/** What a row takes its value from, as people write it. */
export function originOf(row: MappingRow): string {
  switch (row.type) {
    case 'direct':
      return row.source;
    case 'constant':
      return JSON.stringify(row.value);
    case 'template':
      return `"${row.template}"`;
    case 'lookup':
      return `${row.source} in a table of ${Object.keys(row.table).length}`;
    case 'expression':
      return `= ${row.expression}`;
  }
}

/** What more a row says, as `name value` with commas; empty for a plain one. */
export function particularsOf(row: MappingRow): string {
  const { transforms = [], direction, apply, onNull, required, match, locked, enabled } = row;
  const names = transforms.map((use) => (typeof use === 'string' ? use : use.name));
  return [
    names.length > 0 ? names.join(' | ') : '',
    direction ?? '',
    apply === undefined || apply === 'always' ? '' : apply,
    onNull === undefined || onNull === 'clear' ? '' : `on null ${onNull}`,
    required ? 'required' : '',
    match === undefined ? '' : `match ${match}`,
    locked ? 'locked' : '',
    enabled === false ? 'disabled' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** A row in one line: `name.givenName → firstname (trim, required)`. */
export function describeRow(row: MappingRow): string {
  const more = particularsOf(row);
  return `${originOf(row)} → ${row.target}${more === '' ? '' : ` (${more})`}`;
}
