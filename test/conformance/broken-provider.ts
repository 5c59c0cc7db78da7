import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Below the SCIM base, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a request with the help of a service provider that works, and does one thing wrong. */
export type Spoil = (asked: Asked, forward: (asked: Asked) => Promise<Answered>) => Promise<Answered>;

export interface BrokenProvider {
  readonly base: string;
  /** What is wrong from now on; nothing when left out. */
  spoil(how?: Spoil): void;
  close(): Promise<void>;
}

/** A service provider in front of a good one, which spoils what passes. */
export async function startBrokenProvider(good: string): Promise<BrokenProvider> {
  let spoil: Spoil = (asked, forward) => forward(asked);
  const forward = async ({ method, path, query, headers, body }: Asked): Promise<Answered> => {
    const text = query.toString();
    const response = await fetch(`${good}${path}${text === '' ? '' : `?${text}`}`, {
      method,
      headers,
      ...(body === '' ? {} : { body }),
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
  const server = createServer((request, response) => {
    void read(request)
      .then((asked) => spoil(asked, forward))
      .then((answered) => write(response, answered));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    spoil: (how = (asked, on) => on(asked)) => {
      spoil = how;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const hopByHop = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'accept-encoding',
]);

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const headers = Object.entries(request.headers).filter(([name]) => !hopByHop.has(name));
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function write(response: ServerResponse, { status, headers, body }: Answered): void {
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name) && name !== 'content-encoding');
  response.writeHead(status, Object.fromEntries(kept));
  response.end(status === 204 || status === 304 ? undefined : body);
}
