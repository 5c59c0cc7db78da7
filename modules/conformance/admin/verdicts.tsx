import { Badge, Figures, Notice, type Tone } from '../../admin/index.ts';
import { countByLevel } from '../suite/report.ts';
import type { SuiteResult, Verdict } from '../suite/run.ts';

/** What is kept of a run: of what passed nothing but its name. */
export interface KeptResult {
  readonly counts: ReturnType<typeof countByLevel>;
  readonly verdicts: readonly Verdict[];
  readonly left: readonly string[];
}

export const keptOf = ({ verdicts, left }: SuiteResult): KeptResult => ({
  counts: countByLevel(verdicts),
  verdicts,
  left,
});

const tones: Readonly<Record<Verdict['outcome'], Tone>> = { pass: 'good', fail: 'bad', skip: 'neutral' };
const words = { pass: 'Passed', fail: 'Failed', skip: 'Skipped' } as const;

/** The requirements by their areas, failures first and open. */
export function Verdicts({ result: { counts, verdicts, left } }: { result: KeptResult }) {
  const failed = verdicts.filter(({ outcome }) => outcome === 'fail');
  const areas = [...new Set(verdicts.map(({ area }) => area))];
  return (
    <>
      <Notice kind={counts.MUST.failed > 0 ? 'problem' : 'done'}>
        {counts.MUST.failed > 0
          ? `${counts.MUST.failed} requirements that MUST hold don't.`
          : 'Every requirement that MUST hold, holds.'}
      </Notice>
      <Figures
        items={[
          { label: 'passed', value: counts.MUST.passed + counts.SHOULD.passed + counts.MAY.passed },
          { label: 'failed', value: failed.length },
          { label: 'skipped', value: counts.MUST.skipped + counts.SHOULD.skipped + counts.MAY.skipped },
        ]}
      />
      {left.length > 0 && <Notice kind="note">Could not be deleted: {left.join(', ')}</Notice>}
      {failed.length > 0 && <VerdictTable label="Failed" verdicts={failed} />}
      {areas.map((area) => {
        const own = verdicts.filter((verdict) => verdict.area === area);
        return (
          <details key={area} class="area">
            <summary>
              {area}{' '}
              <span class="muted">
                {own.filter(({ outcome }) => outcome === 'pass').length} of {own.length}
              </span>
            </summary>
            <VerdictTable label={area} verdicts={own} />
          </details>
        );
      })}
    </>
  );
}

function VerdictTable({ label, verdicts }: { label: string; verdicts: readonly Verdict[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="grid-scroll plain-table" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">Requirement</th>
            <th scope="col">Level</th>
            <th scope="col">What must be so</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map(({ id, level, says, outcome, reason, exchanges = [] }) => (
            <tr key={id}>
              <th scope="row">
                <code>{id}</code>
              </th>
              <td>{level}</td>
              <td>
                {says}
                {reason && <p class="muted">{reason}</p>}
                {exchanges.map(({ request, status, found }, at) => (
                  <p key={`${request}${at}`} class="muted">
                    <code>{request}</code> → {status} <span class="value">{found.slice(0, 300)}</span>
                  </p>
                ))}
              </td>
              <td>
                <Badge tone={tones[outcome]}>{words[outcome]}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
