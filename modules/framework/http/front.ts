import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Whether the host answers requests: not yet, yes, or not for long any more. */
export type Phase = 'starting' | 'open' | 'stopping';

const SANE_ID = /^[\w.:+/=-]{1,128}$/;

/**
 * What happens to every request before Express sees it, kept to what costs next to nothing: a request id (the caller's
 * if it is sane), repeated slashes in the path collapsed, 503 while starting, and no further keep-alive while stopping.
 */
export function front(app: RequestListener, phase: () => Phase): RequestListener {
  return (request, response) => {
    response.setHeader('X-Request-Id', requestId(request));
    const now = phase();
    if (now === 'starting') {
      answerStarting(response);
      return;
    }
    if (now === 'stopping') response.setHeader('Connection', 'close');
    request.url = collapseSlashes(request.url ?? '/');
    app(request, response);
  };
}

function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

/** `/scim//v2` → `/scim/v2`; the query stays as it is, and so does a URL in absolute form. */
export function collapseSlashes(url: string): string {
  if (!url.startsWith('/') || !url.includes('//')) return url;
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  return path.replace(/\/{2,}/g, '/') + (query < 0 ? '' : url.slice(query));
}

function answerStarting(response: ServerResponse): void {
  response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1', 'Cache-Control': 'no-store' });
  response.end('{"error":{"code":"STARTING","message":"The host is starting."}}');
}
