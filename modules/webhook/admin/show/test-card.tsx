import { Badge, Card, CodeBlock, Notice } from '../../../admin/index.ts';
import type { TestAnswer } from '../../delivery/deliveries.ts';
import { spanWords } from '../delivery/words.tsx';

/** The request as it went out; whoever sent it has taken the values of custom headers out. */
const asText = ({ url, headers, body }: TestAnswer['request']): string =>
  [`POST ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', pretty(body)].join('\n');

/** JSON as people read it; anything else as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What a receiver answered, as text. */
export const AnswerText = ({ answer, id }: { answer: string | null; id: string }) =>
  answer === null || answer === '' ? (
    <p class="muted">The answer had no text.</p>
  ) : (
    <CodeBlock id={id} label="Answer">
      {answer}
    </CodeBlock>
  );

/** A test event: what was sent, and what came back. */
export function TestCard({ test }: { test: TestAnswer }) {
  const { ok, status, durationMs, note, answer, request } = test;
  return (
    <Card
      title="Test event"
      id="test"
      aside={
        <Badge tone={ok ? 'good' : 'bad'}>
          {ok ? 'Delivered' : 'Failed'}
          {status !== null && ` ${status}`}
        </Badge>
      }
    >
      <Notice kind={ok ? 'done' : 'problem'}>
        <p>
          <strong>{ok ? `The receiver took it in ${spanWords(durationMs)}.` : 'The receiver did not take it.'}</strong>{' '}
          {note}
        </p>
      </Notice>
      <div class="two-columns">
        <div class="answered">
          <h3>What was sent</h3>
          <CodeBlock id="test-request" label="Request">
            {asText(request)}
          </CodeBlock>
        </div>
        <div class="answered">
          <h3>What came back{status === null ? '' : `: ${status}`}</h3>
          <AnswerText answer={answer} id="test-answer" />
        </div>
      </div>
    </Card>
  );
}
