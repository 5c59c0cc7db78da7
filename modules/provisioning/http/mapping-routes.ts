import type { Request, Response } from 'express';
import { type Connection, Connections } from '../../connection/index.ts';
import { actorOf, Database, HttpError, route } from '../../framework/index.ts';
import { isObject } from '../../scim/index.ts';
import { MappingImpact } from '../impact/impact.ts';
import { MappingRuns } from '../impact/mapping-run.ts';
import { MappingPreview } from '../preview/preview.ts';
import { ReceivedPayloads } from '../preview/received-payloads.ts';
import { Trials } from '../preview/trials.ts';
import { SearchForms } from '../search-forms/search-forms.ts';
import { refusalOf } from './admin-refusal.ts';
import { whichIn, whole } from './asked-mapping.ts';
import { mappingOperations } from './mapping-operations.ts';
import { ndjson } from './ndjson.ts';

const mapping = '/admin/api/v1/connections/:connection/mapping' as const;

async function answering(response: Response, work: () => Promise<unknown>): Promise<void> {
  response.set('Cache-Control', 'no-store');
  try {
    response.json(await work());
  } catch (error) {
    throw refusalOf(error);
  }
}

const inject = { database: Database, connections: Connections };
type Store = { readonly database: Database; readonly connections: Connections };
const connectionOf = ({ params }: Request, { database, connections }: Store): Promise<Connection> =>
  connections.byCode(database, String(params.connection));

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** `{payload, method?, id?, draft?, version?}`: what would become of it. */
const preview = route(`POST ${mapping}/preview`, {
  operation: mappingOperations.preview,
  area: 'admin',
  acl: 'provisioning::preview',
  reads: 'json',
  inject: { ...inject, preview: MappingPreview, trials: Trials },
  handle: (request, response, parts) =>
    answering(response, async () => {
      const connection = await connectionOf(request, parts);
      const asked: unknown = request.body;
      if (!isObject(asked) || asked.payload === undefined)
        throw new HttpError(400, 'REQUEST_INVALID', 'Send {"payload": …}: a SCIM user, or a PatchOp message.');
      const which = whichIn(asked);
      const tried = await parts.trials.mapping(connection, which);
      const method = methods.find((known) => known === asked.method);
      const id = typeof asked.id === 'string' ? asked.id : undefined;
      return parts.preview.preview({ connection, body: asked.payload, method, id, mapping: tried, which });
    }),
});

const payloads = route(`GET ${mapping}/payloads`, {
  operation: mappingOperations.payloads,
  area: 'admin',
  acl: 'provisioning::preview',
  inject: { ...inject, payloads: ReceivedPayloads },
  handle: (request, response, parts) =>
    answering(response, async () => ({
      payloads: await parts.payloads.recent(await connectionOf(request, parts), whole(request.query.limit) ?? 20),
    })),
});

const requirements = route(`GET ${mapping}/requirements`, {
  operation: mappingOperations.requirements,
  area: 'admin',
  acl: 'provisioning::preview',
  inject: { ...inject, trials: Trials },
  handle: (request, response, parts) =>
    answering(response, async () => parts.trials.lights(await connectionOf(request, parts))),
});

/** `{draft?, version?, customers?}`: progress and the summary, and every customer concerned where `customers` is true. */
const impact = route(`POST ${mapping}/impact`, {
  operation: mappingOperations.impact,
  area: 'admin',
  acl: 'provisioning::preview',
  reads: 'json',
  inject: { ...inject, impact: MappingImpact, trials: Trials },
  async handle(request, response, parts) {
    const asked = isObject(request.body) ? request.body : {};
    const begun = async () => {
      const connection = await connectionOf(request, parts);
      return parts.impact.run(connection, await parts.trials.mapping(connection, whichIn(asked)));
    };
    await ndjson(response, begun, (event) => event.kind !== 'customer' || asked.customers === true);
  },
});

const apply = route(`POST ${mapping}/apply`, {
  operation: mappingOperations.apply,
  area: 'admin',
  acl: 'provisioning::apply',
  reads: 'json',
  inject: { ...inject, runs: MappingRuns },
  async handle(request, response, parts) {
    const begun = async () =>
      parts.runs.apply(await connectionOf(request, parts), actorOf(request)?.name ?? 'administration');
    await ndjson(response, begun, (event) => event.kind !== 'customer' || event.outcome === 'failed');
  },
});

const runs = route(`GET ${mapping}/runs`, {
  operation: mappingOperations.runs,
  area: 'admin',
  acl: 'provisioning::preview',
  inject: { ...inject, runs: MappingRuns },
  handle: (request, response, parts) =>
    answering(response, async () => ({
      runs: await parts.runs.latest(parts.database, await connectionOf(request, parts)),
    })),
});

/** How far filters and sorts have followed the mapping in effect. */
const searchForms = route(`GET ${mapping}/search-forms`, {
  operation: mappingOperations.searchForms,
  area: 'admin',
  acl: 'provisioning::preview',
  inject: { ...inject, forms: SearchForms },
  handle: (request, response, parts) =>
    answering(response, async () => parts.forms.progress(parts.database, await connectionOf(request, parts))),
});

export const mappingRoutes = [preview, payloads, requirements, impact, apply, runs, searchForms];
