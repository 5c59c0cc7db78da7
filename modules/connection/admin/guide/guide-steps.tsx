import { Copyable, Icon, usePage } from '../../../admin/index.ts';
import type { GuideStep, KnownTrouble, Milestone } from './guide.ts';
import { GuideText } from './guide-text.tsx';

/**
 * Which steps are done: those whose milestone is reached, and those before them that nothing tells of, such as making the
 * application that a request has come from.
 */
export const doneSteps = (
  steps: readonly Pick<GuideStep, 'done'>[],
  milestones: ReadonlySet<Milestone>,
): readonly boolean[] =>
  steps.map((_, at) => {
    const next = steps.slice(at).find(({ done }) => done !== undefined)?.done;
    return next !== undefined && milestones.has(next);
  });

/** Ids of the ticks of so many steps: what changes while one works along them. */
export const tickIds = (steps: readonly unknown[]): readonly string[] => steps.map((_, at) => `guide-tick-${at + 1}`);

/** The steps; those that can be told from what has come in are ticked. */
export function GuideSteps(given: {
  steps: readonly GuideStep[];
  milestones: ReadonlySet<Milestone>;
  values: Readonly<Record<string, string>>;
}) {
  const { steps, milestones, values: known } = given;
  const guest = !usePage().visit.path.startsWith('/admin/');
  const [done, ids] = [doneSteps(steps, milestones), tickIds(steps)];
  return (
    <ol class="guide">
      {steps.map(({ title, text, guestText, values = [] }, at) => {
        const ticked = done[at] === true;
        return (
          <li key={title}>
            <span class={ticked ? 'tick is-ticked' : 'tick'} id={ids[at]}>
              {ticked ? <Icon name="check" /> : at + 1}
              {ticked && <span class="visually-hidden">Done:</span>}
            </span>
            <div>
              <h3>{title}</h3>
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
