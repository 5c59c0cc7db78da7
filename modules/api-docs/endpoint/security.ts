import type { SecurityScheme } from '../../framework/index.ts';

/** What opens routes with an ACL resource to programs. */
export const administrator: SecurityScheme = {
  name: 'administrator',
  variable: 'ADMIN_TOKEN',
  description:
    'A bearer of an administrator, good for four hours, from `POST /admin/api/v1/token`. What it may do is what the role of the administrator allows.',
  scheme: { type: 'http', scheme: 'bearer' },
};
