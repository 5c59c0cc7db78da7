import express, { type Express, type RequestHandler } from 'express';
import type { Declared } from '../boot/inventory.ts';
import type { Logger } from '../log/logger.ts';
import type { Dependencies } from '../module/token.ts';
import type { Authorizer } from './authorizer.ts';
import { errorHandler, notFound } from './error.ts';
import type { ErrorPages } from './error-pages.ts';
import { confirmation, guard } from './guard.ts';
import type { Mount, Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';

export interface HttpParts {
  readonly routes: readonly Declared<Route | Mount>[];
  readonly resolveAll: (dependencies: Dependencies) => Record<string, unknown>;
  readonly authorizer: Authorizer | undefined;
  readonly errorPages?: ErrorPages | undefined;
  readonly baseUrl: string;
  readonly logger: Logger;
}

/**
 * The Express application: mounts that set their own headers first, because they are the busy ones; then, behind
 * helmet, the other mounts and the routes in module order; then 404 and errors as JSON.
 */
export function createHttp({ routes, resolveAll, authorizer, errorPages, baseUrl, logger }: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);
  const items = routes.map(({ item }) => item);
  const busy = items.filter((item) => item.kind === 'mount' && item.headers === 'own');
  const add = (item: Route | Mount): void => {
    const resolved = resolveAll(item.dependencies);
    if (item.kind === 'mount') {
      app.use(item.path, ...guard('public', item.access, authorizer), item.router(resolved));
    } else {
      const handle: RequestHandler = (request, response) => item.handle(request, response, resolved);
      app[methodOf(item)](
        item.path,
        ...guard(item.area, item.access, authorizer),
        ...readersOf(item),
        ...confirmation(item, authorizer),
        handle,
      );
    }
  };
  busy.forEach(add);
  app.use(securityHeaders(baseUrl));
  for (const item of items) if (!busy.includes(item)) add(item);
  app.use(notFound);
  app.use(errorHandler(logger, errorPages));
  return app;
}

const mostBytes = 1024 * 1024;

/** Reads the body once the caller is known to be allowed to send one. */
const readersOf = ({ reads }: Route): RequestHandler[] => {
  if (reads === undefined) return [];
  return [
    reads === 'json' ? express.json({ limit: mostBytes }) : express.urlencoded({ extended: false, limit: mostBytes }),
  ];
};

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
const methodOf = (route: Route): Verb => route.method.toLowerCase() as Verb;
