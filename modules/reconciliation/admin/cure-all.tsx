import { action, confirmation, counted, page, redirect, type Visit } from '../../admin/index.ts';
import { HttpError } from '../../framework/index.ts';
import type { FindingKind } from '../finding.ts';
import { curesOf, kinds, takesAway } from '../kind/kinds.ts';
import { ReconciliationRuns } from '../run/runs.ts';
import { CureChoice, chosenCure } from './choice.tsx';
import type { CuredKind } from './standing.tsx';
import { cureTask, pageTasks, tasksOf } from './tasks.ts';
import { askedKind, path } from './words.tsx';

const at = `${path}/kinds/:kind` as const;

/** @throws HttpError 404 */
function asked({ params }: Visit): FindingKind {
  const kind = askedKind(params.kind);
  if (kind) return kind;
  throw new HttpError(404, 'NOT_FOUND', 'There is no such kind of finding.');
}

/** Says how many it is before anything is done to many. */
const ask = page(at, {
  acl: 'reconciliation::cure',
  inject: { runs: ReconciliationRuns },
  async view(visit, { runs }) {
    const kind = asked(visit);
    const { counts } = await runs.standing(visit.database);
    const open = counts.find((count) => count.kind === kind)?.open ?? 0;
    const taking = curesOf[kind].some((cure) => takesAway(kind, cure));
    return confirmation({
      title: `${kinds[kind].title}: all ${open.toLocaleString('en')}`,
      action: `${path}/kinds/${kind}`,
      confirm: `Cure ${counted(open, 'Finding')}`,
      back: path,
      children: (
        <>
          <p>{kinds[kind].meaning}</p>
          <p>
            For each of <strong>{counted(open, 'finding')}</strong>:
          </p>
          <CureChoice among={curesOf[kind]} />
          {taking && <p>What takes something away is not held by the mass-deprovision guard: it is your decision.</p>}
          <p class="muted">
            Each is looked at once more before, and recorded with your name; what the chosen cure does not fit stays
            open.
          </p>
        </>
      ),
    });
  },
});

const perform = action(at, {
  acl: 'reconciliation::cure',
  fresh: true,
  inject: { runs: ReconciliationRuns, ...pageTasks },
  async perform(visit, { runs, ...parts }) {
    const kind = asked(visit);
    const cure = chosenCure(visit, curesOf[kind]);
    if (!cure) return redirect(`${path}/kinds/${kind}`, { problem: 'Choose what shall be done.' });
    const by = visit.signedIn?.user ?? 'administration';
    const began = await tasksOf(parts).start(
      cureTask,
      by,
      async (progress): Promise<CuredKind> => ({ ...(await runs.cureAll({ kind }, cure, by, progress)), kind, cure }),
    );
    return redirect(path, began ? {} : { note: 'Findings are being cured already; wait until that is done.' });
  },
});

export const cureAll = [ask, perform];
