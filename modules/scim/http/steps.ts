import { listResponse } from '../messages/list-response.ts';
import { readPatch } from '../patch/message.ts';
import { everything, parseProjection, project } from '../projection/projection.ts';
import { invalidSyntax } from '../refusal.ts';
import { normalizeResource } from '../resource/normalize.ts';
import { isObject, type Resource } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { namesVersion } from '../version/precondition.ts';
import { readBody } from './body.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { ListQuery, RequestContext, ResourceHandler } from './handler.ts';
import { jsonTextOf, jsonTextsOf, listResponseText } from './json-text.ts';
import { queryFromMessage, queryFromUrl, readQuery } from './query.ts';

/** Reads the body as JSON. An operation of a bulk request has brought its own. */
export function readMessage<C>(exchange: Exchange<C>): Promise<void> | undefined {
  return exchange.body === undefined ? readInto(exchange, exchange.service.limits) : undefined;
}

/** RFC 7644 §3.7: every operation may be nested as deeply as one that comes alone, and stands three levels down. */
export function readBulkMessage<C>(exchange: Exchange<C>): Promise<void> {
  const { bulkBytes, depth } = exchange.service.limits;
  return readInto(exchange, { bodyBytes: bulkBytes, depth: depth + 3 });
}

async function readInto<C>(exchange: Exchange<C>, limits: { bodyBytes: number; depth: number }): Promise<void> {
  const { body, text } = await readBody(present(exchange.request), limits, exchange.context);
  exchange.body = body;
  const { course } = exchange.context;
  if (course) {
    course.body = body;
    course.text = text;
    course.passed('receive');
  }
}

/** RFC 7644 §3.3, §3.5.1: the body is a resource. */
export function readResource<C>(exchange: Exchange<C>, _: unknown, type: ResourceType): void {
  const { context } = exchange;
  const received = normalizeResource(exchange.body, type, context.mode);
  context.notes.push(...received.notes);
  context.ignored.push(...received.ignored);
  exchange.received = received;
  context.course?.passed('normalise');
}

/** RFC 7644 §3.5.2: the body is a PatchOp message. */
export function readOperations<C>(exchange: Exchange<C>, _: unknown, type: ResourceType): void {
  exchange.operations = readPatch(exchange.body, type, exchange.context);
  exchange.context.course?.passed('normalise');
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
export function readProjection<C>(exchange: Exchange<C>, _: unknown, type: ResourceType): void {
  if (exchange.given === undefined && exchange.parameters.size === 0) return;
  const given = exchange.given ?? queryFromUrl(exchange.parameters);
  writable(exchange.context).projection = parseProjection(given, type, exchange.context);
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

export async function listResources<C>(
  exchange: Exchange<C>,
  handler: ResourceHandler<C>,
  type: ResourceType,
): Promise<void> {
  const { context, service } = exchange;
  const query: ListQuery = readQuery(exchange.given ?? {}, type, service.limits, context);
  const page = await handler.list(context, query);
  const startIndex = query.cursor === undefined ? query.startIndex : undefined;
  const texts = context.projection === everything ? jsonTextsOf(page) : undefined;
  if (texts) {
    const { totalResults, nextCursor, previousCursor } = page;
    const text = listResponseText(texts, { totalResults, startIndex, nextCursor, previousCursor });
    exchange.answer = { status: 200, text };
    return;
  }
  const resources = page.resources.map((resource) => project(resource, type, context.projection));
  exchange.answer = { status: 200, body: listResponse({ ...page, resources, startIndex }) };
}

/** RFC 7644 §3.14: 304 where the client has this version already. */
export function checkNotModified<C>(exchange: Exchange<C>): void {
  const { ifNoneMatch } = exchange.context;
  if (ifNoneMatch === undefined) return;
  const version = metaOf(exchange.resource).version;
  if (typeof version !== 'string') return;
  if (namesVersion(ifNoneMatch, version)) exchange.answer = { status: 304, headers: { ETag: version } };
}

/** 200 with what the projection shows of the resource. */
export function renderResource<C>(exchange: Exchange<C>, _: unknown, type: ResourceType): void {
  exchange.answer ??= {
    status: 200,
    ...shownOf(exchange, type),
    headers: versionHeader(exchange.resource),
  };
}

/** 201 with `Location`, whether the resource was made, adopted or brought back. */
export function renderCreated<C>(exchange: Exchange<C>, _: unknown, type: ResourceType): void {
  const location = metaOf(exchange.resource).location;
  exchange.answer = {
    status: 201,
    ...shownOf(exchange, type),
    headers: {
      ...versionHeader(exchange.resource),
      ...(typeof location === 'string' ? { Location: location } : {}),
    },
  };
}

/** What the answer shows of the resource: its text, where that is at hand and all of it is shown. */
function shownOf<C>(exchange: Exchange<C>, type: ResourceType): Pick<Answer, 'body' | 'text'> {
  const resource = present(exchange.resource);
  const { projection } = exchange.context;
  const text = projection === everything ? jsonTextOf(resource) : undefined;
  return text === undefined ? { body: project(resource, type, projection) } : { body: resource, text };
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
