import type { IncomingMessage } from 'node:http';
import type { ServiceProviderConfig } from '../discovery/service-provider-config.ts';
import type { ScimError } from '../error.ts';
import type { Mode } from '../mode.ts';
import type { Course } from './course.ts';
import type { ResourceHandler } from './handler.ts';

export interface ScimLimits {
  /** Longest body, in bytes. */
  readonly bodyBytes: number;
  /** Deepest nesting of a body; the resource itself is 1. */
  readonly depth: number;
  /** Page size where the client names none. */
  readonly defaultCount: number;
  /** Largest page; a greater `count` is cut to it, or refused with a cursor. */
  readonly maxCount: number;
  /** How long a cursor is good for at least, in seconds. */
  readonly cursorTimeout: number;
  /** Most operations of one bulk request. */
  readonly bulkOperations: number;
  /** Longest body of a bulk request, in bytes. */
  readonly bulkBytes: number;
}

export const defaultLimits: ScimLimits = {
  bodyBytes: 1024 * 1024,
  depth: 32,
  defaultCount: 100,
  maxCount: 1000,
  cursorTimeout: 3600,
  bulkOperations: 1000,
  bulkBytes: 1024 * 1024,
};

/** What is known of a request before its caller is. */
export interface Arrival {
  readonly requestId: string;
  /** The code in `/scim/v2/connections/<code>/…`, decoded. */
  readonly connection?: string;
  /** For remarks such as an oddly written Authorization header that was understood. */
  readonly notes: string[];
}

export type Operation =
  | 'create'
  | 'read'
  | 'list'
  | 'search'
  | 'replace'
  | 'patch'
  | 'delete'
  | 'bulk'
  | 'discovery'
  | 'unknown';

/**
 * What happened to one request; told once, after the answer was handed to the socket. A bulk request is told of like
 * any other, and before it each of its operations as if it had come alone, with `bulkIndex`.
 */
export interface Finished<Caller> {
  readonly requestId: string;
  readonly method: string;
  /** Below the SCIM base, without the query. */
  readonly path: string;
  readonly operation: Operation;
  /** Of an operation in a bulk request: its place in there, from 0. */
  readonly bulkIndex?: number;
  readonly status: number;
  /** From the arrival of the request to the answer. */
  readonly milliseconds: number;
  readonly resourceType?: string;
  /** Of the resource that was named or made. */
  readonly resourceId?: string;
  readonly connection?: string;
  readonly caller?: Caller;
  readonly error?: ScimError;
  readonly outcome?: string;
  readonly notes: readonly string[];
  readonly ignored: readonly string[];
  /** What was received, and the steps it went through. */
  readonly course: Course;
}

/** What a caller wants to do; `resourceType` where it concerns one. */
export interface Intention {
  readonly operation: Operation;
  readonly resourceType?: string;
}

export interface ScimRouterOptions<Caller> {
  /** Tells who calls, or throws `unauthorized` / `forbidden`. Called before anything of the request is looked at. */
  authenticate(request: IncomingMessage, arrival: Arrival): Promise<Caller>;
  /**
   * Throws `forbidden` where the caller may not do this. Called before the body is read; for a bulk request as a whole,
   * and again for each of its operations.
   */
  authorize?(caller: Caller, intention: Intention): void;
  readonly resourceTypes: readonly ResourceHandler<Caller>[];
  /** The public SCIM base URL, such as `https://store.example/scim/v2`; the only source of URLs in answers. */
  baseUrl(): string;
  /** Path of the SCIM base on this server. */
  readonly path?: string;
  readonly limits?: Partial<ScimLimits>;
  /** Default: `compat` for everybody. */
  mode?(caller: Caller): Mode;
  readonly serviceProviderConfig?: Partial<ServiceProviderConfig>;
  now?(): Date;
  requestId?(request: IncomingMessage): string;
  /** Turns errors of lower layers (an unreachable database) into refusals; undefined leaves it a 500. */
  mapError?(error: unknown): ScimError | undefined;
  /** Told of every 500, with the error behind it. The client sees the request id only. */
  onError?(error: unknown, requestId: string): void;
  onFinished?(finished: Finished<Caller>): void;
}
