import { Answer } from './answer.ts';

/** Where a service provider is, and how to be let in. */
export interface Target {
  /** The SCIM base URL, without a slash at its end. */
  readonly base: string;
  readonly token: string;
}

export interface Sending {
  readonly body?: unknown;
  /** Goes out as it stands, instead of `body`. */
  readonly raw?: string;
  /** Undefined takes a default header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

const patience = 60_000;

/** Sends one request with `fetch`. `path` is below the base, or a whole URL below it such as a `Location`. */
export async function send(target: Target, method: string, path: string, sending: Sending = {}): Promise<Answer> {
  const payload = sending.raw ?? (sending.body === undefined ? undefined : JSON.stringify(sending.body));
  const headers: Record<string, string | undefined> = {
    accept: 'application/scim+json',
    authorization: `Bearer ${target.token}`,
    ...(payload === undefined ? {} : { 'content-type': 'application/scim+json' }),
    ...sending.headers,
  };
  const response = await fetch(path.startsWith('http') ? path : target.base + path, {
    method,
    headers: Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
    ...(payload === undefined ? {} : { body: payload }),
  });
  return new Answer(`${method} ${path.replace(target.base, '')}`, payload, response, await response.text());
}
