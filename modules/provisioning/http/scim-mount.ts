import { Activities } from '../../activity/index.ts';
import { BearerAuthenticator, type Connection } from '../../connection/index.ts';
import { Clock, Environment, Logger, mount } from '../../framework/index.ts';
import { forbidden, type ScimError, scimRouter, unauthorized } from '../../scim/index.ts';
import { UserProvisioner } from '../user/provisioner.ts';
import { scimErrorFor } from './errors.ts';
import { noteFinished } from './journal.ts';
import { groupsHandler, usersHandler } from './resource-types.ts';

const path = '/scim/v2';

const refusals = {
  missing: undefined,
  invalid: 'The bearer token is not valid: it is unknown, expired or revoked. Make one with token:create.',
  'other-connection': 'The bearer token belongs to another connection than the one in the URL.',
} as const;

/** A refusal of a connection that is known: the router forgets who called, so it is noted here. */
function paused(activities: Activities, connection: Connection, requestId: string, at: Date): ScimError {
  const error = forbidden(`The connection "${connection.code}" is paused; connection:resume turns it on again.`);
  const { id: connectionId } = connection;
  activities.note({
    at,
    operation: 'scim.paused',
    outcome: 'refused',
    status: 403,
    connectionId,
    requestId,
    reason: error.message,
  });
  return error;
}

/** The SCIM endpoint: the connection behind the token, the resource types, and the record of what happened. */
export const scimMount = mount(path, {
  public: 'SCIM clients authenticate with the bearer token of their connection',
  headers: 'own',
  inject: {
    authenticator: BearerAuthenticator,
    users: UserProvisioner,
    activities: Activities,
    environment: Environment,
    clock: Clock,
    logger: Logger,
  },
  router: ({ authenticator, users, activities, environment, clock, logger }) => {
    const baseUrl = `${environment.baseUrl}${path}`;
    return scimRouter({
      path,
      baseUrl: () => baseUrl,
      now: () => clock.now(),
      // The host's front has given the request its id already.
      requestId: ({ res }) => String(res?.getHeader('X-Request-Id')),
      resourceTypes: [usersHandler(users), groupsHandler],
      mode: ({ connection }) => (connection.profile === 'interop-strict' ? 'interop-strict' : 'compat'),
      async authenticate(request, arrival) {
        const caller = await authenticator.authenticate(request, arrival.connection);
        if ('refused' in caller) throw unauthorized(refusals[caller.refused]);
        if (!caller.connection.active) throw paused(activities, caller.connection, arrival.requestId, clock.now());
        arrival.notes.push(...caller.notes);
        return caller;
      },
      mapError: scimErrorFor,
      onError: (error, requestId) => logger.error({ err: error, requestId }, 'a SCIM request failed'),
      onFinished(finished) {
        noteFinished(activities, finished, clock.now());
        if (finished.notes.length > 0)
          logger.info(
            { requestId: finished.requestId, connection: finished.caller?.connection.code, notes: finished.notes },
            'understood',
          );
      },
    });
  },
});
