import type { Clock } from '../../framework/index.ts';
import { sql } from '../../framework/index.ts';
import type { Sessions } from '../access/session.ts';
import { Figures } from '../kit/card.tsx';
import type { DashboardCard } from '../kit/extension-points.ts';

/** Who can log in, and who is logged in. */
export function accessCard({ sessions, clock }: { sessions: Sessions; clock: Clock }): DashboardCard {
  return {
    id: 'admin.access',
    title: 'Administrators',
    href: '/admin/users',
    acl: 'admin::users',
    sortOrder: 900,
    async view({ database }) {
      const row = await database.first<{ total: number; protected: number; open: number }>(sql`
        SELECT COUNT(*) AS total, COUNT(a.user_id) AS protected, (${await sessions.counted(clock.now())}) AS open
        FROM {admin_user} u
        LEFT JOIN {vestibule_admin_authenticator} a ON a.user_id = u.user_id AND a.confirmed_at IS NOT NULL
        WHERE u.is_active = 1`);
      return (
        <Figures
          items={[
            { label: 'active', value: row?.total ?? 0, href: '/admin/users?active=1' },
            { label: 'with a second factor', value: row?.protected ?? 0 },
            { label: 'open sessions', value: Number(row?.open ?? 0), href: '/admin/sessions' },
          ]}
        />
      );
    },
  };
}
