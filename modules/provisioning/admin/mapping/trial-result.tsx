import { Badge, CodeBlock, Notice } from '../../../admin/index.ts';
import type { Issue } from '../../preview/issue.ts';
import { mappingText } from '../../preview/mapping-text.ts';
import type { Preview } from '../../preview/preview.ts';
import type { Trial } from './trial.ts';

type Shown = string | number | null | undefined;

/** Every value that a preview comes to, by its target. */
function valuesOf({ customer, address, shipping }: Preview): ReadonlyMap<string, Shown> {
  const prefixed = (prefix: string, values: object | null | undefined) =>
    Object.entries(values ?? {}).map(([field, value]): [string, Shown] => [`${prefix}${field}`, value as Shown]);
  return new Map([...prefixed('', customer), ...prefixed('address.', address), ...prefixed('shipping.', shipping)]);
}

function presentValues({ present }: Preview): ReadonlyMap<string, Shown> {
  const { address, ...row } = present ?? { address: null };
  return new Map([
    ...Object.entries(row).map(([code, value]): [string, Shown] => [code, value as Shown]),
    ...Object.entries(address ?? {}).map(([field, value]): [string, Shown] => [`address.${field}`, value]),
  ]);
}

const isEmpty = (value: Shown): boolean => value === null || value === undefined || value === '';

function Value({ value }: { value: Shown }) {
  return isEmpty(value) ? <span class="muted">–</span> : <span>{String(value)}</span>;
}

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
  return (
    <div class="trial">
      <p>
        <Badge tone={status < 400 ? 'good' : 'bad'}>{String(status)}</Badge> {request.method} {request.path}
        {operation ? ` (${operation})` : ''}, by {mappingText(tried, version)}.{' '}
        <span class="muted">Nothing is written.</span>
      </p>
      {note !== undefined && <p class="muted">{note}</p>}
      <Issues issues={issues} />
      <Values trial={trial} />
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

function Values({ trial: { preview, inEffect, mapping } }: { trial: Trial }) {
  const mapped = valuesOf(preview);
  const other = inEffect && valuesOf(inEffect);
  const present = presentValues(preview);
  const changed = new Set(preview.difference.map(({ target }) => target));
  const targets = [...new Set([...mapped.keys(), ...(other?.keys() ?? []), ...changed])].filter(
    (target) => changed.has(target) || !isEmpty(mapped.get(target)) || !isEmpty(other?.get(target)),
  );
  if (targets.length === 0) return null;
  const differs = (target: string): boolean =>
    other !== undefined && String(other.get(target) ?? '') !== String(mapped.get(target) ?? '');
  const after = new Map(preview.difference.map((one) => [one.target, one.after]));
  return (
    <div class="grid">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="grid-scroll" tabIndex={0} aria-label="Mapped values">
        <table>
          <thead>
            <tr>
              <th scope="col">Target</th>
              <th scope="col">In the store now</th>
              <th scope="col">Mapped</th>
            </tr>
          </thead>
          <tbody>
            {targets.map((target) => (
              <tr key={target} class={changed.has(target) ? 'changes' : undefined}>
                <td data-label="Target">
                  <div>
                    <code>{target}</code>
                    {mapping.sourceOf(target) !== undefined && (
                      <small class="muted source-of">from {mapping.sourceOf(target)}</small>
                    )}
                  </div>
                </td>
                <td data-label="In the store now">
                  <Value value={present.get(target)} />
                </td>
                <td data-label="Mapped">
                  <div>
                    {changed.has(target) ? (
                      <ins>
                        <Value value={mapped.has(target) ? mapped.get(target) : after.get(target)} />
                      </ins>
                    ) : (
                      <Value value={mapped.get(target)} />
                    )}
                    {differs(target) && (
                      <small class="in-effect">
                        in effect: <Value value={other?.get(target)} />
                      </small>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
