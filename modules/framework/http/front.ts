import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Whether the host answers requests: not yet, yes, or not for long any more. */
export type Phase = 'starting' | 'open' | 'stopping';

const SANE_ID = /^[\w.:+/=-]{1,128}$/;

/**
 * What happens to every request before anything else sees it, kept to what costs next to nothing: repeated slashes in the
 * path collapsed, 503 while starting, and no further keep-alive while stopping.
 */
export function front(app: RequestListener, phase: () => Phase): RequestListener {
  return (request, response) => {
    const now = phase();
    if (now === 'starting') {
      answerStarting(request, response);
      return;
    }
    if (now === 'stopping') response.setHeader('Connection', 'close');
    request.url = collapseSlashes(request.url ?? '/');
    app(request, response);
  };
}

const id = Symbol('request id');
type Identified = IncomingMessage & { [id]?: string };

/** The id of a request, for its answer and its record: the caller's if it is sane. The same whenever it is asked for. */
export function requestIdOf(request: Identified): string {
  const known = request[id];
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const chosen = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
  request[id] = chosen;
  return chosen;
}

/** `/scim//v2` → `/scim/v2`; the query stays as it is, and so does a URL in absolute form. */
export function collapseSlashes(url: string): string {
  if (!url.startsWith('/') || !url.includes('//')) return url;
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  return path.replace(/\/{2,}/g, '/') + (query < 0 ? '' : url.slice(query));
}

function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const requestId = requestIdOf(request);
  response.writeHead(503, {
    'Content-Type': 'application/json',
    'Retry-After': '1',
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
  });
  response.end(JSON.stringify({ error: { code: 'STARTING', message: 'The host is starting.', requestId } }));
}
