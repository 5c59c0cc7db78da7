import { type RequestHandler, Router } from 'express';

/** The first segment of a path, as routes are compared: without regard to case. */
function segmentOf(path: string): string {
  const end = path.indexOf('/', 1);
  return (end < 0 ? path : path.slice(0, end)).toLowerCase();
}

/**
 * Routes by the first segment of their paths, in their order. Express tries one route after the other, and a request for
 * the last room would be held against all pages of the administration before.
 */
export class Subtrees {
  readonly #routers = new Map<string, Router>();

  /** Hands a request to the routes that begin as it does; its URL stays as it is. */
  readonly handler: RequestHandler = (request, response, next) => {
    const router = this.#routers.get(segmentOf(request.path));
    if (router) router(request, response, next);
    else next();
  };

  /** Where a route of this path belongs; that it begins with a word was checked at boot. */
  of(path: string): Router {
    const segment = segmentOf(path);
    const known = this.#routers.get(segment);
    if (known) return known;
    const router = Router();
    this.#routers.set(segment, router);
    return router;
  }
}
