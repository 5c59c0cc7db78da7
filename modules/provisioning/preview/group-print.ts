import type { GroupPreview, MovedMembers } from './group-preview.ts';
import { columns, issueLines, plain, section } from './print.ts';

const movedText = (what: string, { count, examples }: MovedMembers): string[] => {
  if (count === null) return [`  ${what}: the group is too large to say`];
  if (count === 0) return [];
  const shown = examples.map(({ email }) => plain(email)).join(', ');
  return [`  ${what}: ${count} (${shown}${count > examples.length ? ', …' : ''})`];
};

/** The preview of a request about a group, for a person. */
export function groupPreviewText(preview: GroupPreview): string {
  const { request, status, operation, before, after, joining, leaving, issues } = preview;
  const row = (label: string, of: (figures: NonNullable<GroupPreview['before']>) => unknown): string[] => [
    label,
    before ? plain(of(before)) : '–',
    after ? plain(of(after)) : '–',
  ];
  const figures = columns([
    ['', 'NOW', 'THEN'],
    row('displayName', ({ displayName }) => displayName),
    row('members', ({ members }) => members),
    row('customer group', ({ customerGroup }) => customerGroup),
  ]);
  return [
    `${request.method} ${plain(request.path, 200)} would be answered ${status}${operation ? ` (${operation})` : ''}. Nothing was written.`,
    ...section('Group', before || after ? figures : []),
    ...section('Members', [...movedText('come', joining), ...movedText('go', leaving)]),
    ...section('Issues', issues.flatMap(issueLines)),
  ].join('\n');
}
