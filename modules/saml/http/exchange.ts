import type { Response } from 'express';
import { Activities } from '../../activity/index.ts';
import {
  BearerAuthenticator,
  FloodGate,
  type Pulse,
  type RefusedRequest,
  scopeRefusal,
} from '../../connection/index.ts';
import { Clock, HttpError, route, type ServiceToken, sendError, service } from '../../framework/index.ts';
import { CodeExchange } from '../code/exchange.ts';
import { readJson } from './form.ts';
import { signInOperations } from './operations.ts';

/** How often a storefront may bring codes that are not good: a person who reloads a page brings one. */
const wrongCodes = { perSecond: 1, burst: 60 };

/** Counts wrong codes per connection; one per host. */
export const WrongCodes: ServiceToken<FloodGate<number>> = service<FloodGate<number>>('saml.WrongCodes');
export const createWrongCodes = (pulse: Pulse): FloodGate<number> => new FloodGate(0, () => pulse.milliseconds());

/** Who brings what is no token of a storefront, in the words of its refusal. */
function refuse(response: Response, { status, detail, retryAfter }: RefusedRequest): void {
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  const code = status === 401 ? 'UNAUTHENTICATED' : status === 403 ? 'FORBIDDEN' : 'TOO_MANY_REQUESTS';
  sendError(response, status, code, detail ?? 'Send a token of the connection: Authorization: Bearer …');
}

/**
 * `POST {code, redirect_uri}` with a token of the connection that has the scope `saml:exchange`: answers the customer and
 * a customer token of the store, once per code.
 */
export const exchangeRoute = route('POST /saml/:connection/exchange', {
  operation: signInOperations.exchange,
  public: 'storefronts come with a token of the connection, which is checked here',
  inject: {
    authenticator: BearerAuthenticator,
    exchange: CodeExchange,
    wrong: WrongCodes,
    activities: Activities,
    clock: Clock,
  },
  async handle(request, response, { authenticator, exchange, wrong, activities, clock }) {
    const caller = await authenticator.authenticate(request, String(request.params.connection));
    if ('refused' in caller) {
      refuse(response, caller);
      return;
    }
    const { connection, scopes, tokenName: actor } = caller;
    const closed = connection.active
      ? scopeRefusal(scopes, 'exchange', undefined)
      : `The connection "${connection.code}" is paused; its page in the administration (connection:resume) ends that.`;
    if (closed !== undefined) throw new HttpError(403, 'FORBIDDEN', closed);
    const body = await readJson(request, response);
    const [code, redirect] = [body.get('code'), body.get('redirect_uri')];
    if (typeof code !== 'string' || typeof redirect !== 'string')
      throw new HttpError(400, 'BODY_INVALID', 'Send {"code": "…", "redirect_uri": "…"}: as the browser brought them.');
    const now = clock.now();
    const requestId = String(response.getHeader('X-Request-Id') ?? '');
    const exchanged = await exchange.exchange({ connection, code, redirect, actor, requestId, now });
    if (exchanged) {
      response.set('Cache-Control', 'no-store').json(exchanged);
      return;
    }
    const tooMany = wrong.pass(connection.id, wrongCodes);
    const [status, name] = tooMany ? ([429, 'TOO_MANY_REQUESTS'] as const) : ([400, 'CODE_INVALID'] as const);
    const reason =
      'The code is not good for this connection and redirect_uri: it is unknown, was used, or is older than 60 seconds. Let the person sign in again.';
    if (tooMany) response.set('Retry-After', String(tooMany.retryAfter));
    if (!tooMany || tooMany.telling)
      activities.note({
        at: now,
        operation: 'sign-in.exchange',
        outcome: 'refused',
        status,
        connectionId: connection.id,
        actor,
        requestId,
        reason,
      });
    sendError(response, status, name, tooMany ? 'Too many codes that are not good; wait a moment.' : reason);
  },
});
