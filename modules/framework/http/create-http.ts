import type { RequestListener } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { Declared } from '../boot/inventory.ts';
import type { Logger } from '../log/logger.ts';
import type { Dependencies } from '../module/token.ts';
import type { Authorizer } from './authorizer.ts';
import { errorHandler, notFound } from './error.ts';
import type { ErrorPages } from './error-pages.ts';
import { requestIdOf } from './front.ts';
import { confirmation, guard } from './guard.ts';
import type { FrontHandler, Mount, Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { Subtrees } from './subtrees.ts';

export interface HttpParts {
  readonly routes: readonly Declared<Route | Mount>[];
  readonly resolveAll: (dependencies: Dependencies) => Record<string, unknown>;
  readonly authorizer: Authorizer | undefined;
  readonly errorPages?: ErrorPages | undefined;
  readonly baseUrl: string;
  readonly logger: Logger;
}

/**
 * What answers requests: mounts that set their own headers first, because they are the busy ones; then the Express
 * application, where behind helmet come the other mounts and the routes, those of one first segment in module order, then
 * 404, and errors as JSON.
 */
export function createHttp({
  routes,
  resolveAll,
  authorizer,
  errorPages,
  baseUrl,
  logger,
}: HttpParts): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);
  app.use((request, response, next) => {
    response.setHeader('X-Request-Id', requestIdOf(request));
    next();
  });
  app.use(securityHeaders(baseUrl));
  const inFront: FrontHandler[] = [];
  const subtrees = new Subtrees();
  app.use(subtrees.handler);
  for (const { item } of routes) {
    const resolved = resolveAll(item.dependencies);
    if (item.kind === 'route') {
      const handle: RequestHandler = (request, response) => item.handle(request, response, resolved);
      subtrees
        .of(item.path)
        [methodOf(item)](
          item.path,
          ...guard(item.area, item.access, authorizer),
          ...readersOf(item),
          ...confirmation(item, authorizer),
          handle,
        );
    } else if (item.headers === 'own') inFront.push(item.router(resolved));
    else {
      const before = [...guard('public', item.access, authorizer), ...confirmation(item, authorizer)];
      subtrees.of(item.path).use(item.path, ...before, item.router(resolved));
    }
  }
  app.use(notFound);
  app.use(errorHandler(logger, errorPages));
  return inFront.reduceRight<RequestListener>(
    (rest, handle) => (request, response) => handle(request, response, () => rest(request, response)),
    app,
  );
}

const mostBytes = 1024 * 1024;

/** Reads the body once the caller is known to be allowed to send one. */
const readersOf = ({ reads }: Route): RequestHandler[] => {
  if (reads === undefined) return [];
  const limit = mostBytes;
  if (reads === 'bytes') return [express.raw({ type: () => true, limit })];
  return [reads === 'json' ? express.json({ limit }) : express.urlencoded({ extended: false, limit })];
};

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
const methodOf = (route: Route): Verb => route.method.toLowerCase() as Verb;
