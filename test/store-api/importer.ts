import { Connections, type StoreScope, storeHash } from '../../modules/connection/index.ts';
import { ApiAccounts } from '../../modules/store-api/index.ts';
import type { ScimHost } from '../provisioning/host.ts';

export interface StoreReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered
  readonly json: any;
  readonly headers: Headers;
}

/** Speaks BigCommerce's API for an API account, as importers do. */
export interface Importer {
  readonly hash: string;
  readonly token: string;
  readonly clientId: string;
  get(path: string): Promise<StoreReply>;
  post(path: string, body: unknown): Promise<StoreReply>;
  put(path: string, body: unknown): Promise<StoreReply>;
  delete(path: string): Promise<StoreReply>;
}

export async function request(
  url: string,
  token: string | undefined,
  method: string,
  body?: unknown,
): Promise<StoreReply> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { 'X-Auth-Token': token }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text), headers: response.headers };
}

/** A further connection with an API account. */
export async function importer(
  room: ScimHost,
  code: string,
  options: {
    readonly scopes?: readonly StoreScope[];
    readonly visibility?: 'managed' | 'website';
    readonly policy?: Readonly<Record<string, unknown>>;
  } = {},
): Promise<Importer> {
  const { scopes, visibility = 'managed', policy = {} } = options;
  const connections = room.host.resolve(Connections);
  const { id, credentials } = await room.database.transaction(async (tx) => {
    const known = (await connections.list(tx)).find((one) => one.code === code);
    const made = known ?? (await connections.create(tx, { code, name: code, websiteId: 1 }, room.now()));
    const connection = await connections.change(tx, code, { policy: { requestsPerSecond: 0, visibility, ...policy } });
    const account = await room.host
      .resolve(ApiAccounts)
      .create(tx, connection, { name: 'importer', scopes }, room.now());
    return { id: made.id, credentials: account.credentials };
  });
  const hash = storeHash(id);
  const { accessToken: token, clientId } = credentials;
  const at = (path: string) => `${room.url}/stores/${hash}/v3${path}`;
  return {
    hash,
    token,
    clientId,
    get: (path) => request(at(path), token, 'GET'),
    post: (path, body) => request(at(path), token, 'POST', body),
    put: (path, body) => request(at(path), token, 'PUT', body),
    delete: (path) => request(at(path), token, 'DELETE'),
  };
}
