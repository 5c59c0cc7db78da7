import type { Clock, Database } from '../../framework/index.ts';
import { sql } from '../../framework/index.ts';
import type { Sessions } from '../access/session.ts';
import { Figures } from '../kit/card.tsx';
import type { DashboardCard } from '../kit/extension-points.ts';

/** Who can log in, and who is logged in. */
export function accessCard({
  database,
  sessions,
  clock,
}: {
  database: Database;
  sessions: Sessions;
  clock: Clock;
}): DashboardCard {
  return {
    id: 'admin.access',
    title: 'Administrators',
    href: '/admin/users',
    acl: 'admin::users',
    sortOrder: 900,
    async view() {
      const row = await database.first<{ total: number; protected: number }>(sql`
        SELECT COUNT(*) AS total, COUNT(a.user_id) AS protected FROM {admin_user} u
        LEFT JOIN {vestibule_admin_authenticator} a ON a.user_id = u.user_id AND a.confirmed_at IS NOT NULL
        WHERE u.is_active = 1`);
      const open = await sessions.list(database, clock.now());
      return (
        <Figures
          items={[
            { label: 'active', value: row?.total ?? 0, href: '/admin/users?active=1' },
            { label: 'with a second factor', value: row?.protected ?? 0 },
            { label: 'open sessions', value: open.length, href: '/admin/sessions' },
          ]}
        />
      );
    },
  };
}
