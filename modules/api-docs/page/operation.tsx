import type { Answer } from '../../framework/index.ts';
import { curlOf } from '../curl/curl.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { refusal } from '../endpoint/endpoints.ts';
import { noteOf } from '../openapi/document.ts';
import { SchemaText } from './schema.tsx';
import { TryIt } from './try-it.tsx';

/** One operation, closed until somebody opens it. */
export function OperationCard({ endpoint }: { endpoint: Endpoint }) {
  const { id, method, path, operation, body } = endpoint;
  const note = noteOf(endpoint);
  return (
    <details
      class="operation"
      id={id}
      data-words={`${method} ${path} ${operation.summary} ${endpoint.tag}`.toLowerCase()}
    >
      <summary>
        <span class={`method ${method.toLowerCase()}`}>{method}</span> <code class="path">{path}</code>{' '}
        <span class="summary">{operation.summary}</span>
      </summary>
      <div class="inside">
        {note !== '' && <p>{note.replaceAll('`', '')}</p>}
        {!endpoint.forBrowsers && <TryIt endpoint={endpoint} />}
        <h3>On the command line</h3>
        <pre class="line">
          <code>{curlOf(endpoint)}</code>
        </pre>
        {body && (
          <>
            <h3>The body</h3>
            <SchemaText schema={body.schema} />
          </>
        )}
        <h3>Answers</h3>
        <dl class="answers">
          {Object.entries(operation.answers).map(([status, given]) => (
            <AnswerRow status={status} given={given} key={status} />
          ))}
          <AnswerRow status="otherwise" given={operation.refusal ?? refusal} />
        </dl>
      </div>
    </details>
  );
}

const AnswerRow = ({ status, given }: { status: string; given: Answer }) => (
  <div>
    <dt>{status}</dt>
    <dd>
      {given.description}
      {given.schema && <SchemaText schema={given.schema} />}
    </dd>
  </div>
);
