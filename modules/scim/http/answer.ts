import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './exchange.ts';

/** Writes the answer and ends it. The media type stands without a charset, because Entra compares it literally. */
export function send(request: IncomingMessage, response: ServerResponse, requestId: string, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  // Written as one list: that costs half of setting them one by one.
  const headers = ['Cache-Control', 'no-store', 'X-Content-Type-Options', 'nosniff', 'X-Request-Id', requestId];
  for (const name in answer.headers) {
    const value = answer.headers[name];
    if (value !== undefined) headers.push(name, value);
  }
  const text = answer.text ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
  if (text !== undefined)
    headers.push('Content-Type', mediaType(request.headers.accept), 'Content-Length', `${Buffer.byteLength(text)}`);
  response.writeHead(answer.status, headers).end(text);
}

/** `application/json` only for a client that asks for it and would not take `application/scim+json`. */
export function mediaType(accept: string | undefined): 'application/scim+json' | 'application/json' {
  if (accept === undefined) return 'application/scim+json';
  const wanted = accept.toLowerCase();
  const scim = wanted.includes('scim+json') || wanted.includes('*/*') || wanted.includes('application/*');
  return !scim && wanted.includes('application/json') ? 'application/json' : 'application/scim+json';
}
