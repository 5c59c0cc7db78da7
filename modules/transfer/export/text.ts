import { csvCell } from '../../framework/index.ts';
import { addressPrefix, defaultBillingColumn, defaultShippingColumn } from '../column/names.ts';
import type { ExportColumns } from './columns.ts';
import type { ExportedCustomer } from './walk.ts';

/** How customers become text. */
export interface ExportText {
  readonly head: string;
  /** Several lines: a customer, and a line for each further address. */
  of(customer: ExportedCustomer): string;
}

/** What Magento writes in front of what a spreadsheet would compute; its import takes blanks away. */
const magentoCell = (text: string): string => `"${/^[=+-]/.test(text) ? ' ' : ''}${text.replaceAll('"', '""')}"`;

/**
 * RFC 4180. The first address stands in the customer's row, each further one in a row below that has no e-mail: Magento's
 * format. Cells that a spreadsheet would compute are guarded by an apostrophe, which an import takes away again, or, in a
 * file for Magento, by Magento's own blank.
 */
export function csvText({ customer, address }: ExportColumns, forMagento: boolean): ExportText {
  const cell = (text: string | null): string => (text === null ? '""' : forMagento ? magentoCell(text) : csvCell(text));
  const nobody = [...customer.keys()].map(() => '""');
  const nowhere = [...address.keys()].map(() => '""');
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  return {
    head: line([...customer.keys(), ...address.keys()].map(csvCell)),
    of(exported) {
      const own = [...customer.values()].map((value) => cell(value(exported)));
      const [first, ...others] = address.size === 0 ? [] : exported.addresses;
      const cells = (of: typeof first): readonly string[] =>
        of === undefined ? nowhere : [...address.values()].map((value) => cell(value(of)));
      return line([...own, ...cells(first)]) + others.map((other) => line([...nobody, ...cells(other)])).join('');
    },
  };
}

const flags = new Set([defaultBillingColumn, defaultShippingColumn]);
const memberOf = (column: string): string => column.slice(addressPrefix.length).replace(/_$/, '');

/** A JSON object a line, with the addresses as a list. */
export const jsonText = ({ customer, address }: ExportColumns): ExportText => ({
  head: '',
  of(exported) {
    const members: Record<string, unknown> = {};
    for (const [name, value] of customer) members[name] = value(exported);
    if (address.size > 0)
      members.addresses = exported.addresses.map((one) =>
        Object.fromEntries(
          [...address].map(([name, value]) => [memberOf(name), flags.has(name) ? value(one) === '1' : value(one)]),
        ),
      );
    return `${JSON.stringify(members)}\n`;
  },
});
