import type { Crossing, Route } from '../crossing/crossing.ts';
import type { Literal, LookupRow } from '../document/document.ts';
import type { MappedValue } from '../mapping.ts';
import { keyOf, type Table } from './reader.ts';
import { fault, within } from './report.ts';

/** The table of a row, and its keys by value where no two keys stand for the same. @throws RowFault */
export function tableOf(
  { id, table, otherwise }: LookupRow,
  crossing: Crossing,
  route: Route,
): Table & { readonly keys: ReadonlyMap<MappedValue, string> | undefined } {
  const literals = new Map<string, Literal>();
  const rows = new Map<string, MappedValue>();
  const keys = new Map<MappedValue, string>();
  const cross = (field: string, value: Literal) =>
    within(id, field, () => crossing.toRow(value, { ...route, from: `The value in "${field}"` }));
  for (const [name, literal] of Object.entries(table)) {
    const key = keyOf(name) ?? '';
    if (literals.has(key))
      throw fault(
        id,
        'table',
        'table-ambiguous',
        `The table has "${name}" twice, in different spellings.`,
        'Keep one of them: case and blanks do not count.',
      );
    const row = cross(`table/${name}`, literal);
    literals.set(key, literal);
    rows.set(key, row);
    keys.set(row, name);
  }
  return {
    literals,
    rows,
    otherwise: otherwise === undefined ? undefined : cross('otherwise', otherwise),
    keys: keys.size === rows.size ? keys : undefined,
  };
}
