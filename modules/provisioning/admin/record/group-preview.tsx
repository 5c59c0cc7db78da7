import { Badge, Card, counted, DefinitionList } from '../../../admin/index.ts';
import type { GroupFigures, GroupPreview, MovedMembers } from '../../preview/group-preview.ts';
import { IssueCard } from './preview.tsx';

const groupText = (group: GroupFigures | null): string =>
  group === null
    ? 'none'
    : `${group.displayName}, ${counted(group.members, 'member')}${group.customerGroup === null ? '' : `, customer group ${group.customerGroup}`}`;

const movedText = ({ count, examples }: MovedMembers): string => {
  if (count === null) return 'the group is too large to say';
  if (count === 0) return 'nobody';
  return `${count.toLocaleString('en')}: ${examples.map(({ email }) => email).join(', ')}${count > examples.length ? ', …' : ''}`;
};

/** What a request about a group would come to. */
export function GroupPreviewCards({ preview }: { preview: GroupPreview }) {
  const { status, operation, before, after, joining, leaving, issues } = preview;
  return (
    <>
      <Card title="Answer" aside={<Badge tone={status < 400 ? 'good' : 'bad'}>{status}</Badge>}>
        <DefinitionList
          items={[
            ['Would be recorded as', operation ?? (status < 400 ? 'nothing would change' : 'refused')],
            ['Now', groupText(before)],
            ['Then', groupText(after)],
            ['Come', movedText(joining)],
            ['Go', movedText(leaving)],
          ]}
        />
      </Card>
      <IssueCard issues={issues} />
    </>
  );
}
