import { userSchema } from '../../modules/scim/index.ts';

/** An answer, its body parsed. Tests look at bodies of many shapes; `json` is what JSON.parse gave. */
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

/** The detail of an error without the id of the request, which ends it. */
export const detailOf = ({ detail }: { readonly detail?: unknown }): string =>
  String(detail).replace(/ \(Request [0-9a-f-]{36}\)$/, '');

/** JSON whose members are looked at without ceremony. */
export interface Json {
  readonly [name: string]: Json;
  readonly [index: number]: Json;
}

type Body = Readonly<Record<string, unknown>> | string;

export interface ScimClient {
  send(method: string, path: string, body?: Body, headers?: Readonly<Record<string, string>>): Promise<ScimAnswer>;
  get(path: string): Promise<ScimAnswer>;
  /** GET /Users?filter=… */
  find(filter: string, more?: string): Promise<ScimAnswer>;
  /** POST /Users with the core schema filled in. */
  post(user: Readonly<Record<string, unknown>>): Promise<ScimAnswer>;
  /** POST /Users that must succeed; answers the id. */
  create(user: Readonly<Record<string, unknown>>): Promise<string>;
  put(id: string | number, user: Readonly<Record<string, unknown>>): Promise<ScimAnswer>;
  patch(id: string | number, ...operations: readonly Readonly<Record<string, unknown>>[]): Promise<ScimAnswer>;
  delete(id: string | number): Promise<ScimAnswer>;
}

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Speaks SCIM to `base` with a token; none when it is empty. */
export function scimClient(base: string, token: string): ScimClient {
  const send: ScimClient['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: (text === '' ? {} : JSON.parse(text)) as Json,
    };
  };
  const whole = (user: Readonly<Record<string, unknown>>) => ({ schemas: [userSchema.id], ...user });
  const post: ScimClient['post'] = (user) => send('POST', '/Users', whole(user));
  return {
    send,
    get: (path) => send('GET', path),
    find: (filter, more = '') => send('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`),
    post,
    async create(user) {
      const { status, json, text } = await post(user);
      if (status !== 201) throw new Error(`POST answered ${status}: ${text}`);
      return String(json.id);
    },
    put: (id, user) => send('PUT', `/Users/${id}`, whole(user)),
    patch: (id, ...operations) =>
      send('PATCH', `/Users/${id}`, { schemas: [patchSchema], Operations: [...operations] }),
    delete: (id) => send('DELETE', `/Users/${id}`),
  };
}
