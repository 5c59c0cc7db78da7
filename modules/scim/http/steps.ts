import { listResponse } from '../messages/list-response.ts';
import { readPatch } from '../patch/message.ts';
import { parseProjection, project } from '../projection/projection.ts';
import { invalidSyntax } from '../refusal.ts';
import { normalizeResource } from '../resource/normalize.ts';
import { isObject, type Resource } from '../resource/resource.ts';
import { readBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import type { ListQuery, RequestContext, ResourceHandler } from './handler.ts';
import { queryFromMessage, queryFromUrl, readQuery } from './query.ts';

/** Reads the body as JSON. */
export async function readMessage<C>(exchange: Exchange<C>): Promise<void> {
  exchange.body = await readBody(exchange.request, exchange.service.limits, exchange.context.mode);
}

/** RFC 7644 §3.3, §3.5.1: the body is a resource. */
export function readResource<C>(exchange: Exchange<C>, { type }: ResourceHandler<C>): void {
  const { context } = exchange;
  const received = normalizeResource(exchange.body, type, context.mode);
  context.notes.push(...received.notes);
  context.ignored.push(...received.ignored);
  exchange.received = received;
}

/** RFC 7644 §3.5.2: the body is a PatchOp message. */
export function readOperations<C>(exchange: Exchange<C>, { type }: ResourceHandler<C>): void {
  exchange.operations = readPatch(exchange.body, type, exchange.context);
}

/** RFC 7644 §3.4.2: the parameters of a query stand in the URL. */
export function readUrlQuery<C>(exchange: Exchange<C>): void {
  exchange.given = queryFromUrl(exchange.parameters);
}

/** RFC 7644 §3.4.3: the parameters of a query stand in a SearchRequest message. */
export function readSearchRequest<C>(exchange: Exchange<C>): void {
  exchange.given = queryFromMessage(exchange.body, exchange.context);
}

/** RFC 7644 §3.9: which attributes the answer shows. */
export function readProjection<C>(exchange: Exchange<C>, { type }: ResourceHandler<C>): void {
  if (exchange.given === undefined && exchange.parameters.size === 0) return;
  const given = exchange.given ?? queryFromUrl(exchange.parameters);
  writable(exchange.context).projection = parseProjection(given, type);
}

export async function createResource<C>(exchange: Exchange<C>, handler: ResourceHandler<C>): Promise<void> {
  exchange.resource = await handler.create(exchange.context, present(exchange.received));
}

export async function getResource<C>(exchange: Exchange<C>, handler: ResourceHandler<C>): Promise<void> {
  exchange.resource = await handler.get(exchange.context, exchange.id);
}

export async function replaceResource<C>(exchange: Exchange<C>, handler: ResourceHandler<C>): Promise<void> {
  exchange.resource = await handler.replace(exchange.context, exchange.id, present(exchange.received));
}

export async function patchResource<C>(exchange: Exchange<C>, handler: ResourceHandler<C>): Promise<void> {
  const resource = await handler.patch(exchange.context, exchange.id, present(exchange.operations));
  if (resource === undefined) exchange.answer = { status: 204 };
  else exchange.resource = resource;
}

export async function deleteResource<C>(exchange: Exchange<C>, handler: ResourceHandler<C>): Promise<void> {
  await handler.delete(exchange.context, exchange.id);
  exchange.answer = { status: 204 };
}

export async function listResources<C>(exchange: Exchange<C>, handler: ResourceHandler<C>): Promise<void> {
  const { context, service } = exchange;
  const query: ListQuery = readQuery(exchange.given ?? {}, handler.type, service.limits, context);
  const { resources, totalResults } = await handler.list(context, query);
  const shown = resources.map((resource) => project(resource, handler.type, context.projection));
  exchange.answer = {
    status: 200,
    body: listResponse({ resources: shown, totalResults, startIndex: query.startIndex }),
  };
}

/** RFC 7644 §3.14: 304 where the client has this version already. */
export function checkNotModified<C>(exchange: Exchange<C>): void {
  const { ifNoneMatch } = exchange.context;
  if (ifNoneMatch === undefined) return;
  const version = metaOf(exchange.resource).version;
  if (typeof version !== 'string') return;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim());
  if (tags.includes('*') || tags.includes(version)) exchange.answer = { status: 304, headers: { ETag: version } };
}

/** 200 with what the projection shows of the resource. */
export function renderResource<C>(exchange: Exchange<C>, { type }: ResourceHandler<C>): void {
  exchange.answer ??= {
    status: 200,
    body: project(present(exchange.resource), type, exchange.context.projection),
    headers: versionHeader(exchange.resource),
  };
}

/** 201 with `Location`, whether the resource was made, adopted or brought back. */
export function renderCreated<C>(exchange: Exchange<C>, { type }: ResourceHandler<C>): void {
  const location = metaOf(exchange.resource).location;
  exchange.answer = {
    status: 201,
    body: project(present(exchange.resource), type, exchange.context.projection),
    headers: {
      ...versionHeader(exchange.resource),
      ...(typeof location === 'string' ? { Location: location } : {}),
    },
  };
}

function versionHeader(resource: Resource | undefined): Record<string, string> {
  const version = metaOf(resource).version;
  return typeof version === 'string' ? { ETag: version } : {};
}

function metaOf(resource: Resource | undefined): Resource {
  const meta = resource?.meta;
  return isObject(meta) ? meta : {};
}

/** The router makes contexts, so it may fill in what a step finds out later. */
function writable<C>(context: RequestContext<C>): { -readonly [K in keyof RequestContext<C>]: RequestContext<C>[K] } {
  return context;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw invalidSyntax('The request lacks its body.');
  return value;
}
