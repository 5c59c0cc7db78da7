import { fieldId } from '../../../admin/index.ts';
import type { ScopeChoice } from '../../scope/catalogue.ts';

interface ScopeGroup {
  readonly legend: string;
  readonly choices: readonly ScopeChoice[];
}

const legends: Readonly<Record<string, string>> = {
  store: 'All of it',
  'store/customer': 'Customers',
  'store/provisioning': 'Provisioning',
};

const titleOf = (place: string): string => {
  const [word = ''] = place.split('/').slice(-1);
  return word.slice(0, 1).toUpperCase() + word.slice(1);
};

/** `store/customer` of `store/customer/address/created`: the two words that say what it is about. */
const placeOf = ({ scope }: ScopeChoice): string => {
  const words = scope.replace(/\/\*$/, '').split('/');
  return (scope.endsWith('/*') ? words : words.slice(0, -1)).slice(0, 2).join('/');
};

/** Those directly below a word before those further down; otherwise in their order. */
const depth = ({ scope }: ScopeChoice): number => scope.split('/').length;

/** Choices under what they are about. */
export function scopeGroups(choices: readonly ScopeChoice[]): readonly ScopeGroup[] {
  const places = [...new Set(choices.map(placeOf))];
  return places.map((place) => ({
    legend: legends[place] ?? titleOf(place),
    choices: choices.filter((choice) => placeOf(choice) === place).toSorted((a, b) => depth(a) - depth(b)),
  }));
}

/** The words of a scope, as lists and pages say them. */
export const scopeLabel = (scope: string, choices: readonly ScopeChoice[]): string =>
  choices.find((choice) => choice.scope === scope)?.label ?? 'Nothing that this host announces';

/** What a subscription is told: single events, or everything below a word. */
export function ScopePicker(given: { value: string; choices: readonly ScopeChoice[]; error: string | undefined }) {
  const { value, choices, error } = given;
  const known = choices.some(({ scope }) => scope === value);
  const groups = scopeGroups(choices);
  const unknown: ScopeChoice = { scope: value, label: scopeLabel(value, choices), covers: [] };
  const shown = known || value === '' ? groups : [{ legend: 'At present', choices: [unknown] }, ...groups];
  return (
    <div id={fieldId('scope')} tabIndex={-1}>
      {error && (
        <p class="field-error" id={`${fieldId('scope')}-error`}>
          {error}
        </p>
      )}
      <div class="tree">
        {shown.map(({ legend, choices: those }) => (
          <fieldset key={legend}>
            <legend>{legend}</legend>
            {those.map(({ scope, label, covers }) => (
              <label key={scope} class="check">
                <input type="radio" name="scope" value={scope} checked={scope === value} />
                <span>
                  {label}
                  {covers.length > 1 && <span class="muted"> ({covers.length} events)</span>}
                  <small class="code">{scope}</small>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </div>
  );
}
