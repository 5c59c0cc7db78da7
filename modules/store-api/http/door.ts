import type { IncomingMessage } from 'node:http';
import type { Activities } from '../../activity/index.ts';
import {
  type AuthenticatedConnection,
  type BearerAuthenticator,
  type RefusedRequest,
  type StoreScope,
  scopeRefusal,
  storeHash,
} from '../../connection/index.ts';
import type { Clock } from '../../framework/index.ts';
import { nothingHere, StoreRefusal } from '../refusal.ts';

export interface DoorParts {
  readonly authenticator: BearerAuthenticator;
  readonly activities: Activities;
  readonly clock: Clock;
}

/** What a request wants, as far as its path tells. */
export interface Wanted {
  readonly hash: string;
  readonly scope: StoreScope;
  readonly requestId: string;
}

const operations: Readonly<Record<StoreScope, string>> = {
  'store:customers': 'store.customers',
  'store:hooks': 'store.hooks',
};

/** The client id of an account is the public part of its token. */
const clientIdIn = (token: string): string => /vsb_([a-z0-9]{8})_/.exec(token)?.[1] ?? '';

function refused({ status, detail, retryAfter }: RefusedRequest): StoreRefusal {
  const title = detail ?? 'Send the access token of an API account: X-Auth-Token: …';
  return new StoreRefusal(
    status,
    title,
    retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } },
  );
}

/**
 * Who calls, by the access token in `X-Auth-Token`. A store hash that is not the account's is nobody's.
 *
 * @throws StoreRefusal 401, 403, 404, 429
 */
export async function admit(
  { authenticator, activities, clock }: DoorParts,
  request: IncomingMessage,
  { hash, scope, requestId }: Wanted,
): Promise<AuthenticatedConnection & { readonly clientId: string }> {
  const header = request.headers['x-auth-token'];
  const token = Array.isArray(header) ? header[0] : header;
  const note = (operation: string, { status, message: reason }: StoreRefusal, connectionId: number | undefined) =>
    activities.note({ at: clock.now(), operation, outcome: 'refused', status, connectionId, requestId, reason });
  if (token === undefined) throw refused({ refused: 'missing', status: 401, telling: false });
  const caller = await authenticator.authenticate(request, undefined, token);
  if ('refused' in caller) {
    const refusal = refused(caller);
    if (caller.telling) note(`store.${caller.refused}`, refusal, caller.connection?.id);
    throw refusal;
  }
  const { connection, scopes } = caller;
  if (hash !== storeHash(connection.id))
    throw nothingHere(
      'There is no store with this hash that the access token belongs to; the API path of the account has the right one.',
    );
  const closed = connection.active
    ? scopeRefusal(scopes, operations[scope], undefined)
    : `The connection "${connection.code}" is paused; its page in the administration (connection:resume) turns it on again.`;
  if (closed === undefined) return { ...caller, clientId: clientIdIn(token) };
  const refusal = new StoreRefusal(403, closed);
  note(connection.active ? operations[scope] : 'store.paused', refusal, connection.id);
  throw refusal;
}
