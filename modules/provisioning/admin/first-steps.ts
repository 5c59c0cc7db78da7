import { FirstSteps } from '../../admin/index.ts';
import { contribute, Database, sql } from '../../framework/index.ts';

/** Done once any identity provider has brought a user. */
export const firstUserStep = contribute(FirstSteps, { database: Database }, ({ database }) => ({
  label: 'See the first user arrive',
  href: '/admin/connections#connections',
  acl: 'connection::view',
  sortOrder: 30,
  done: async () =>
    (await database.first(sql`SELECT customer_id FROM {vestibule_user} WHERE is_deleted = 0 LIMIT 1`)) !== undefined,
}));
