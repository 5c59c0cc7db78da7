import { type DashboardCard, DashboardCards, Figures, Moment } from '../../admin/index.ts';
import { Clock, contribute } from '../../framework/index.ts';
import { kinds } from '../kind/kinds.ts';
import { ReconciliationRuns, type ReconciliationStanding } from '../run/runs.ts';
import { path } from './words.tsx';

/** What was found changes with runs and cures: it is not read anew for everybody who looks at the dashboard; milliseconds. */
const goodFor = 5_000;

/** What is open, on the dashboard; nothing while store and documents agree. */
export const reconciliationCard = contribute(
  DashboardCards,
  { runs: ReconciliationRuns, clock: Clock },
  ({ runs, clock }): DashboardCard => {
    let read: { readonly at: number; readonly standing: ReconciliationStanding } | undefined;
    return {
      id: 'reconciliation.open',
      title: 'Store and Documents Disagree',
      href: path,
      acl: 'reconciliation::view',
      sortOrder: 36,
      async view({ database }) {
        const at = clock.now().getTime();
        if (!read || at - read.at >= goodFor) read = { at, standing: await runs.standing(database) };
        return Open({ standing: read.standing });
      },
    };
  },
);

function Open({ standing: { finished, counts } }: { standing: ReconciliationStanding }) {
  const open = counts.filter((count) => count.open > 0);
  if (!finished || open.length === 0) return undefined;
  const grave = open.filter(({ kind }) => kinds[kind].severity === 'high');
  const sum = (list: typeof open): string => list.reduce((total, count) => total + count.open, 0).toLocaleString('en');
  return (
    <>
      <Figures
        items={[
          { label: 'findings open', value: sum(open), href: path },
          { label: 'of high severity', value: sum(grave), href: path },
        ]}
      />
      <p>
        {grave.length > 0 && `${grave.map(({ kind }) => kinds[kind].title).join(', ')}. `}
        Found <Moment at={new Date(finished.startedAt)} />.
      </p>
    </>
  );
}
