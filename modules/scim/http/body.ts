import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { depart } from '../deviation/depart.ts';
import type { Reading } from '../mode.ts';
import { invalidSyntax, payloadTooLarge, unsupportedMediaType } from '../refusal.ts';
import { isForbiddenName, isObject } from '../resource/resource.ts';

/**
 * Reads a JSON body, and answers its text as well. Throws `unsupportedMediaType`, `payloadTooLarge` (before reading, where Content-Length tells), or
 * `invalidSyntax` (not UTF-8, not JSON, nested deeper than `depth`, a member named `__proto__` and the like).
 */
export async function readBody(
  request: IncomingMessage,
  limits: { readonly bodyBytes: number; readonly depth: number },
  how: Pick<Reading, 'mode' | 'notes'>,
): Promise<{ readonly body: unknown; readonly text: string }> {
  checkMediaType(request, how);
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw payloadTooLarge(limits.bodyBytes);
  const bytes = await readBytes(request, limits.bodyBytes);
  if (bytes.length === 0) throw invalidSyntax('The body is empty; it must be a JSON object.');
  const text = textOf(bytes);
  const body = parseJson(text);
  inspect(body, limits.depth);
  return { body, text };
}

function checkMediaType({ headers }: IncomingMessage, how: Pick<Reading, 'mode' | 'notes'>): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw unsupportedMediaType('The body must not be compressed.');
  }
  const header = headers['content-type'];
  if (header === undefined || header === '') {
    depart(
      'media-type-missing',
      'Content-Type',
      how,
      'The body needs the header "Content-Type: application/scim+json".',
    );
    return;
  }
  const [type = '', ...parameters] = header.toLowerCase().split(';');
  const name = type.trim();
  if (name !== 'application/scim+json' && name !== 'application/json') {
    throw unsupportedMediaType('The body must be application/scim+json or application/json.');
  }
  for (const parameter of parameters) {
    const [key = '', value = ''] = parameter.split('=');
    const charset = value.trim().replaceAll('"', '');
    if (key.trim() === 'charset' && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
      throw unsupportedMediaType('The body must be in UTF-8.');
    }
  }
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // A client that hung up while it was being authenticated: no event will follow.
    if (request.destroyed) throw invalidSyntax('The body broke off.');
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      // The rest is let through unread until the answer closes the connection.
      request.off('data', onData);
      request.resume();
      reject(payloadTooLarge(limit));
    };
    request.on('data', onData);
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => reject(invalidSyntax('The body broke off.')));
    // An error with its stack is dear: every request closes, few break off.
    request.once('close', () => {
      if (!request.complete) reject(invalidSyntax('The body broke off.'));
    });
  });
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw invalidSyntax('The body is not UTF-8.');
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8's message quotes the body, which may hold a password; only the position is taken from it.
    const position = error instanceof Error ? /position \d{1,9}/.exec(error.message)?.[0] : undefined;
    throw invalidSyntax(`The body is not JSON${position ? ` (${position})` : ''}.`);
  }
}

/** Refuses what later code could not walk safely. Recurses at most `depth` levels itself. */
export function inspect(value: unknown, depth: number): void {
  if (Array.isArray(value)) {
    if (depth === 0) throw invalidSyntax('The body is nested too deeply.');
    for (const element of value) inspect(element, depth - 1);
  } else if (isObject(value)) {
    if (depth === 0) throw invalidSyntax('The body is nested too deeply.');
    for (const key of Object.keys(value)) {
      if (isForbiddenName(key)) throw invalidSyntax(`The body has a member named ${JSON.stringify(key)}.`);
      inspect(value[key], depth - 1);
    }
  }
}
