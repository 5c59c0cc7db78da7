import { type Database, HttpError } from '../../framework/index.ts';
import type { Visit } from '../kit/visit.ts';
import type { Roles } from '../role/role.ts';

/**
 * Nobody gives away, or takes over, more than they have: whoever may not do everything manages only such administrators
 * and roles as may do no more than they do.
 *
 * @throws HttpError 403 FORBIDDEN
 */
export async function mayManage(visit: Visit, roles: Roles, database: Database, roleId: number): Promise<void> {
  const own = visit.signedIn?.permissions;
  if (own?.everything) return;
  if (own?.covers(await roles.permissions(database, roleId))) return;
  throw new HttpError(
    403,
    'FORBIDDEN',
    'That role allows more than yours does: only somebody with as much may do this.',
  );
}
