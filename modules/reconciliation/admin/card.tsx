import { type DashboardCard, DashboardCards, Figures, Moment } from '../../admin/index.ts';
import { Clock, contribute, type Executor } from '../../framework/index.ts';
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
    let read: { readonly at: number; readonly standing: Promise<ReconciliationStanding> } | undefined;
    const standing = (db: Executor): Promise<ReconciliationStanding> => {
      const at = clock.now().getTime();
      if (!read || at - read.at >= goodFor) read = { at, standing: runs.standing(db) };
      read.standing.catch(() => {
        read = undefined;
      });
      return read.standing;
    };
    return {
      id: 'reconciliation.open',
      title: 'Store and Documents Disagree',
      href: path,
      acl: 'reconciliation::view',
      sortOrder: 36,
      view: async ({ database }) => Open({ standing: await standing(database) }),
      async concerns({ database }) {
        const { finished, counts } = await standing(database);
        const grave = counts.filter(({ kind, open }) => open > 0 && kinds[kind].severity === 'high');
        if (!finished || grave.length === 0) return [];
        const text = `Store and documents disagree: ${grave.map(({ kind }) => kinds[kind].title.toLowerCase()).join(', ')}.`;
        return [{ tone: 'bad', text, href: path }];
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
