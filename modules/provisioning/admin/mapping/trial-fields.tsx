import { mappingPath } from '../../../attribute-mapping/index.ts';
import type { Connection } from '../../../connection/index.ts';
import type { ReceivedPayload } from '../../preview/received-payloads.ts';
import { triedFirst } from './recent.ts';

export interface TrialFieldsProps {
  readonly connection: Connection;
  readonly recent: readonly ReceivedPayload[];
  /** The id of the form that the fields belong to. */
  readonly form: string;
  readonly payload?: string | undefined;
  readonly text?: string | undefined;
  /** Tries as soon as the page is there. */
  readonly atOnce: boolean;
}

export const resultId = 'trial-result';

/** What is tried: one of the last payloads, the sample, or pasted JSON. With scripts it is tried as one types. */
export function TrialFields({ connection, recent, form, payload: asked, text = '', atOnce }: TrialFieldsProps) {
  const payload = asked ?? String(triedFirst(recent)?.record ?? 'sample');
  const first = atOnce ? 'load, ' : '';
  return (
    <div class="trial-fields">
      <div>
        <label for="trial-payload">Payload</label>
        <select id="trial-payload" name="payload" form={form}>
          {recent.map(({ record, at, method, subject }) => (
            <option key={record} value={String(record)} selected={String(record) === payload}>
              {method} {subject ?? `record ${record}`}, {at.slice(0, 16)}
            </option>
          ))}
          <option value="sample" selected={payload === 'sample'}>
            A sample user{recent.length === 0 ? ' (nothing was received yet)' : ''}
          </option>
        </select>
      </div>
      <details open={text !== ''}>
        <summary>Paste JSON instead</summary>
        <label class="visually-hidden" for="trial-text">
          A user or a PATCH as JSON
        </label>
        <textarea
          id="trial-text"
          name="text"
          form={form}
          class="code"
          rows={8}
          spellcheck={false}
          hx-post={mappingPath(connection, '/preview')}
          hx-trigger={`${first}input delay:400ms, input from:#${form} delay:400ms, change from:#${form} delay:100ms, change from:#trial-payload`}
          hx-target={`#${resultId}`}
          hx-select={`#${resultId}`}
          hx-swap="outerHTML"
        >
          {text}
        </textarea>
      </details>
    </div>
  );
}
