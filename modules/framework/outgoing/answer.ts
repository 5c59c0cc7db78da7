import type { IncomingMessage } from 'node:http';
import { type Destination, shownTarget } from './destination.ts';
import { wordsOf } from './failures.ts';
import { type OutgoingAnswer, OutgoingError } from './outgoing.ts';

/** Reads an answer that is plain, of a bearable size, and not a redirect. @throws OutgoingError */
export async function readAnswer(
  destination: Destination,
  response: IncomingMessage,
  mostBytes: number,
): Promise<OutgoingAnswer> {
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
