import type { DashboardCard, FirstStep } from '../kit/extension-points.ts';
import { Icon } from '../kit/icon.tsx';
import { ownAccount } from '../role/permissions.ts';

/** The checklist of a new installation, from the steps that modules bring. It goes away when all are done. */
export function firstStepsCard(steps: readonly FirstStep[]): DashboardCard {
  return {
    id: 'admin.first-steps',
    title: 'First steps',
    acl: ownAccount,
    sortOrder: 0,
    wide: true,
    async view(visit) {
      const shown = steps.filter(({ acl }) => visit.may(acl)).sort((a, b) => a.sortOrder - b.sortOrder);
      const states = await Promise.all(shown.map(async (step) => ({ step, done: await step.done(visit) })));
      if (states.every(({ done }) => done)) return undefined;
      return (
        <ol class="checklist">
          {states.map(({ step, done }) => (
            <li key={step.href} class={done ? 'is-done' : undefined}>
              <span class="tick">{done && <Icon name="check" />}</span>
              {done ? step.label : <a href={step.href}>{step.label}</a>}
              {done && <span class="visually-hidden"> (done)</span>}
            </li>
          ))}
        </ol>
      );
    },
  };
}
