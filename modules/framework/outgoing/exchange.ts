import type { LookupAddress } from 'node:dns';
import { type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { pinned } from './addresses.ts';
import { readAnswer } from './answer.ts';
import { type Destination, shownTarget } from './destination.ts';
import { aborted, timeout, wordsOf } from './failures.ts';
import { type OutgoingAnswer, OutgoingError, type OutgoingRequest } from './outgoing.ts';

const connectMs = 3_000;
const mostHeaderBytes = 16 * 1024;
/** Set here, or none of a caller's business: hop by hop, framing, and what says who we are. */
const ownHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'cookie',
  'authorization',
  'proxy-authorization',
  'expect',
  'upgrade',
]);

/** Options of node:net that node:http hands on and does not declare. */
interface SocketOptions {
  readonly servername?: string;
  readonly autoSelectFamilyAttemptTimeout: number;
}

function optionsFor(
  { url, host, port }: Destination,
  addresses: readonly LookupAddress[],
  { method = 'GET', headers = {}, authorization, body }: OutgoingRequest,
): RequestOptions & SocketOptions {
  const given = Object.entries(headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  return {
    method,
    hostname: host,
    port,
    path: `${url.pathname}${url.search}`,
    headers: {
      ...Object.fromEntries(given),
      Host: url.host,
      // Compressed answers could be larger than they look.
      'Accept-Encoding': 'identity',
      Connection: 'close',
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
    },
    lookup: pinned(addresses),
    // No pool: a connection kept open would be one that was checked for another request.
    agent: false,
    // The quarter of a second that is usual is too short for the other side of the world.
    autoSelectFamilyAttemptTimeout: 1_000,
    maxHeaderSize: mostHeaderBytes,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
}

/** Makes the one request and reads the answer, until `ends` (milliseconds since 1970). @throws OutgoingError */
export function exchange(
  destination: Destination,
  addresses: readonly LookupAddress[],
  request: OutgoingRequest,
  ends: number,
): Promise<OutgoingAnswer> {
  const send = destination.url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((done, fail) => {
    const call: ClientRequest = send(optionsFor(destination, addresses, request));
    const over = (): void => {
      clearTimeout(timer);
      clearTimeout(connecting);
      request.signal?.removeEventListener('abort', abort);
    };
    const give = (error: OutgoingError): void => {
      over();
      fail(error);
      call.destroy();
    };
    const abort = (): void => give(aborted(destination));
    const timer = setTimeout(() => give(timeout(destination)), Math.max(0, ends - Date.now()));
    const connecting = setTimeout(
      () => give(timeout(destination)),
      Math.min(connectMs, Math.max(0, ends - Date.now())),
    );
    call.on('socket', (socket) => {
      socket.once(destination.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
    });
    call.on('error', (cause) =>
      give(
        new OutgoingError('OUTGOING_CONNECTION', `${shownTarget(destination)} can't be reached: ${wordsOf(cause)}.`, {
          cause,
        }),
      ),
    );
    call.on('response', (response) => {
      if (request.anyAnswer) clearTimeout(timer);
      readAnswer(destination, response, request).then((answer) => {
        over();
        done(answer);
      }, give);
    });
    if (request.signal?.aborted) return abort();
    request.signal?.addEventListener('abort', abort);
    call.end(request.body);
  });
}
