import type { ModifiedAttribute, TraceStep } from '../../activity.ts';

/** A value as it was recorded; a dash where there was none. */
export function Value({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === '') return <span class="muted">–</span>;
  return <span class="value">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>;
}

/** Attributes with what they were and became. */
export function Difference({ label, rows }: { label: string; rows: readonly ModifiedAttribute[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="grid-scroll plain-table" tabIndex={0} aria-label={label}>
      <table class="difference">
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ attribute, before, after }) => (
            <tr key={attribute}>
              <th scope="row">
                <code>{attribute}</code>
              </th>
              <td class="was">
                <Value value={before} />
              </td>
              <td class="is">
                <Value value={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const rounded = (milliseconds: number): string =>
  `${milliseconds < 10 ? milliseconds.toFixed(2) : Math.round(milliseconds)} ms`;

/** How long something took; nothing where nobody measured it. */
export const Duration = ({ milliseconds }: { milliseconds?: number | undefined }) =>
  milliseconds === undefined ? <span class="muted">–</span> : <>{rounded(milliseconds)}</>;

/** The steps of a request with their share of the time. */
export function Trace({ steps }: { steps: readonly TraceStep[] }) {
  const longest = Math.max(0.001, ...steps.map(({ milliseconds = 0 }) => milliseconds));
  return (
    <ol class="trace">
      {steps.map(({ step, note, milliseconds }) => (
        <li key={step}>
          <span class="trace-step">{step}</span>
          <span class="trace-note">{note}</span>
          <svg class="trace-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect x="0" y="0" height="6" rx="1" width={Math.max(0.5, (100 * (milliseconds ?? 0)) / longest)} />
          </svg>
          <span class="trace-time">
            <Duration milliseconds={milliseconds} />
          </span>
        </li>
      ))}
    </ol>
  );
}
