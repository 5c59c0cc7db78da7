import { exampleOf } from '../curl/curl.ts';
import type { Endpoint, Parameter } from '../endpoint/endpoint.ts';
import { titleOf } from '../endpoint/names.ts';
import { likely } from '../endpoint/values.ts';

/** A form that the page's script sends; it says so itself where there is no script. */
export function TryIt({ endpoint }: { endpoint: Endpoint }) {
  const { id, method, path, parameters, body, security, operation } = endpoint;
  return (
    <form
      class="try"
      data-method={method}
      data-path={path}
      data-token={security[0] ? `token-${security[0].name}` : undefined}
      data-type={body ? (body.type ?? 'application/json') : undefined}
      aria-label={`Try: ${operation.summary}`}
    >
      {parameters.length > 0 && (
        <div class="parameters">
          {parameters.map((parameter) => (
            <ParameterField id={id} parameter={parameter} key={parameter.name} />
          ))}
        </div>
      )}
      {body && (
        <div class="field">
          <label for={`${id}-body`}>Body</label>
          <textarea id={`${id}-body`} name="body" spellcheck={false} rows={Math.min(16, linesOf(body.example))}>
            {JSON.stringify(likely(body.example), undefined, 2)}
          </textarea>
        </div>
      )}
      <p class="send">
        <button type="submit" disabled>
          Send
        </button>
        {security[0] && (
          <span class="help">
            with the token of <a href={`#token-${security[0].name}`}>{titleOf(security[0].name)}</a>
          </span>
        )}
      </p>
      <p class="help needs-script">Sending needs JavaScript; the line below does the same.</p>
      <output aria-live="polite" />
    </form>
  );
}

const linesOf = (example: unknown): number => JSON.stringify(likely(example), undefined, 2).split('\n').length;

function ParameterField({ id, parameter: { name, in: place, schema } }: { id: string; parameter: Parameter }) {
  const field = `${id}-${name.replace(/\W/g, '-')}`;
  const example = exampleOf(schema);
  return (
    <div class="field">
      <label for={field}>
        {name}
        {place === 'path' ? '' : ' (optional)'}
      </label>
      <input
        id={field}
        name={name}
        data-in={place}
        required={place === 'path'}
        autocomplete="off"
        spellcheck={false}
        value={place === 'path' && example !== undefined ? example : undefined}
        aria-describedby={schema.description === undefined ? undefined : `${field}-help`}
      />
      {schema.description !== undefined && (
        <p class="help" id={`${field}-help`}>
          {String(schema.description).replaceAll('`', '')}
        </p>
      )}
    </div>
  );
}
