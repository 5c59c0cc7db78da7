import { counted, DashboardCards, Moment } from '../../admin/index.ts';
import { Clock, contribute } from '../../framework/index.ts';
import { connectionConcerns } from './concerns.ts';
import { healthServices, mostUsers, upTo } from './health.ts';
import { StateBadge } from './health-badges.tsx';
import { visitHealth } from './visit-health.ts';

const shown = 8;

/** How the connections fare, on the dashboard. */
export const connectionCard = contribute(
  DashboardCards,
  { ...healthServices, clock: Clock },
  ({ clock, ...sources }) => ({
    id: 'connection.health',
    title: 'Connections',
    href: '/admin/connections',
    acl: 'connection::view',
    sortOrder: 20,
    async concerns(visit) {
      const all = await visitHealth(visit, sources, clock.now());
      return connectionConcerns(all, { reports: visit.may('activity::view') });
    },
    async view(visit) {
      const all = await visitHealth(visit, sources, clock.now());
      if (all.length === 0)
        return (
          <p>
            No identity provider is connected yet. <a href="/admin/connections/new">Add a connection</a>
          </p>
        );
      return (
        <>
          <ul class="health-list">
            {all.slice(0, shown).map((health) => (
              <li key={health.connection.id}>
                <a href={`/admin/connections/${health.connection.code}`}>{health.connection.name}</a>
                <StateBadge health={health} />
                <small class="muted">
                  {upTo(health.users, mostUsers)} {health.users === 1 ? 'user' : 'users'}
                  {health.errors > 0 && `, ${counted(health.errors, 'error')} in 24 h`}
                  {health.lastRequest !== null && (
                    <>
                      , last request <Moment at={health.lastRequest} />
                    </>
                  )}
                </small>
              </li>
            ))}
          </ul>
          {all.length > shown && <a href="/admin/connections">All {all.length} connections</a>}
        </>
      );
    },
  }),
);
