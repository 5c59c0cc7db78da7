import { Connections, orRefuse } from '../../connection/index.ts';
import { actorOf, Clock, Database, HttpError, type Route, route } from '../../framework/index.ts';
import { matchOperations } from '../http/operations.ts';
import { MatchRequests, matchStates } from './match-requests.ts';

const base = '/admin/api/v1/matches';
const access = { area: 'admin', acl: 'provisioning::matches' } as const;

const list = route(`GET ${base}`, {
  operation: matchOperations.list,
  ...access,
  inject: { database: Database, connections: Connections, requests: MatchRequests },
  handle: (request, response, { database, connections, requests }) =>
    orRefuse(async () => {
      const { connection: code, state = 'pending', before } = request.query;
      const only = code === undefined ? undefined : await connections.byCode(database, String(code));
      const matches = await requests.list(database, {
        connectionId: only?.id,
        state: matchStates.find((known) => known === state),
        before: before === undefined ? undefined : Number(before) || 0,
      });
      response.json({ matches });
    }),
});

const decide = (verb: 'approve' | 'deny'): Route =>
  route(`POST ${base}/:id/${verb}`, {
    operation: matchOperations[verb],
    ...access,
    inject: { database: Database, requests: MatchRequests, clock: Clock },
    handle: (request, response, { database, requests, clock }) =>
      orRefuse(async () => {
        const id = Number(request.params.id);
        if (!Number.isSafeInteger(id) || id < 1)
          throw new HttpError(404, 'MATCH_UNKNOWN', 'A match request has a number.');
        const by = actorOf(request)?.name ?? 'administration';
        response.json(await database.transaction((tx) => requests[verb](tx, id, by, clock.now())));
      }),
  });

/** Customers that an identity provider wants to take over, over the admin API. */
export const matchRoutes: readonly Route[] = [list, decide('approve'), decide('deny')];
