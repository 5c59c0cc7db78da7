import { type DashboardCard, DashboardCards, Moment } from '../../../admin/index.ts';
import { Clock, contribute, Database } from '../../../framework/index.ts';
import { Activities } from '../../activity.ts';
import { type DayCount, lastDays } from '../../day/counts.ts';
import { ActivityReports, type ReportedActivity } from '../../report.ts';
import { Cures, curesOf } from '../record-links.ts';
import { Outcome, recordHref } from '../report/columns.tsx';
import { DayChart } from './chart.tsx';

const days = 14;
/** Refusals and failures that are looked at: enough to see what is frequent, and as many however many there are. */
const looked = 100;
const shown = 5;

/** Operations per day. They are counted as they are sealed, within about a minute. */
const chartCard = contribute(
  DashboardCards,
  { database: Database, activities: Activities, clock: Clock },
  ({ database, activities, clock }): DashboardCard => ({
    id: 'activity.days',
    title: 'Operations per day',
    acl: 'activity::view',
    sortOrder: 40,
    wide: true,
    href: '/admin/reports/provisioning',
    async view() {
      const counts: readonly DayCount[] = await lastDays(database, clock.now(), days);
      const [last] = await activities.recent(database, { limit: 1 });
      return (
        <>
          <p>
            {last ? (
              <>
                Last request:{' '}
                <a href={recordHref(last.id)}>
                  <Moment at={last.at} />
                </a>{' '}
                <code>{last.operation}</code> <Outcome {...last} />
              </>
            ) : (
              'Waiting for the first request of an identity provider.'
            )}
          </p>
          <DayChart days={counts} />
        </>
      );
    },
  }),
);

interface Fault {
  readonly example: ReportedActivity;
  readonly count: number;
}

/** The same reasons together, the most frequent first. */
export function frequent(items: readonly ReportedActivity[], most: number): readonly Fault[] {
  const found = new Map<string, Fault>();
  for (const item of items) {
    const key = `${item.status} ${item.reason ?? ''}`;
    found.set(key, { example: found.get(key)?.example ?? item, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count).slice(0, most);
}

/** What went wrong in the last day, and what to do about it. */
const errorsCard = contribute(
  DashboardCards,
  { database: Database, reports: ActivityReports, cures: Cures, clock: Clock },
  ({ database, reports, cures, clock }): DashboardCard => ({
    id: 'activity.errors',
    title: 'Errors of the last day',
    acl: 'activity::view',
    sortOrder: 45,
    wide: true,
    href: '/admin/reports/provisioning?status=failure',
    async view() {
      const from = new Date(clock.now().getTime() - 86_400_000);
      const { items } = await reports.page(database, { from, statuses: ['failure'] }, { limit: looked });
      if (items.length === 0) return <p class="muted">None.</p>;
      const faults = frequent(items, shown);
      const advice = await curesOf(
        cures,
        database,
        faults.map(({ example }) => example),
      );
      return (
        <ul class="issues">
          {faults.map(({ example, count }, at) => (
            <li key={example.id}>
              <span>{count} ×</span>
              <div>
                <p>
                  <Outcome {...example} /> <a href={recordHref(example.id)}>{example.reason ?? example.operation}</a>
                </p>
                <p class="muted">{advice[at]}</p>
              </div>
            </li>
          ))}
        </ul>
      );
    },
  }),
);

export const activityCards = [chartCard, errorsCard];
