import { ActionButton, Card, counted, Figures, Moment, Notice, type Task, TaskPanel } from '../../admin/index.ts';
import { sqlTimestamp } from '../../framework/index.ts';
import type { FindingKind } from '../finding.ts';
import { cures, kinds } from '../kind/kinds.ts';
import type { CuredMany, ReconciliationStanding } from '../run/runs.ts';
import { taskOf } from './tasks.ts';
import { path } from './words.tsx';

/** What a task that cures many answers. */
export interface CuredKind extends CuredMany {
  readonly kind: FindingKind;
  readonly cure: keyof typeof cures;
}

const shown = (count: number): string => count.toLocaleString('en');

function Cured({ done }: { done: CuredKind }) {
  const { kind, cure, cured, gone, refused, reasons } = done;
  return (
    <>
      <p>
        <strong>{kinds[kind].title}</strong>, {cures[cure].label}: {counted(cured, 'finding')} cured
        {gone > 0 && `, ${shown(gone)} held no more`}
        {refused > 0 && `, ${shown(refused)} refused`}. <a href={path}>Show what is open</a>
      </p>
      {reasons.map((reason) => (
        <Notice key={reason} kind="problem">
          {reason}
        </Notice>
      ))}
    </>
  );
}

/** How the last run went, or how far the one is that is under way; or the cure of many that began after it. */
export function Standing({ standing, cure }: { standing: ReconciliationStanding; cure: Task | undefined }) {
  const { latest, finished, counts } = standing;
  if (!latest) return null;
  const running = latest.state === 'running';
  const begun = sqlTimestamp(new Date(latest.startedAt));
  const curing = !running && cure !== undefined && cure.startedAt >= begun ? cure : undefined;
  const open = counts.reduce((sum, count) => sum + count.open, 0);
  return (
    <Card
      title={running ? 'Comparing' : curing?.state === 'running' ? 'Curing' : 'Last Run'}
      aside={running ? undefined : <ActionButton action={`${path}/run`}>Compare Again</ActionButton>}
    >
      {curing ? (
        <TaskPanel task={curing} what="findings">
          <Cured done={curing.result as CuredKind} />
        </TaskPanel>
      ) : (
        <TaskPanel task={taskOf(latest)} what="users">
          <Figures
            items={[
              { label: 'users looked at', value: shown(latest.done) },
              { label: 'found', value: shown(latest.found) },
              { label: 'open', value: shown(open) },
            ]}
          />
        </TaskPanel>
      )}
      {finished && finished.id !== latest.id && (
        <p class="muted">
          What is shown below was found by the run before, <Moment at={new Date(finished.startedAt)} />.
        </p>
      )}
    </Card>
  );
}
