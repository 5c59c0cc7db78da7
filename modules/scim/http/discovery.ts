import { depart } from '../deviation/depart.ts';
import { describeConfig, describeResourceType, describeSchema, schemasOfTypes } from '../discovery/describe.ts';
import { listResponse } from '../messages/list-response.ts';
import { notFound } from '../refusal.ts';
import type { Resource } from '../resource/resource.ts';
import type { Exchange } from './exchange.ts';
import { type RequestContext, typeOf } from './handler.ts';
import { noParameters } from './target.ts';

/** Answers a discovery endpoint from what is served at this moment. */
export type Describe<C> = (exchange: Exchange<C>) => void;

/** What answers `/<name>` and `/<name>/<id>`. */
export type Discovery<C> = Readonly<Record<string, readonly [all: Describe<C>, one?: Describe<C>]>>;

/** The three discovery endpoints (RFC 7644 §4). */
export const discovery = <C>(): Discovery<C> => ({
  serviceproviderconfig: [
    (exchange) => {
      const { context, service } = exchange;
      answer(exchange, 'ServiceProviderConfig', describeConfig(service.config, context.baseUrl, context.mode));
    },
  ],
  resourcetypes: [
    (exchange) => answerAll(exchange, typesOf(exchange)),
    (exchange) => answer(exchange, 'ResourceType', named(typesOf(exchange), exchange.id)),
  ],
  schemas: [
    (exchange) => answerAll(exchange, schemasOf(exchange)),
    (exchange) => answer(exchange, 'Schema', named(schemasOf(exchange), exchange.id)),
  ],
});

/**
 * RFC 7644 §4 lets a server refuse a filter here, so that nobody takes all for a selection. Suites and clients send
 * one all the same, and stop at a refusal: whatever the query is, all is answered.
 */
export function passOver(query: string, context: RequestContext<unknown>): ReadonlyMap<string, string> {
  if (/(?:^|&)filter=/i.test(query)) depart('discovery-filter', 'query', context);
  return noParameters;
}

const typesOf = <C>({ service, context }: Exchange<C>): readonly Resource[] =>
  service.handlers.map((handler) => describeResourceType(typeOf(handler, context), context.baseUrl));

const schemasOf = <C>({ service, context }: Exchange<C>): readonly Resource[] =>
  schemasOfTypes(service.handlers.map((handler) => typeOf(handler, context))).map((schema) =>
    describeSchema(schema, context.baseUrl),
  );

const named = (resources: readonly Resource[], id: string): Resource | undefined =>
  resources.find((resource) => String(resource.id).toLowerCase() === id.toLowerCase());

function answer<C>(exchange: Exchange<C>, kind: string, found: Resource | undefined): void {
  if (!found) throw notFound(kind, exchange.id);
  exchange.answer = { status: 200, body: found };
}

function answerAll<C>(exchange: Exchange<C>, resources: readonly Resource[]): void {
  exchange.answer = { status: 200, body: listResponse({ resources, totalResults: resources.length, startIndex: 1 }) };
}
