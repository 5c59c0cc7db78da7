import type { MappingDocument } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';
import type { MappingDifference } from '../version/difference.ts';
import { issueText } from '../version/mapping-error.ts';
import { describeRow } from '../version/row-text.ts';
import type { MappingVersion, Publication, SavedDraft } from '../version/version.ts';

/** A document as lines, a row each. */
export const documentLines = ({ rows, sources = [] }: MappingDocument): readonly string[] => [
  ...sources.map(
    ({ name, type = 'string', multiValued }) => `  source ${name}: ${type}${multiValued ? ' (list)' : ''}`,
  ),
  ...rows.map((row) => `  ${row.id}: ${describeRow(row)}`),
];

export const issueLines = (issues: readonly MappingIssue[]): readonly string[] =>
  issues.map((issue) => `  ! ${issueText(issue)}`);

/** `version 3`, or what 0 stands for. */
export const versionText = (version: number): string => (version === 0 ? 'the preset' : `version ${version}`);

export const versionLine = ({ version, publishedAt, author, restored, comment }: MappingVersion): string =>
  [
    `${version}  ${publishedAt} UTC  ${author}`,
    restored === null ? '' : `copy of ${versionText(restored)}`,
    comment ?? '',
  ]
    .filter((part) => part !== '')
    .join('  ');

export const publicationText = (code: string, { version, changed, issues }: Publication): string =>
  [
    changed
      ? `Version ${version} of the mapping of "${code}" is in effect; running servers follow within 5 seconds. mapping:rollback takes it back.`
      : `Nothing was published: that is in effect for "${code}" already (${versionText(version)}).`,
    ...issueLines(issues),
  ].join('\n');

export const draftText = (code: string, { revision, issues }: SavedDraft): string =>
  [
    `The draft of "${code}" is saved (revision ${revision}); mapping:publish --connection ${code} brings it into effect.`,
    ...issueLines(issues),
  ].join('\n');

const valueText = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

/** What differs, a line for each row and each field. */
export function differenceText({ same, added, removed, changed, moved, sources }: MappingDifference): string {
  if (same) return 'They say the same.';
  const fieldLines = (fields: MappingDifference['changed'][number]['fields']): readonly string[] =>
    fields.map(({ field, before, after }) => `    ${field}: ${valueText(before)} → ${valueText(after)}`);
  return [
    ...sources.added.map(({ name }) => `+ source ${name}`),
    ...sources.removed.map(({ name }) => `- source ${name}`),
    ...sources.changed.flatMap(({ name, fields }) => [`~ source ${name}`, ...fieldLines(fields)]),
    ...added.map((row) => `+ ${row.id}: ${describeRow(row)}`),
    ...removed.map((row) => `- ${row.id}: ${describeRow(row)}`),
    ...changed.flatMap(({ id, fields }) => [`~ ${id}`, ...fieldLines(fields)]),
    ...moved.map(({ id, from, to }) => `> ${id}: row ${from} is row ${to} now`),
  ].join('\n');
}
