import { Badge, CodeBlock, Notice } from '../../../admin/index.ts';
import type { Issue } from '../../preview/issue.ts';
import { mappingText } from '../../preview/mapping-text.ts';
import type { Trial } from './trial.ts';
import { shownTarget, type TrialLine, trialLines } from './trial-line.ts';
import { TrialSteps, TrialValues } from './trial-values.tsx';

const tones = { error: 'bad', warning: 'warn', note: 'info' } as const;

function Issues({ issues }: { issues: readonly Issue[] }) {
  return (
    <ul class="trial-issues">
      {issues.map(({ severity, code, message, cure }) => (
        <li key={`${code}${message}`}>
          <Badge tone={tones[severity]}>{severity}</Badge> {message} <span class="muted">{cure}</span>
        </li>
      ))}
    </ul>
  );
}

/** What a trial came to: the answer, each value beside what the store has, what is wrong, and the way it took. */
export function TrialResult({ trial }: { trial: Trial | string }) {
  if (typeof trial === 'string') return <Notice kind="problem">{trial}</Notice>;
  const { preview, incoming, note } = trial;
  const { request, status, operation, issues, trace, groups, answer, tried, version } = preview;
  const lines = trialLines(trial);
  return (
    <div class="trial">
      <p>
        <Badge tone={status < 400 ? 'good' : 'bad'}>{String(status)}</Badge> {request.method} {request.path}
        {operation ? ` (${operation})` : ''}, by {mappingText(tried, version)}.{' '}
        <span class="muted">Nothing is written.</span>
      </p>
      {note !== undefined && <p class="muted">{note}</p>}
      <RowFirst trial={trial} lines={lines} />
      <Issues issues={issues} />
      <Values trial={trial} lines={lines} />
      {groups.length > 0 && (
        <p>
          Groups:{' '}
          {groups.map(({ kind, name }) => `${name}${kind === 'customer' ? ' (customer group)' : ''}`).join(', ')}
        </p>
      )}
      <details>
        <summary>Incoming</summary>
        <CodeBlock label="Incoming">{JSON.stringify(incoming, null, 2)}</CodeBlock>
      </details>
      <details>
        <summary>Steps</summary>
        <ol class="trace">
          {trace.map(({ step, outcome, note: said, milliseconds }) => (
            <li key={step} class={outcome === 'failed' ? 'bad' : outcome === 'done' ? undefined : 'muted'}>
              <b>{step}</b> {outcome} {said}{' '}
              {milliseconds !== undefined && <small class="muted">{milliseconds} ms</small>}
            </li>
          ))}
        </ol>
      </details>
      <details>
        <summary>Answer</summary>
        <CodeBlock label="Answer">{JSON.stringify(answer, null, 2)}</CodeBlock>
      </details>
    </div>
  );
}

interface ValuesProps {
  readonly trial: Trial;
  readonly lines: readonly TrialLine[];
}

/** What comes of the row that stands in the form: whoever types looks for nothing else. */
function RowFirst({ trial: { row }, lines }: ValuesProps) {
  if (row === undefined) return null;
  const focus = shownTarget(row);
  const own = lines.find(({ target }) => target === focus);
  if (own) return <TrialSteps line={own} />;
  return (
    <p class="muted">
      This request brings nothing for <code>{focus}</code>. Another payload, or pasted JSON, may.
    </p>
  );
}

/** All the values; behind the one of a row where there is one. */
function Values({ trial: { row, preview }, lines }: ValuesProps) {
  const values = lines.length > 0 && <TrialValues lines={lines} />;
  return (
    <>
      {preview.difference.length === 0 && preview.status < 400 && (
        <p class="muted">Nothing in the store would change by this request.</p>
      )}
      {row === undefined || !values ? (
        values
      ) : (
        <details>
          <summary>All values ({lines.length})</summary>
          {values}
        </details>
      )}
    </>
  );
}
