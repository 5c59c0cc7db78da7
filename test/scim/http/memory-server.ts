import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  type Finished,
  groupResourceType,
  isObject,
  type Mode,
  type Resource,
  type ScimRouterOptions,
  scimRouter,
  unauthorized,
  userResourceType,
} from '../../../modules/scim/index.ts';
import { MemoryHandler } from './memory-handler.ts';

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body; an empty object where there is none. */
  readonly json: Resource;
}

export interface Sending {
  readonly body?: unknown;
  /** Goes out as it stands, instead of `body`. */
  readonly raw?: string | Buffer;
  /** Undefined takes a default header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface MemoryServer {
  readonly users: MemoryHandler;
  readonly groups: MemoryHandler;
  readonly finished: Finished<string>[];
  readonly faults: unknown[];
  readonly baseUrl: string;
  /** `path` is below the SCIM base and goes out exactly as written. */
  send(method: string, path: string, sending?: Sending): Promise<Received>;
  close(): Promise<void>;
}

/** A real server on a loopback port. The token is `secret`. */
export async function startMemoryServer(
  given: { mode?: Mode; options?: Partial<ScimRouterOptions<string>> } = {},
): Promise<MemoryServer> {
  const groups: MemoryHandler = new MemoryHandler(groupResourceType, 'displayName');
  const users = new MemoryHandler(userResourceType, 'userName', (user) => withGroups(user, groups));
  const finished: Finished<string>[] = [];
  const faults: unknown[] = [];
  let baseUrl = '';
  const app = express().disable('x-powered-by');
  app.use(
    scimRouter<string>({
      authenticate: async (request, { connection }) => {
        if (request.headers.authorization !== 'Bearer secret') throw unauthorized();
        return connection ?? 'default';
      },
      resourceTypes: [users, groups],
      baseUrl: () => baseUrl,
      mode: () => given.mode ?? 'compat',
      onFinished: (one) => finished.push(one),
      onError: (error) => faults.push(error),
      ...given.options,
    }),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  baseUrl = `http://127.0.0.1:${port}/scim/v2`;
  return {
    users,
    groups,
    finished,
    faults,
    baseUrl,
    send: (method, path, sending = {}) => send(port, method, `/scim/v2${path}`, sending),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function withGroups(user: Resource, groups: MemoryHandler): Resource {
  const memberships: Resource[] = [];
  for (const group of groups.resources.values()) {
    const members = Array.isArray(group.members) ? group.members : [];
    if (members.some((member) => isObject(member) && member.value === user.id)) {
      memberships.push({ value: group.id, display: group.displayName, type: 'direct' });
    }
  }
  return memberships.length === 0 ? user : { ...user, groups: memberships };
}

function send(port: number, method: string, path: string, { body, raw, headers = {} }: Sending): Promise<Received> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const all: Record<string, string | undefined> = {
    Authorization: 'Bearer secret',
    ...(payload === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { port, host: '127.0.0.1', method, path, headers: given, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const json = text === '' ? {} : (JSON.parse(text) as Resource);
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}
