import { type DashboardCard, DashboardCards, Figures } from 'vestibule/admin';
import { contribute, sql } from 'vestibule/framework';
import { Lms } from '../lms/lms.ts';
import { mostCounted, queueCounts } from '../queue/queue.ts';
import { mapPath, queuePath, title } from './places.tsx';

const whole = (count: number): string => `${count.toLocaleString('en')}${count >= mostCounted ? '+' : ''}`;

/** How many are enrolled, what waits and what has failed. */
export const courseCards = [
  contribute(
    DashboardCards,
    { lms: Lms },
    ({ lms }): DashboardCard => ({
      id: 'course-sync.courses',
      title,
      href: mapPath,
      acl: 'course-sync::view',
      sortOrder: 37,
      async view({ database }) {
        const { waiting, failed } = await queueCounts(database);
        const row = await database.first<{ enrolled: number }>(
          sql`SELECT COUNT(*) AS enrolled FROM (SELECT customer_id FROM {vestibule_course_enrolment} LIMIT ${mostCounted}) some_enrolments`,
        );
        return (
          <>
            <Figures
              items={[
                { label: 'Enrolments', value: whole(row?.enrolled ?? 0) },
                { label: 'Waiting', value: whole(waiting), href: `${queuePath}?state=waiting` },
                { label: 'Failed', value: whole(failed), href: `${queuePath}?state=failed` },
              ]}
            />
            {!(await lms.ready()) && <p class="muted">No LMS is configured: enrolments wait.</p>}
          </>
        );
      },
    }),
  ),
];
