import type { Activities } from '../../activity/index.ts';
import type { UserMapping } from '../../attribute-mapping/index.ts';
import type { Clock, Environment, Logger } from '../../framework/index.ts';
import { type ScimDesk, type ScimRouterOptions, scimDesk } from '../../scim/index.ts';
import type { GroupProvisioner } from '../group/provisioner.ts';
import { modeOf } from '../http/door.ts';
import { scimErrorFor } from '../http/errors.ts';
import { noteFinished } from '../http/journal.ts';
import { groupsHandler, usersHandler } from '../http/resource-types.ts';
import type { Caller } from '../room.ts';
import type { UserProvisioner } from '../user/provisioner.ts';

export interface DeskParts {
  readonly users: UserProvisioner;
  readonly groups: GroupProvisioner;
  readonly mapping: UserMapping;
  readonly activities: Activities;
  readonly environment: Pick<Environment, 'baseUrl'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The same steps, handlers and records as for requests that come over HTTP; `whose` tells the log what failed there. */
export function makeDesk(
  { users, groups, mapping, activities, environment, clock, logger }: DeskParts,
  authorize: NonNullable<ScimRouterOptions<Caller>['authorize']>,
  whose: string,
): ScimDesk<Caller> {
  return scimDesk<Caller>({
    baseUrl: () => `${environment.baseUrl}/scim/v2`,
    now: () => clock.now(),
    resourceTypes: [usersHandler(users, mapping), groupsHandler(groups)],
    mode: modeOf,
    authorize,
    mapError: scimErrorFor,
    onError: (err, requestId) => logger.error({ err, requestId }, `${whose} failed`),
    onFinished: (finished) => noteFinished(activities, finished, clock.now()),
  });
}
