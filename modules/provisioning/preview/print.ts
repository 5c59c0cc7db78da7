import type { Issue } from './issue.ts';
import { mappingText } from './mapping-text.ts';
import type { Preview } from './preview.ts';
import type { Lights } from './trials.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal must not get
const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What clients sent, without what a terminal would obey; cut to `width`. */
export const plain = (value: unknown, width = 60): string => {
  const text = value === null || value === undefined ? '–' : String(value).replace(control, '�');
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
};

/** Columns side by side. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const wide = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(wide[at] ?? 0)).join('  ')}`.trimEnd());
}

export const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** Targets that stand for an address as a whole. */
const removed: ReadonlySet<string> = new Set(['address', 'shipping']);

export const issueLines = ({ severity, code, message, cure }: Issue): string[] => [
  `  ${severity} ${code}: ${plain(message, 500)}`,
  `    → ${cure}`,
];

/** A preview for a person. */
export function previewText(preview: Preview): string {
  const { request, status, operation, tried, version, difference, issues, trace, groups } = preview;
  const changes = difference.map(({ target, before, after }) => [
    target,
    plain(before),
    removed.has(target) && after === null ? 'removed' : plain(after),
  ]);
  return [
    `${request.method} ${plain(request.path, 200)} would be answered ${status}${operation ? ` (${operation})` : ''}, by ${mappingText(tried, version)}. Nothing was written.`,
    ...section('Would change', changes.length === 0 ? ['  nothing'] : columns([['TARGET', 'NOW', 'THEN'], ...changes])),
    ...section(
      'Groups',
      groups.map(({ kind, id, name }) => `  ${kind} ${id} ${plain(name)}`),
    ),
    ...section('Issues', issues.flatMap(issueLines)),
    ...section('Trace', columns(trace.map(({ step, outcome, note }) => [step, outcome, plain(note, 200)]))),
  ].join('\n');
}

const words = { present: 'sent', missing: 'MISSING', 'never-seen': 'not seen yet' } as const;

/** The lights of required attributes for a person. */
export function lightsText({ from, states }: Lights): string {
  const rows = states.map(({ requirement: { name, needed, by }, state }) => [name, needed, by, words[state]]);
  const cures = states.filter(({ state, requirement }) => state === 'missing' && requirement.needed === 'required');
  return [
    from
      ? `From record ${from.record} of ${from.at} UTC (${plain(from.subject)}).`
      : 'No user was received yet; the states are those of the next one.',
    ...columns([['ATTRIBUTE', 'NEEDED', 'BY', 'STATE'], ...rows]),
    ...cures.map(({ requirement: { label, add } }) => `${label} is missing. ${add}`),
  ].join('\n');
}
