import { describeConfig, describeResourceType, describeSchema, schemasOfTypes } from '../discovery/describe.ts';
import { listResponse } from '../messages/list-response.ts';
import { forbidden, methodNotAllowed, notFound, notImplemented, unknownEndpoint } from '../refusal.ts';
import type { Resource } from '../resource/resource.ts';
import type { Endpoint, Exchange, Step } from './exchange.ts';
import type { ResourceHandler } from './handler.ts';
import type { Operation } from './options.ts';
import { searchEverything } from './search-everything.ts';
import type { Service } from './service.ts';
import {
  checkNotModified,
  createResource,
  deleteResource,
  getResource,
  listResources,
  patchResource,
  readMessage,
  readOperations,
  readProjection,
  readResource,
  readSearchRequest,
  readUrlQuery,
  renderCreated,
  renderResource,
  replaceResource,
} from './steps.ts';

type Methods<C> = ReadonlyMap<string, Endpoint<C>>;

/** Finds what answers a method and a path below the SCIM base; throws 404, 405 or 501. */
export type FindEndpoint<C> = (method: string, segments: readonly string[]) => Endpoint<C>;

/** Lays out all endpoints once; finding one takes two look-ups. */
export function layOutEndpoints<C>(service: Service<C>): FindEndpoint<C> {
  const collections = new Map<string, Methods<C>>();
  const items = new Map<string, Methods<C>>();
  const searches = new Map<string, Methods<C>>();
  for (const handler of service.handlers) {
    const name = handler.type.endpoint.slice(1).toLowerCase();
    collections.set(name, collectionOf(handler));
    items.set(name, itemOf(handler));
    searches.set(name, methods<C>({ POST: endpoint('search', handler, searchSteps()) }));
  }
  collections.set('.search', methods<C>({ POST: plain('search', [readMessage, readSearchRequest, searchEverything]) }));
  for (const [name, [all, one]] of Object.entries(discoveryOf(service))) {
    collections.set(name, methods<C>({ GET: plain('discovery', [refuseFilter, all]) }));
    if (one) items.set(name, methods<C>({ GET: plain('discovery', [refuseFilter, one]) }));
  }
  return (method, segments) => {
    const [first = '', second] = segments;
    const name = first.toLowerCase();
    if (name === 'me') throw notImplemented('/Me is not served: tokens belong to a connection, not to a user.');
    if (name === 'bulk' && segments.length === 1) throw notImplemented('Bulk operations are not served.');
    const table = second === undefined ? collections : second === '.search' ? searches : items;
    const found = segments.length > 2 ? undefined : table.get(name);
    if (!found) throw unknownEndpoint(`/${segments.join('/')}`);
    const match = found.get(method);
    if (!match) throw methodNotAllowed(method, [...found.keys()]);
    return match;
  };
}

const collectionOf = <C>(handler: ResourceHandler<C>): Methods<C> =>
  methods({
    GET: endpoint('list', handler, [readUrlQuery, readProjection, listResources]),
    POST: endpoint('create', handler, [readMessage, readProjection, readResource, createResource, renderCreated]),
  });

const itemOf = <C>(handler: ResourceHandler<C>): Methods<C> =>
  methods({
    GET: endpoint('read', handler, [readProjection, getResource, checkNotModified, renderResource]),
    PUT: endpoint('replace', handler, [readMessage, readProjection, readResource, replaceResource, renderResource]),
    PATCH: endpoint('patch', handler, [readMessage, readProjection, readOperations, patchResource, renderResource]),
    DELETE: endpoint('delete', handler, [deleteResource]),
  });

const searchSteps = <C>(): readonly Step<C>[] => [readMessage, readSearchRequest, readProjection, listResources];

function endpoint<C>(operation: Operation, handler: ResourceHandler<C>, steps: readonly Step<C>[]): Endpoint<C> {
  return {
    operation,
    handler,
    run: async (exchange) => {
      for (const step of steps) {
        const pending = step(exchange, handler);
        if (pending !== undefined) await pending;
      }
    },
  };
}

type PlainStep<C> = (exchange: Exchange<C>) => void | Promise<void>;

function plain<C>(operation: Operation, steps: readonly PlainStep<C>[]): Endpoint<C> {
  return {
    operation,
    run: async (exchange) => {
      for (const step of steps) await step(exchange);
    },
  };
}

/** HEAD is GET without a body; Node leaves the body away by itself. */
function methods<C>(table: Readonly<Record<string, Endpoint<C>>>): Methods<C> {
  const map = new Map(Object.entries(table));
  const get = map.get('GET');
  if (get) map.set('HEAD', get);
  return map;
}

/** RFC 7644 §4: discovery takes no filter, so that nobody mistakes all for a selection; other parameters mean nothing. */
function refuseFilter<C>(exchange: Exchange<C>): void {
  if (exchange.parameters.has('filter')) throw forbidden('Discovery endpoints cannot be filtered.');
}

type Discovery<C> = Readonly<Record<string, readonly [all: PlainStep<C>, one?: PlainStep<C>]>>;

function discoveryOf<C>({ handlers, config }: Service<C>): Discovery<C> {
  const types = handlers.map((handler) => handler.type);
  const schemas = schemasOfTypes(types);
  const one = (exchange: Exchange<C>, kind: string, found: Resource | undefined): void => {
    if (!found) throw notFound(kind, exchange.id);
    exchange.answer = { status: 200, body: found };
  };
  const all = (exchange: Exchange<C>, resources: readonly Resource[]): void => {
    exchange.answer = { status: 200, body: listResponse({ resources, totalResults: resources.length, startIndex: 1 }) };
  };
  return {
    serviceproviderconfig: [
      (exchange) => one(exchange, 'ServiceProviderConfig', describeConfig(config, exchange.context.baseUrl)),
    ],
    resourcetypes: [
      (exchange) =>
        all(
          exchange,
          types.map((type) => describeResourceType(type, exchange.context.baseUrl)),
        ),
      (exchange) => {
        const type = types.find((candidate) => candidate.id.toLowerCase() === exchange.id.toLowerCase());
        one(exchange, 'ResourceType', type && describeResourceType(type, exchange.context.baseUrl));
      },
    ],
    schemas: [
      (exchange) =>
        all(
          exchange,
          schemas.map((schema) => describeSchema(schema, exchange.context.baseUrl)),
        ),
      (exchange) => {
        const schema = schemas.find((candidate) => candidate.id.toLowerCase() === exchange.id.toLowerCase());
        one(exchange, 'Schema', schema && describeSchema(schema, exchange.context.baseUrl));
      },
    ],
  };
}
