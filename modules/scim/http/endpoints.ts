import { methodNotAllowed, notImplemented, unknownEndpoint } from '../refusal.ts';
import { serveBulk } from './bulk.ts';
import { discovery, passOver } from './discovery.ts';
import type { Endpoint, Exchange, Step } from './exchange.ts';
import { type ResourceHandler, typeOf } from './handler.ts';
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
  readBulkMessage,
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
import { readParameters } from './target.ts';

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
  collections.set(
    'bulk',
    methods<C>({ POST: plain('bulk', [readBulkMessage, (exchange) => serveBulk(exchange, find)]) }),
  );
  for (const [name, [all, one]] of Object.entries(discovery<C>())) {
    collections.set(name, methods<C>({ GET: { ...plain<C>('discovery', [all]), parametersOf: passOver } }));
    if (one) items.set(name, methods<C>({ GET: { ...plain<C>('discovery', [one]), parametersOf: passOver } }));
  }
  return find;

  function find(method: string, segments: readonly string[]): Endpoint<C> {
    const [first = '', second] = segments;
    const name = first.toLowerCase();
    if (name === 'me') throw notImplemented('/Me is not served: tokens belong to a connection, not to a user.');
    const table = second === undefined ? collections : second === '.search' ? searches : items;
    const found = segments.length > 2 ? undefined : table.get(name);
    if (!found) throw unknownEndpoint(`/${segments.join('/')}`);
    const match = found.get(method);
    if (!match) throw methodNotAllowed(method, [...found.keys()]);
    return match;
  }
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
    parametersOf: readParameters,
    run: async (exchange) => {
      const type = typeOf(handler, exchange.context);
      for (const step of steps) {
        const pending = step(exchange, handler, type);
        if (pending !== undefined) await pending;
      }
    },
  };
}

type PlainStep<C> = (exchange: Exchange<C>) => void | Promise<void>;

function plain<C>(operation: Operation, steps: readonly PlainStep<C>[]): Endpoint<C> {
  return {
    operation,
    parametersOf: readParameters,
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
