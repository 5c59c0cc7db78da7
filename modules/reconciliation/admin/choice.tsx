import type { Visit } from '../../admin/index.ts';
import type { Cure } from '../finding.ts';
import { cures } from '../kind/kinds.ts';

/** What can be done, each with what it does; the first one is chosen. A single one is only told. */
export function CureChoice({ among }: { among: readonly Cure[] }) {
  const [only] = among;
  if (only !== undefined && among.length === 1)
    return (
      <p>
        <input type="hidden" name="cure" value={only} />
        <strong>{cures[only].label}.</strong> {cures[only].effect}
      </p>
    );
  return (
    <fieldset>
      <legend class="visually-hidden">What shall be done</legend>
      {among.map((cure, i) => (
        <p key={cure}>
          <label class="check">
            <input type="radio" name="cure" value={cure} checked={i === 0} />
            <span>
              <strong>{cures[cure].label}.</strong> {cures[cure].effect}
            </span>
          </label>
        </p>
      ))}
    </fieldset>
  );
}

/** The cure that was chosen, if it is one of these. */
export const chosenCure = ({ form }: Visit, among: readonly Cure[]): Cure | undefined =>
  among.find((cure) => cure === form.get('cure'));
