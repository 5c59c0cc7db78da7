import { Badge, Card, DefinitionList } from '../../../admin/index.ts';
import type { SignInPreview } from '../../preview/sign-in-preview.ts';
import { Changes, IssueCard } from './preview.tsx';

const comesIn: Readonly<Record<NonNullable<SignInPreview['outcome']>, string>> = {
  created: 'yes, as a new customer',
  adopted: 'yes, as a customer that the store has',
  linked: 'yes, as a user of the connection, for the first time by this identifier',
  updated: 'yes, and the user would change',
  unchanged: 'yes, and nothing would change',
};

/** What a sign-in would come to. */
export function SignInPreviewCards({ preview }: { preview: SignInPreview }) {
  const { identifier, status, outcome, present, difference, issues, trace } = preview;
  return (
    <>
      <Card title="Sign-in" aside={<Badge tone={status < 400 ? 'good' : 'bad'}>{status}</Badge>}>
        <DefinitionList
          items={[
            ['Identifier', identifier],
            ['Would come in', outcome === undefined ? 'no' : comesIn[outcome]],
            ['Customer', present === null ? 'none yet' : `${present.id}`],
          ]}
        />
      </Card>
      <Card title="What would change">
        {difference.length === 0 ? <p class="muted">Nothing.</p> : <Changes rows={difference} />}
      </Card>
      <IssueCard issues={issues} />
      <Card title="Trace">
        <ol class="trace">
          {trace.map(({ step, note }, at) => (
            <li key={`${step}${at}`}>
              <span class="trace-step">{step}</span>
              <span class="trace-note">{note}</span>
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}
