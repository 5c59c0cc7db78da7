import { Copyable, Icon, usePage } from '../../../admin/index.ts';
import type { GuideStep, KnownTrouble, Milestone } from './guide.ts';
import { GuideText } from './guide-text.tsx';

/** The steps; those that can be told from what has come in are ticked. */
export function GuideSteps(given: {
  steps: readonly GuideStep[];
  milestones: ReadonlySet<Milestone>;
  values: Readonly<Record<string, string>>;
}) {
  const { steps, milestones, values: known } = given;
  const guest = !usePage().visit.path.startsWith('/admin/');
  return (
    <ol class="guide">
      {steps.map(({ title, text, guestText, values = [], done }, at) => {
        const ticked = done !== undefined && milestones.has(done);
        return (
          <li key={title} class={ticked ? 'is-done' : undefined}>
            <span class="tick">{ticked ? <Icon name="check" /> : at + 1}</span>
            <div>
              <h3>
                {title}
                {ticked && <span class="visually-hidden"> (done)</span>}
              </h3>
              {((guest && guestText) || text).map((sentence) => (
                <GuideText key={sentence}>{sentence}</GuideText>
              ))}
              {values.map(({ label, value }, n) => (
                <Copyable key={label} label={label} value={filled(value, known)} id={`guide-${at + 1}-${n + 1}`} />
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** `{name}` gives way to what is so called; what nobody knows stays as it stands. */
export const filled = (text: string, known: Readonly<Record<string, string>>): string =>
  text.replace(/\{([A-Za-z][\w.]*)\}/g, (whole, name: string) => known[name] ?? whole);

/** What can go wrong, in the provider's own words, and what helps. */
export function Troubles({ troubles }: { troubles: readonly KnownTrouble[] }) {
  const guest = !usePage().visit.path.startsWith('/admin/');
  return (
    <div class="troubles">
      {troubles.map(({ says, means, cure, guestCure }) => (
        <details key={says}>
          <summary>{says}</summary>
          <p>{means}</p>
          <p>
            <strong>Cure:</strong> {(guest && guestCure) || cure}
          </p>
        </details>
      ))}
    </div>
  );
}
