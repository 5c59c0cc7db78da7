import type { ActivityPage, ReportedActivity } from '../report.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal must not get
const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What clients sent, without what a terminal would obey; cut to `width`. */
const plain = (text: string, width: number): string => {
  const shown = text.replace(control, '�');
  return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown;
};

const heads = ['TIME (UTC)', 'APPLICATION', 'ACTION', 'STATUS', 'OUTCOME', 'MS', 'USER', 'WHAT'] as const;
const widths = [23, 24, 24, 6, 9, 8, 40, 100] as const;

const about = ({ subject, customerId }: ReportedActivity): string =>
  [subject, customerId === undefined || subject === String(customerId) ? undefined : `#${customerId}`]
    .filter((part) => part !== undefined)
    .join(' ');

const what = ({ reason, modified, changed, notes }: ReportedActivity): string =>
  reason ??
  (modified
    ? modified.map(({ attribute }) => attribute).join(', ')
    : changed
      ? changed.join(', ')
      : (notes?.join(' ') ?? ''));

/** A page for a person. */
export function pageText({ items, nextCursor }: ActivityPage): string {
  if (items.length === 0) return 'No record answers this.';
  const rows = items.map((item) => [
    item.at,
    item.applicationName ?? item.application ?? '',
    item.operation,
    String(item.status),
    item.outcome,
    item.milliseconds === undefined ? '' : String(item.milliseconds),
    about(item),
    what(item),
  ]);
  const cells = [[...heads], ...rows].map((row) => row.map((cell, at) => plain(cell, widths[at] ?? 100)));
  const wide = heads.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(wide[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...(nextCursor ? ['', `More: --cursor ${nextCursor}`] : [])].join('\n');
}
