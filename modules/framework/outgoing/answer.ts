import type { IncomingMessage } from 'node:http';
import { type Destination, shownTarget } from './destination.ts';
import { wordsOf } from './failures.ts';
import { type OutgoingAnswer, OutgoingError, type OutgoingRequest } from './outgoing.ts';

/** Reads an answer that is plain, of a bearable size, and not a redirect, unless any will do. @throws OutgoingError */
export async function readAnswer(
  destination: Destination,
  response: IncomingMessage,
  { mostBytes, anyAnswer = false, withinMs = bodyWithin }: OutgoingRequest,
): Promise<OutgoingAnswer> {
  if (anyAnswer) return readBeginning(response, mostBytes, Math.min(bodyWithin, withinMs));
  const { statusCode: status = 0, headers, socket } = response;
  const address = socket.remoteAddress ?? '';
  const refuse = (code: 'OUTGOING_REDIRECT' | 'OUTGOING_ANSWER', what: string): OutgoingError => {
    response.destroy();
    return new OutgoingError(code, `${shownTarget(destination)} ${what}.`);
  };
  if (status >= 300 && status < 400)
    throw refuse('OUTGOING_REDIRECT', `answered ${status}: it leads elsewhere; use the URL that it leads to`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw refuse('OUTGOING_ANSWER', 'answered in a compressed form that was not asked for');
  const tooLarge = `answered more than the ${mostBytes} bytes that are read`;
  if (Number(headers['content-length'] ?? 0) > mostBytes) throw refuse('OUTGOING_ANSWER', tooLarge);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > mostBytes) throw refuse('OUTGOING_ANSWER', tooLarge);
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof OutgoingError) throw cause;
    throw new OutgoingError(
      'OUTGOING_CONNECTION',
      `${shownTarget(destination)} broke off its answer: ${wordsOf(cause as NodeJS.ErrnoException)}.`,
      { cause },
    );
  }
  return { status, headers, body: Buffer.concat(parts), address };
}

/** For the beginning of an answer that will do in any case, in milliseconds. */
const bodyWithin = 1_000;

/** The server has spoken with its status: that the rest is long, slow, compressed or broken off does not matter. */
async function readBeginning(response: IncomingMessage, mostBytes: number, within: number): Promise<OutgoingAnswer> {
  const { statusCode: status = 0, headers, socket } = response;
  const address = socket.remoteAddress ?? '';
  const parts: Buffer[] = [];
  let left = (headers['content-encoding'] ?? 'identity') === 'identity' ? mostBytes : 0;
  const slow = setTimeout(() => response.destroy(), within);
  try {
    if (left > 0)
      for await (const part of response as AsyncIterable<Buffer>) {
        parts.push(part.subarray(0, left));
        left -= part.length;
        if (left <= 0) break;
      }
  } catch {
    // What came until then is the answer.
  } finally {
    clearTimeout(slow);
    response.destroy();
  }
  return { status, headers, body: Buffer.concat(parts), address };
}
