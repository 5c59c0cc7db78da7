import { csvCell } from '../../framework/index.ts';
import type { Finding } from '../finding.ts';
import { kinds } from '../kind/kinds.ts';

const heads = [
  'kind',
  'severity',
  'finding',
  'connection',
  'customer',
  'group',
  'user',
  'attribute',
  'should_be',
  'is',
  'cures',
];

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The first line of a file of findings. */
export const csvHead = line(heads);

/** A value as people read it: nothing where there is none. */
export const shownValue = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** A finding as lines of a file: one for each value that differs. Safe to open in a spreadsheet. */
export const csvLines = (finding: Finding): string =>
  finding.values
    .map(({ attribute, before, after }) =>
      line([
        finding.kind,
        finding.severity,
        kinds[finding.kind].title,
        finding.connection ?? '',
        String(finding.customerId ?? ''),
        String(finding.groupId ?? ''),
        finding.subject ?? '',
        attribute,
        shownValue(before),
        shownValue(after),
        finding.cures.join(' '),
      ]),
    )
    .join('');
