import { type DashboardCard, DashboardCards, Moment } from '../../../admin/index.ts';
import { Clock, contribute, type Executor } from '../../../framework/index.ts';
import type { StoredActivity } from '../../activity.ts';
import { lastDays } from '../../day/counts.ts';
import { decodeEntry, storedActivity } from '../../entry/decode.ts';
import { pendingBelow, pendingGroup } from '../../pending.ts';
import { ActivityReports, type ReportedActivity } from '../../report.ts';
import { Cures, curesOf } from '../record-links.ts';
import { Outcome, recordHref } from '../report/columns.tsx';
import { DayChart } from './chart.tsx';

const days = 14;
const shown = 5;

/** Those that wait for their seal, the newest first. Others of a page read the same list, so it costs nothing of its own. */
async function waiting(db: Executor): Promise<readonly StoredActivity[]> {
  const rows = await pendingBelow(db, Number.MAX_SAFE_INTEGER, pendingGroup);
  return rows.map(({ activity_id, entry }) => storedActivity(activity_id, decodeEntry(entry)));
}

/** Made by an identity provider or by a customer; what administrators do is recorded, too. */
const isRequest = ({ operation }: StoredActivity): boolean =>
  /^(user|group|scim|bulk)\.|^sign-(in|out)$/.test(operation);

/** Operations per day. They are counted as they are sealed, within about a minute. */
const chartCard = contribute(
  DashboardCards,
  { clock: Clock },
  ({ clock }): DashboardCard => ({
    id: 'activity.days',
    title: 'Operations per day',
    acl: 'activity::view',
    sortOrder: 40,
    wide: true,
    href: '/admin/reports/provisioning',
    async view({ database }) {
      const { counts, newest } = await lastDays(database, clock.now(), days);
      const records = [...(await waiting(database)), ...newest];
      const request = records.find(isRequest);
      const last = request ?? records[0];
      return (
        <>
          <p>
            {last ? (
              <>
                {request ? 'Last request' : 'Last record'}:{' '}
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
  { reports: ActivityReports, cures: Cures, clock: Clock },
  ({ reports, cures, clock }): DashboardCard => ({
    id: 'activity.errors',
    title: 'Errors of the last day',
    acl: 'activity::view',
    sortOrder: 45,
    wide: true,
    href: '/admin/reports/provisioning?status=failure',
    async view({ database }) {
      const items = await reports.lastFailures(database, clock.now());
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
