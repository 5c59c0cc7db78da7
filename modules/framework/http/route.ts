import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Dependencies, Resolved } from '../module/token.ts';
import type { MountedOperation, Operation } from './operation.ts';

/** Who may call: a resource of the ACL, or everybody, and then why. */
export type Access = { readonly acl: string } | { readonly public: string };

/** A JSON value, the fields of an HTML form, or the bytes as they came, of any type: what a signature is over. */
export type BodyFormat = 'json' | 'form' | 'bytes';

export interface Route {
  readonly kind: 'route';
  readonly method: string;
  readonly path: string;
  readonly area: 'public' | 'admin';
  readonly access: Access;
  /** What of a body is read into `request.body` before the handler is called, at most 1 MiB; nothing unless said. */
  readonly reads: BodyFormat | undefined;
  /** A dangerous act, such as making a token: the caller has given the password a few minutes ago at most. */
  readonly fresh: boolean;
  /** What it is for, in the words of the API's documentation. */
  readonly operation: Operation | undefined;
  readonly dependencies: Dependencies;
  readonly handle: (request: Request, response: Response, resolved: Record<string, unknown>) => void | Promise<void>;
}

/** What every mount says. */
interface Mounted<Headers, Handler> {
  readonly kind: 'mount';
  readonly path: string;
  readonly access: Access;
  readonly headers: Headers;
  /** What is served below the path, in the words of the API's documentation. */
  readonly operations: readonly MountedOperation[];
  readonly dependencies: Dependencies;
  readonly router: (resolved: Record<string, unknown>) => Handler;
}

/**
 * Answers requests as Node hands them over, or calls `next` for what is not its own. It looks at the whole URL itself,
 * decides itself who may call, and neither throws nor rejects.
 */
export type FrontHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * `strict`: an Express router; helmet goes before it, as before every route. `own`: sets its answers' security headers
 * itself and comes before Express, which costs a busy protocol as much as a statement.
 */
export type Mount = Mounted<'strict', RequestHandler> | Mounted<'own', FrontHandler>;

/**
 * Declares one route, `route('GET /loyalty-tier/preview/:department', { area: 'admin', acl: '…', handle })`.
 * Either `acl` or `public` (with the reason) must be said.
 */
export function route<D extends Dependencies = Record<never, never>>(
  endpoint: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`,
  declaration: Access & {
    area?: 'public' | 'admin';
    reads?: BodyFormat;
    fresh?: boolean;
    operation?: Operation;
    inject?: D;
    handle: (request: Request, response: Response, resolved: Resolved<D>) => void | Promise<void>;
  },
): Route {
  const [method = '', path = ''] = endpoint.split(' ');
  const access: Access = 'acl' in declaration ? { acl: declaration.acl } : { public: declaration.public };
  return {
    kind: 'route',
    method,
    path,
    area: declaration.area ?? 'public',
    access,
    reads: declaration.reads,
    fresh: declaration.fresh ?? false,
    operation: declaration.operation,
    dependencies: declaration.inject ?? {},
    handle: declaration.handle as Route['handle'],
  };
}

interface Served {
  readonly operations?: readonly MountedOperation[];
}

/** Declares what serves everything under a path, for protocols that own their subtree and its errors. */
export function mount<D extends Dependencies = Record<never, never>>(
  path: `/${string}`,
  declaration: Served & { public: string; headers: 'own'; inject?: D; router: (resolved: Resolved<D>) => FrontHandler },
): Mount;
export function mount<D extends Dependencies = Record<never, never>>(
  path: `/${string}`,
  declaration: Served & Access & { headers?: 'strict'; inject?: D; router: (resolved: Resolved<D>) => RequestHandler },
): Mount;
export function mount(
  path: string,
  declaration: Served & Access & { headers?: 'strict' | 'own'; inject?: Dependencies; router: unknown },
): Mount {
  const access: Access = 'acl' in declaration ? { acl: declaration.acl } : { public: declaration.public };
  const { headers = 'strict', operations = [], inject: dependencies = {}, router } = declaration;
  return { kind: 'mount', path, access, headers, operations, dependencies, router } as Mount;
}
