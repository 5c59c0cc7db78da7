import { csvCell } from '../../framework/index.ts';
import type { ReportedActivity } from '../report.ts';

const shown = (value: unknown): string => (value === null || value === undefined ? '∅' : String(value));

type Cell = (item: ReportedActivity) => string | number | undefined;
const columns: Readonly<Record<string, Cell>> = {
  time: ({ at }) => `${at.replace(' ', 'T')}Z`,
  application: ({ application }) => application,
  application_name: ({ applicationName }) => applicationName,
  actor: ({ actor }) => actor,
  action: ({ operation }) => operation,
  outcome: ({ outcome }) => outcome,
  status: ({ status }) => status,
  milliseconds: ({ milliseconds }) => milliseconds,
  customer_id: ({ customerId }) => customerId,
  subject: ({ subject }) => subject,
  request_id: ({ requestId }) => requestId,
  changed: ({ changed }) => changed?.join(', '),
  modified: ({ modified }) =>
    modified?.map(({ attribute, before, after }) => `${attribute}: ${shown(before)} → ${shown(after)}`).join('\n'),
  reason: ({ reason }) => reason,
  notes: ({ notes }) => notes?.join('\n'),
};

/** RFC 4180: lines end with CR LF. */
export const csvHead = `${Object.keys(columns).map(csvCell).join(',')}\r\n`;
export const csvLine = (item: ReportedActivity): string =>
  `${Object.values(columns)
    .map((cell) => csvCell(cell(item)))
    .join(',')}\r\n`;
