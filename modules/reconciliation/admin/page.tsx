import { ActionButton, action, Empty, gridPage, gridState, page, redirect, screen } from '../../admin/index.ts';
import { Connections } from '../../connection/index.ts';
import { mostKept } from '../run/create-runs.ts';
import { ReconciliationRuns } from '../run/runs.ts';
import { Findings } from './findings.tsx';
import { KindList } from './kind-list.tsx';
import { Standing } from './standing.tsx';
import { cureTask, pageTasks, runTask, tasksOf } from './tasks.ts';
import { askedKind, path } from './words.tsx';

const cursor = (key: readonly string[] | undefined): number | undefined => {
  const id = Number(key?.[0]);
  return Number.isSafeInteger(id) ? id : undefined;
};

/** Reports → Reconciliation: where store and documents disagree, and what can be done. */
export const reconciliationPage = page(path, {
  acl: 'reconciliation::view',
  menu: { label: 'Reconciliation', under: 'Reports', sortOrder: 45, icon: 'shield' },
  inject: { runs: ReconciliationRuns, connections: Connections, ...pageTasks },
  async view(visit, { runs, connections, ...parts }) {
    const standing = await runs.standing(visit.database);
    const lead =
      'What the store holds, compared with what identity providers sent: everything, whoever changed it and however.';
    if (!standing.latest)
      return screen({
        title: 'Reconciliation',
        lead,
        body: (
          <Empty title="Nothing was compared yet" icon="shield">
            A run reads every customer that a connection manages and changes nothing.
            <br />
            <br />
            <ActionButton action={`${path}/run`} look="primary">
              Compare Now
            </ActionButton>
          </Empty>
        ),
      });
    const state = gridState(visit.query, { filters: ['kind', 'connection'], sorts: ['id'] });
    const codes = new Map((await connections.list(visit.database)).map(({ id, code }) => [id, code]));
    const asked = state.filters.connection;
    const kind = askedKind(state.filters.kind);
    // A connection that is not there has no findings.
    const connectionId = asked === undefined ? undefined : ([...codes].find(([, code]) => code === asked)?.[0] ?? 0);
    const { finished, counts } = standing;
    const read = finished
      ? await runs.findings(
          visit.database,
          finished.id,
          { kind, connectionId },
          {
            after: cursor(state.after),
            before: cursor(state.before),
            limit: state.size + 1,
          },
        )
      : [];
    const { rows, place } = gridPage(read, state, ({ id }) => [id]);
    const open = counts.filter((count) => kind === undefined || count.kind === kind);
    const mayCure = visit.may('reconciliation::cure');
    const query = new URLSearchParams(Object.entries(state.filters)).toString();
    return screen({
      title: 'Reconciliation',
      lead,
      body: (
        <div class="stack">
          <Standing standing={standing} cure={await tasksOf(parts).latest(visit.database, cureTask)} />
          {finished && Object.keys(state.filters).length === 0 && <KindList counts={counts} mayCure={mayCure} />}
          {finished && finished.found > mostKept && (
            <p class="muted">
              The first {mostKept.toLocaleString('en')} findings are kept; <code>reconcile --csv</code> lists all.
            </p>
          )}
          {finished && (
            <Findings
              rows={rows}
              state={state}
              place={place}
              total={asked === undefined ? open.reduce((sum, count) => sum + count.open, 0) : undefined}
              connections={codes}
              mayCure={mayCure}
              maySeeCustomers={visit.may('customer::view')}
              kinds={counts.flatMap((count) => (count.open > 0 || count.kind === kind ? [count.kind] : []))}
              exportHref={query === '' ? `${path}/export` : `${path}/export?${query}`}
            />
          )}
        </div>
      ),
    });
  },
});

/** Begins a run; the page shows how far it comes. */
export const startRun = action(`${path}/run`, {
  acl: 'reconciliation::view',
  inject: { runs: ReconciliationRuns, ...pageTasks },
  async perform(visit, { runs, ...parts }) {
    const by = visit.signedIn?.user ?? 'administration';
    const began = await tasksOf(parts).start(runTask, by, async (progress) => ({
      run: (await runs.run(by, progress))?.id ?? null,
    }));
    return redirect(path, began ? {} : { note: 'A run is under way already.' });
  },
});
