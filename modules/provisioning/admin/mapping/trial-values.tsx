import { Badge } from '../../../admin/index.ts';
import { isEmpty, type TrialLine, verdictWords } from './trial-line.ts';

function Value({ value }: { value: unknown }) {
  if (isEmpty(value)) return <span class="muted">–</span>;
  return <span>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>;
}

/** The extension's URN says little and takes much room. */
const shortened = (source: string): string => source.replace(/^urn:[^ ]*:(User:[^: ]+)$/, 'urn:…:$1');

/** What came, and where it stood. */
function Incoming({ incoming }: Pick<TrialLine, 'incoming'>) {
  // Of several attributes those that the user has are worth the room.
  const sent = incoming.filter(({ value }) => !isEmpty(value));
  const told = sent.length > 0 ? sent : incoming.slice(0, 1);
  if (told.length === 0) return <Value value={undefined} />;
  return (
    <div>
      {told.map(({ source, value }) => (
        <div key={source}>
          <Value value={value} />
          <small class="muted source-of" title={source}>
            from {shortened(source)}
          </small>
        </div>
      ))}
    </div>
  );
}

function Mapped({ line }: { line: TrialLine }) {
  const changes = line.difference === 'new' || line.difference === 'changes';
  return (
    <div>
      {changes ? (
        <ins>
          <Value value={line.mapped} />
        </ins>
      ) : (
        <Value value={line.mapped} />
      )}
      {'inEffect' in line && (
        <small class="in-effect">
          in effect: <Value value={line.inEffect} />
        </small>
      )}
    </div>
  );
}

const Verdict = ({ line }: { line: TrialLine }) => {
  const { tone, words } = verdictWords[line.difference];
  return <Badge tone={tone}>{words}</Badge>;
};

/** One target as four steps: of the row that stands in a form. */
export function TrialSteps({ line }: { line: TrialLine }) {
  return (
    <section class="trial-steps" aria-label={`What comes of ${line.target}`}>
      <h3>
        This row: <code>{line.target}</code>
      </h3>
      <dl>
        <div>
          <dt>Incoming</dt>
          <dd>
            <Incoming incoming={line.incoming} />
          </dd>
        </div>
        <div>
          <dt>Mapped</dt>
          <dd>
            <Mapped line={line} />
          </dd>
        </div>
        <div>
          <dt>In the store now</dt>
          <dd>
            <Value value={line.present} />
          </dd>
        </div>
        <div>
          <dt>Difference</dt>
          <dd>
            <Verdict line={line} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** Every value on its way: incoming → mapped → present → difference. */
export function TrialValues({ lines }: { lines: readonly TrialLine[] }) {
  return (
    <div class="grid">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="grid-scroll" tabIndex={0} aria-label="Mapped values">
        <table>
          <thead>
            <tr>
              {['Target', 'Incoming', 'Mapped', 'In the store now', 'Difference'].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.target} class={`is-${line.difference}`}>
                <td data-label="Target">
                  <code>{line.target}</code>
                </td>
                <td data-label="Incoming">
                  <Incoming incoming={line.incoming} />
                </td>
                <td data-label="Mapped">
                  <Mapped line={line} />
                </td>
                <td data-label="In the store now">
                  <Value value={line.present} />
                </td>
                <td data-label="Difference">
                  <Verdict line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
