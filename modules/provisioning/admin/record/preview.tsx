import { Badge, Card, DefinitionList, type Tone } from '../../../admin/index.ts';
import type { Issue } from '../../preview/issue.ts';
import type { Difference, Preview } from '../../preview/preview.ts';
import type { PreviewStep } from '../../preview/trace.ts';

const severities: Readonly<Record<Issue['severity'], Tone>> = { error: 'bad', warning: 'warn', note: 'info' };
const outcomes: Readonly<Record<PreviewStep['outcome'], Tone>> = {
  done: 'good',
  failed: 'bad',
  'not needed': 'neutral',
  'not reached': 'neutral',
};

/** What a request would come to: how it would be answered, what would change, what to look at, its way. */
export function PreviewCards({ preview }: { preview: Preview }) {
  const { status, operation, difference, issues, trace, present } = preview;
  return (
    <>
      <Card title="Answer" aside={<Badge tone={status < 400 ? 'good' : 'bad'}>{status}</Badge>}>
        <DefinitionList
          items={[
            ['Would be recorded as', operation ?? (status < 400 ? 'nothing would change' : 'refused')],
            ['Customer', present === null ? 'none yet' : `${present.id}`],
            ['Mapping', typeof preview.tried === 'string' ? preview.tried : `version ${preview.version}`],
          ]}
        />
      </Card>
      <Card title="What would change">
        {difference.length === 0 ? <p class="muted">Nothing.</p> : <Changes rows={difference} />}
      </Card>
      <IssueCard issues={issues} />
      <Card title="Trace">
        <ol class="trace">
          {trace.map(({ step, outcome, note }) => (
            <li key={step}>
              <span class="trace-step">{step}</span>
              <span class="trace-note">{note}</span>
              <Badge tone={outcomes[outcome]}>{outcome}</Badge>
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

/** What somebody should look at, with what to do about it. */
export function IssueCard({ issues }: { issues: readonly Issue[] }) {
  if (issues.length === 0) return null;
  return (
    <Card title="To look at">
      <ul class="issues">
        {issues.map(({ severity, code, message, cure }) => (
          <li key={`${code}${message}`}>
            <Badge tone={severities[severity]}>{severity}</Badge>
            <div>
              <p>{message}</p>
              <p class="muted">{cure}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const shown = (value: Difference['after']) =>
  value === null || value === '' ? <span class="muted">–</span> : <span class="value">{String(value)}</span>;

/** Values that differ, as they are and as they would be. */
export function Changes({ rows }: { rows: readonly Difference[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="grid-scroll plain-table" tabIndex={0} aria-label="What would change">
      <table class="difference">
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            <th scope="col">Now</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ target, before, after }) => (
            <tr key={target}>
              <th scope="row">
                <code>{target}</code>
              </th>
              <td class="was">{shown(before)}</td>
              <td class="is">{shown(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
