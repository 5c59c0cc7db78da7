import { Authorizer, actFor, type Override } from '../../modules/framework/index.ts';

/** Requests to the admin API of a host, made by somebody who may do what `granted` names. */
export interface AdminClient {
  get<T = Json>(path: string): Promise<AdminAnswer<T>>;
  send<T = Json>(method: string, path: string, body?: unknown): Promise<AdminAnswer<T>>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes are looked at.
type Json = any;

export interface AdminAnswer<T = Json> {
  readonly status: number;
  readonly json: T;
  readonly headers: Headers;
}

/** An authorizer that knows everybody as "anna", who may do what a resource of this set allows; all without one. */
export function administrator(granted?: ReadonlySet<string>): { override: Override; asked: string[] } {
  const asked: string[] = [];
  const authorizer: Authorizer = {
    async authorize(request, resource) {
      asked.push(resource);
      actFor(request, { id: 1, name: 'anna' });
      return granted === undefined || granted.has(resource) ? 'granted' : 'refused';
    },
  };
  return { override: [Authorizer, authorizer], asked };
}

export function adminClient(url: string): AdminClient {
  const send: AdminClient['send'] = async (method, path, body) => {
    const response = await fetch(`${url}/admin/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  };
  return { send, get: (path) => send('GET', path) };
}
