import { csvCell } from '../../framework/index.ts';
import type { ImpactedCustomer } from './impact.ts';

type Cells = readonly (string | number | undefined)[];

const line = (cells: Cells): string => `${cells.map(csvCell).join(',')}\r\n`;

/** RFC 4180: lines end with CR LF. */
export const impactCsvHead = line([
  'customer_id',
  'scim_id',
  'user_name',
  'outcome',
  'attribute',
  'before',
  'after',
  'message',
  'cure',
]);

/** A line for each value that changes, or one for a customer that fails; safe to open in a spreadsheet. */
export function impactCsv({ customerId, id, userName, outcome, changes, message, cure }: ImpactedCustomer): string {
  const about = [customerId, id, userName, outcome];
  if (changes.length === 0) return line([...about, undefined, undefined, undefined, message, cure]);
  return changes
    .map(({ target, before, after }) =>
      line([...about, target, before ?? undefined, after ?? undefined, message, cure]),
    )
    .join('');
}
