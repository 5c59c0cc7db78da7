import { DashboardCards, Moment } from '../../admin/index.ts';
import { Clock, contribute } from '../../framework/index.ts';
import { ending, rotationOf } from './concerns.ts';
import { healthServices } from './health.ts';
import { visitHealth } from './visit-health.ts';

const services = { ...healthServices, clock: Clock };
const mostShown = 8;

/** Tokens that end soon; nothing where none of them ever ends. */
export const expiringCard = contribute(DashboardCards, services, ({ clock, ...sources }) => ({
  id: 'connection.expiring',
  title: 'Expiring Tokens',
  acl: 'connection::view',
  sortOrder: 25,
  href: '/admin/connections',
  async view(visit) {
    const all = await visitHealth(visit, sources, clock.now());
    if (!all.some(({ tokens }) => tokens.some(({ expiresAt }) => expiresAt !== null))) return undefined;
    const soon = ending(all);
    if (soon.length === 0) return <p class="muted">None ends within 30 days.</p>;
    return (
      <ul class="health-list">
        {soon.slice(0, mostShown).map(({ connection, token }) => (
          <li key={token.id}>
            <a href={rotationOf(connection)}>
              {connection.name}: {token.name}
            </a>
            <small class="muted">
              ends <Moment at={token.expiresAt} />
            </small>
          </li>
        ))}
        {soon.length > mostShown && <li class="muted">and {soon.length - mostShown} more</li>}
      </ul>
    );
  },
}));
