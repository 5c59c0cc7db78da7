import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that arrived. */
export interface Received {
  readonly path: string;
  /** `webhook-id`. */
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What `data` of the body says. */
  readonly data: { readonly type: string; readonly id: number | string; readonly [field: string]: unknown };
}

export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A receiver of webhooks on loopback. It says 200 unless a test wants something else. */
export interface Receiver {
  readonly port: number;
  readonly received: Received[];
  /** Set by tests; of a promise nothing is answered before it is kept. */
  answer: (received: Received) => Answered | Promise<Answered>;
  /** Resolves when as many requests as this have arrived since the last `forget`. */
  arrivals(count: number): Promise<void>;
  /** What was received under a path, as `data.id`s. */
  ids(path?: string): (number | string)[];
  forget(): void;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  let waiting: { count: number; go: () => void }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { data } = JSON.parse(body) as Pick<Received, 'data'>;
    const id = String(request.headers['webhook-id']);
    const one = { path: request.url ?? '', id, headers: request.headers, body, data };
    receiver.received.push(one);
    for (const { count, go } of waiting) if (receiver.received.length >= count) go();
    const { status = 200, headers = {}, body: text = 'thanks' } = await receiver.answer(one);
    response.writeHead(status, headers).end(text);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const receiver: Receiver = {
    port: (server.address() as AddressInfo).port,
    received: [],
    answer: () => ({}),
    arrivals: (count) =>
      new Promise((go) => {
        if (receiver.received.length >= count) go();
        else waiting.push({ count, go });
      }),
    ids: (path) =>
      receiver.received.filter((one) => path === undefined || one.path === path).map(({ data }) => data.id),
    forget() {
      receiver.received.length = 0;
      receiver.answer = () => ({});
      waiting = [];
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
