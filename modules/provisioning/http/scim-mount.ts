import { Activities } from '../../activity/index.ts';
import { UserMapping } from '../../attribute-mapping/index.ts';
import { BearerAuthenticator, scimBearer } from '../../connection/index.ts';
import { Clock, Database, Environment, Logger, mount, requestIdOf } from '../../framework/index.ts';
import { scimOperations, scimRouter } from '../../scim/index.ts';
import { GroupProvisioner } from '../group/provisioner.ts';
import { UserProvisioner } from '../user/provisioner.ts';
import { modeOf, scimDoor } from './door.ts';
import { scimErrorFor } from './errors.ts';
import { noteFinished } from './journal.ts';
import { groupsHandler, usersHandler } from './resource-types.ts';

const path = '/scim/v2';

/** The SCIM endpoint: the connection behind the token, the resource types, and the record of what happened. */
export const scimMount = mount(path, {
  public: 'SCIM clients authenticate with the bearer token of their connection',
  headers: 'own',
  operations: scimOperations(scimBearer),
  inject: {
    authenticator: BearerAuthenticator,
    users: UserProvisioner,
    groups: GroupProvisioner,
    mapping: UserMapping,
    database: Database,
    activities: Activities,
    environment: Environment,
    clock: Clock,
    logger: Logger,
  },
  router: ({ authenticator, users, groups, mapping, database, activities, environment, clock, logger }) => {
    const baseUrl = `${environment.baseUrl}${path}`;
    const door = scimDoor(authenticator, activities, clock);
    return scimRouter({
      path,
      baseUrl: () => baseUrl,
      now: () => clock.now(),
      // The host's front has given the request its id already.
      requestId: requestIdOf,
      resourceTypes: [usersHandler(users, mapping), groupsHandler(groups)],
      mode: modeOf,
      async authenticate(request, arrival) {
        const caller = await door.authenticate(request, arrival);
        // Everything after this reads the request by what the store's attributes are now.
        await mapping.ready(database, caller.connection);
        return caller;
      },
      authorize: door.authorize,
      mapError: scimErrorFor,
      onError: (error, requestId) => logger.error({ err: error, requestId }, 'a SCIM request failed'),
      onFinished(finished) {
        noteFinished(activities, finished, clock.now());
        // Every operation of a bulk request is as much work as a request.
        if (finished.bulkIndex !== undefined && finished.caller) authenticator.charge(finished.caller.connection, 1);
        if (finished.notes.length > 0)
          logger.info(
            { requestId: finished.requestId, connection: finished.caller?.connection.code, notes: finished.notes },
            'understood',
          );
      },
    });
  },
});
