import { action, confirmation, page, redirect, type Visit } from '../../admin/index.ts';
import { HttpError } from '../../framework/index.ts';
import { ReconciliationError } from '../error.ts';
import { kinds } from '../kind/kinds.ts';
import { type KeptFinding, ReconciliationRuns } from '../run/runs.ts';
import { CureChoice, chosenCure } from './choice.tsx';
import { Who } from './findings.tsx';
import { path, Values } from './words.tsx';

const at = `${path}/findings/:id` as const;

/** @throws HttpError 404 for a finding that is not open any more, or that has no cure */
async function asked(visit: Visit, runs: ReconciliationRuns): Promise<KeptFinding> {
  try {
    const found = await runs.finding(visit.database, Number(visit.params.id) || 0);
    if (found.cures.length > 0) return found;
  } catch (error) {
    if (!(error instanceof ReconciliationError)) throw error;
  }
  throw new HttpError(
    404,
    'NOT_FOUND',
    'There is no such finding; it may have been cured, or found anew by another run.',
  );
}

/** What was found, what it means, and what can be done. */
const ask = page(at, {
  acl: 'reconciliation::cure',
  inject: { runs: ReconciliationRuns },
  async view(visit, { runs }) {
    const found = await asked(visit, runs);
    const { title, meaning } = kinds[found.kind];
    return confirmation({
      title,
      action: `${path}/findings/${found.id}`,
      confirm: 'Cure',
      back: path,
      children: (
        <>
          <p>
            <Who finding={found} leads={visit.may('customer::view')} />
          </p>
          <Values values={found.values} />
          <p>{meaning}</p>
          <CureChoice among={found.cures} />
          <p class="muted">It is looked at once more before: what holds no more is left alone.</p>
        </>
      ),
    });
  },
});

const perform = action(at, {
  acl: 'reconciliation::cure',
  inject: { runs: ReconciliationRuns },
  async perform(visit, { runs }) {
    const found = await asked(visit, runs);
    const cure = chosenCure(visit, found.cures);
    if (!cure) return redirect(`${path}/findings/${found.id}`, { problem: 'Choose what shall be done.' });
    const who =
      found.subject ?? (found.customerId === null ? `Group ${found.groupId}` : `Customer ${found.customerId}`);
    try {
      const outcome = await runs.cure(found.id, cure, visit.signedIn?.user ?? 'administration');
      return outcome === 'cured'
        ? redirect(path, { done: `${who}: cured.` })
        : redirect(path, { note: `${who}: it held no more, so nothing was done.` });
    } catch (error) {
      if (!(error instanceof ReconciliationError)) throw error;
      return redirect(path, { problem: error.message });
    }
  },
});

export const cureOne = [ask, perform];
