import {
  type Answer,
  answer,
  type Content,
  type Inventory,
  type JsonSchema,
  json,
  type Mount,
  type Operation,
  type Route,
} from '../../framework/index.ts';
import type { Endpoint, Parameter } from './endpoint.ts';
import { bracedPath, endpointId, parametersIn, titleOf } from './names.ts';
import { administrator } from './security.ts';

/** What routes answer that refuse, unless they say otherwise. */
export const refusal: Answer = answer(
  'A refusal: what is wrong, and what to do.',
  json.named(
    'Refusal',
    json.object({
      error: json.object({
        code: json.text,
        message: json.text,
        requestId: json.said('By it the record and the log are found; X-Request-Id says it, too.'),
      }),
    }),
  ),
);

/** The pages of the administration are no API: people read them, and their forms carry a token. */
const isDocumented = ({ area, path }: Route): boolean => area === 'public' || path.startsWith('/admin/api/');

/** Everything that the enabled modules serve to programs and browsers, in module order; described by itself, if need be. */
export function endpointsOf(inventory: Inventory): readonly Endpoint[] {
  return inventory.routes.flatMap(({ module, item }) => {
    if (item.kind === 'mount') return ofMount(module, item);
    return isDocumented(item) ? [ofRoute(module, item, inventory)] : [];
  });
}

function ofRoute(module: string, route: Route, inventory: Inventory): Endpoint {
  const path = bracedPath(route.path);
  const resource = 'acl' in route.access ? route.access.acl : undefined;
  const allows = resource === undefined ? undefined : (inventory.acl.get(resource) ?? resource);
  const operation = route.operation ?? plainOperation(route, allows);
  return {
    id: endpointId(route.method, path),
    module,
    tag: operation.tag ?? titleOf(module),
    method: route.method,
    path,
    operation,
    parameters: parametersOf(path, operation),
    body: operation.body ?? plainBody(route),
    security: operation.security ?? (resource === undefined ? [] : [administrator]),
    acl: resource === undefined ? undefined : { resource, allows: allows ?? resource },
    fresh: route.fresh,
    forBrowsers: isForBrowsers(operation),
  };
}

const ofMount = (module: string, mount: Mount): Endpoint[] =>
  mount.operations.map((operation) => {
    const path = bracedPath(`${mount.path}${operation.at}`);
    return {
      id: endpointId(operation.method, path),
      module,
      tag: operation.tag ?? titleOf(module),
      method: operation.method,
      path,
      operation,
      parameters: parametersOf(path, operation),
      body: operation.body,
      security: operation.security ?? [],
      acl: undefined,
      fresh: false,
      forBrowsers: isForBrowsers(operation),
    };
  });

/** A route that says nothing of itself is described by its access. */
const plainOperation = ({ access, method, path }: Route, allows: string | undefined): Operation => ({
  summary: `${method} ${bracedPath(path)}`,
  ...('public' in access ? { description: `Open to everybody: ${access.public}.` } : { description: `${allows}.` }),
  answers: { 200: answer('It went well.', json.anything) },
});

const plainBody = ({ reads }: Route): Content | undefined =>
  reads === undefined
    ? undefined
    : { schema: json.record, example: {}, ...(reads === 'form' ? { type: 'application/x-www-form-urlencoded' } : {}) };

const inPath = (name: string, schema: JsonSchema = json.text): Parameter => ({ name, in: 'path', schema });

const parametersOf = (path: string, { path: described = {}, query = {} }: Operation): readonly Parameter[] => [
  ...parametersIn(path).map((name) => inPath(name, described[name])),
  ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema }) as const),
];

const isShown = ({ type = '' }: Answer): boolean => /^(text\/(html|css)|image\/)/.test(type);

/** Answers pages, or what pages load, and refuses with pages: no program reads it. */
const isForBrowsers = ({ answers, refusal: refused }: Operation): boolean => {
  const all = [...Object.values(answers), ...(refused ? [refused] : [])];
  return all.some(isShown) && all.every((one) => isShown(one) || one.schema === undefined);
};
