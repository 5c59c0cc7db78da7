import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { History } from './history.ts';

/** Ten receivers behind one port, by path. Three of them fail: 30 %. */
export const paths: readonly string[] = Array.from({ length: 10 }, (_, n) => `/receiver/${n}`);

/** How each of the failing ones does it; the others acknowledge everything at once. */
type Failing = (response: ServerResponse, sinceMs: number) => boolean;
const failing: Readonly<Record<string, Failing>> = {
  // Something is wrong with every third request.
  '/receiver/2': (response) => Math.random() < 0.33 && answer(response, Math.random() < 0.5 ? 500 : 302),
  // Away for five seconds out of fifteen: connections break.
  '/receiver/5': (response, sinceMs) => sinceMs % 15_000 < 5_000 && broken(response),
  // Has too much to do at times, and hangs at others.
  '/receiver/8': (response) => {
    const dice = Math.random();
    if (dice < 0.2) return answer(response, 429, { 'retry-after': '1' });
    return dice < 0.21 && hanging(response);
  },
};

function broken(response: ServerResponse): boolean {
  response.destroy();
  return true;
}

function hanging(response: ServerResponse): boolean {
  setTimeout(() => response.destroy(), 5_000).unref();
  return true;
}

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}): boolean {
  response.writeHead(status, headers).end();
  return true;
}

export interface Receivers {
  readonly port: number;
  readonly requests: () => number;
  /** Milliseconds from the change to the first attempt, of the receivers that do not fail. */
  readonly waits: number[];
  /** From now on nobody fails any more. */
  mend(): void;
  close(): void;
}

/** `secretOf` answers a path's signing secret; what is not signed by it is a contradiction of its own. */
export async function openReceivers(
  history: History,
  secretOf: (path: string) => string | undefined,
  onForged: (path: string) => void,
): Promise<Receivers> {
  const began = Date.now();
  const waits: number[] = [];
  const seen = new Set<string>();
  let requests = 0;
  let mended = false;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += part;
    requests++;
    const path = request.url ?? '';
    const messageId = String(request.headers['webhook-id']);
    if (!isSigned(request, body, secretOf(path) ?? '')) onForged(path);
    const { scope, data } = JSON.parse(body) as Callback;
    const told = { customer: data.address?.customer_id ?? data.id, change: `${scope} ${data.id}`, messageId };
    history.arrived(told);
    if (!failing[path] && !seen.has(messageId)) waits.push(history.age(told.customer, told.change));
    seen.add(messageId);
    if (!mended && failing[path]?.(response, Date.now() - began)) return;
    history.acknowledged(told);
    response.end();
  }
  const server = createServer((request, response) => void receive(request, response).catch(() => response.destroy()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    waits,
    mend: () => {
      mended = true;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Callback {
  readonly scope: string;
  readonly data: { readonly id: number; readonly address?: { readonly customer_id: number } };
}

function isSigned({ headers }: IncomingMessage, body: string, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
