import { Activities } from '../../../activity/index.ts';
import { Clock, Database, Environment, type Route, route } from '../../../framework/index.ts';
import { Websites } from '../../../store/index.ts';
import { withWarnings } from '../../commands/shown-connection.ts';
import { listed } from '../../commands/shown-token.ts';
import { Connections, profiles } from '../../connection.ts';
import { ConnectionEditor } from '../../connection-editor.ts';
import { scimBaseUrl } from '../../first-start.ts';
import { openConnection } from '../../opening.ts';
import { Tokens } from '../../token.ts';
import { actorOfRequest } from './actor-of-request.ts';
import { Body } from './body.ts';
import { readChanges } from './changes.ts';
import { connectionOperations } from './operations.ts';
import { orRefuse } from './refusal.ts';

const base = '/admin/api/v1/connections';
const view = { area: 'admin', acl: 'connection::view' } as const;
const manage = { area: 'admin', acl: 'connection::manage' } as const;

const list = route(`GET ${base}`, {
  operation: connectionOperations.list,
  ...view,
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  async handle(_, response, { database, connections, tokens, clock }) {
    const all = withWarnings(await connections.list(database), await tokens.list(database), clock.now());
    response.json({ connections: all });
  },
});

const show = route(`GET ${base}/:code`, {
  operation: connectionOperations.show,
  ...view,
  inject: { database: Database, connections: Connections, tokens: Tokens, environment: Environment, clock: Clock },
  handle: (request, response, { database, connections, tokens, environment, clock }) =>
    orRefuse(async () => {
      const connection = await connections.byCode(database, String(request.params.code));
      const now = clock.now();
      const held = (await tokens.list(database, connection.id)).map((token) => listed(token, connection.code, now));
      response.json({ ...connection, baseUrl: scimBaseUrl(environment.baseUrl), tokens: held });
    }),
});

const create = route(`POST ${base}`, {
  operation: connectionOperations.create,
  ...manage,
  reads: 'json',
  fresh: true,
  inject: {
    database: Database,
    connections: Connections,
    tokens: Tokens,
    websites: Websites,
    environment: Environment,
    activities: Activities,
    clock: Clock,
  },
  handle: (request, response, needs) =>
    orRefuse(async () => {
      const body = Body.of(request).only('code', 'name', 'profile', 'website');
      const given = {
        code: body.required('code'),
        name: body.required('name'),
        profile: body.oneOf('profile', profiles) ?? 'generic',
        website: body.text('website') ?? 'base',
      };
      const made = await openConnection(needs, given, actorOfRequest(request));
      response.status(201).set('Cache-Control', 'no-store').json(made);
    }),
});

const change = route(`PATCH ${base}/:code`, {
  operation: connectionOperations.change,
  ...manage,
  reads: 'json',
  inject: { editor: ConnectionEditor },
  handle: (request, response, { editor }) =>
    orRefuse(async () => {
      response.json(
        await editor.change(String(request.params.code), readChanges(Body.of(request)), actorOfRequest(request)),
      );
    }),
});

const pauseOrResume = (verb: 'pause' | 'resume'): Route =>
  route(`POST ${base}/:code/${verb}`, {
    operation: connectionOperations[verb],
    ...manage,
    inject: { editor: ConnectionEditor },
    handle: (request, response, { editor }) =>
      orRefuse(async () => {
        response.json(
          await editor.change(String(request.params.code), { active: verb === 'resume' }, actorOfRequest(request)),
        );
      }),
  });

/** Connections over the admin API; deleting one stands in `provisioning`. */
export const connectionRoutes: readonly Route[] = [
  list,
  show,
  create,
  change,
  pauseOrResume('pause'),
  pauseOrResume('resume'),
];
