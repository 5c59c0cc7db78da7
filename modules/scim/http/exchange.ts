import type { IncomingMessage } from 'node:http';
import type { PatchOperation } from '../patch/operation.ts';
import type { NormalizedResource } from '../resource/normalize.ts';
import type { Resource } from '../resource/resource.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { RequestContext, ResourceHandler } from './handler.ts';
import type { Operation } from './options.ts';
import type { QueryParameters } from './query.ts';
import type { Service } from './service.ts';

/** One request on its way through the steps of an endpoint; each step reads what earlier ones left here. */
export interface Exchange<Caller> {
  /** Undefined for what did not come over HTTP. */
  readonly request: IncomingMessage | undefined;
  readonly service: Service<Caller>;
  readonly context: RequestContext<Caller>;
  /** Of the URL, by lower-case name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Last segment of the URL where it names a resource, a resource type or a schema. */
  readonly id: string;
  /** The code in `/connections/<code>/…`. */
  readonly connection?: string;
  /** There from the start for an operation of a bulk request. */
  body?: unknown;
  given?: QueryParameters;
  received?: NormalizedResource;
  operations?: readonly PatchOperation[];
  /** What the handler answered, or what a discovery endpoint describes. */
  resource?: Resource;
  /** Set once there is an answer: the status, and what stands in the body. */
  answer?: Answer;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** The body as JSON, where it is at hand: then it is not written anew. */
  readonly text?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `type` is the handler's as it was when the request came: it may change in the middle of one. */
export type Step<Caller> = (
  exchange: Exchange<Caller>,
  handler: ResourceHandler<Caller>,
  type: ResourceType,
) => void | Promise<void>;

/** What answers one method of one URL: steps that run in order. */
export interface Endpoint<Caller> {
  readonly operation: Operation;
  /** Undefined where no resource type is concerned. */
  readonly handler?: ResourceHandler<Caller>;
  /** Reads the query of the URL. */
  readonly parametersOf: (query: string, context: RequestContext<Caller>) => ReadonlyMap<string, string>;
  readonly run: (exchange: Exchange<Caller>) => Promise<void>;
}
