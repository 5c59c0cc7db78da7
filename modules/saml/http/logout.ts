import type { Request, Response } from 'express';
import { Environment, type Resolved, route } from '../../framework/index.ts';
import { SamlError } from '../error.ts';
import { LoginRefused } from '../login/arrival.ts';
import { browserOf, nonceOf } from '../login/nonce.ts';
import { foreignLogout, refusalOfSaml } from '../login/refusal.ts';
import { returnAddress } from '../login/return-address.ts';
import { Logouts } from '../logout/logouts.ts';
import { askLogout, type LogoutExtent, loggedOut } from '../page/logout.tsx';
import type { SamlProvider } from '../provider/provider.ts';
import type { LogoutArrival } from '../verification/logout-verifier.ts';
import { LogoutVerifier } from '../verification/logout-verifier.ts';
import { type FormFields, parameterOf, rawQueryOf, readForm } from './form.ts';
import { signInOperations } from './operations.ts';
import { ReceptionService } from './services.ts';
import { carry, go, show } from './show.ts';
import type { Visit } from './visit.ts';

const inject = { reception: ReceptionService, logouts: Logouts, verifier: LogoutVerifier, environment: Environment };
type Parts = Resolved<typeof inject>;

const nonceMs = 10 * 60_000;

/** Where the browser goes once it is logged out, if that is an address of the connection's list. */
const afterwards = (wanted: string | null | undefined, provider: SamlProvider): string | undefined => {
  const to = wanted ? returnAddress(wanted, provider) : undefined;
  return to?.kind === 'storefront' ? to.address : undefined;
};

/** Where a form that logs out may lead to. */
export const logoutForms = ({ idp }: SamlProvider): readonly string[] =>
  [idp?.sloUrls.redirect, idp?.sloUrls.post].filter((address) => address !== undefined);

function tell(response: Response, { provider, shop }: Visit, extent: LogoutExtent, address?: string): void {
  const next =
    address === undefined
      ? { href: `/saml/${provider.connection.code}/login`, label: 'Sign in again' }
      : { href: address, label: 'Back to the store' };
  show(response, loggedOut(shop, extent, next));
}

/** A message of the identity provider: it asks, or it answers what was asked. */
async function message(
  request: Request,
  response: Response,
  visit: Visit,
  { reception, logouts, verifier }: Parts,
  how: { binding: 'redirect'; rawQuery: string } | { binding: 'post'; message: string; relayState: string | undefined },
): Promise<void> {
  const { provider, now, requestId, shop } = visit;
  const occasion = {
    provider,
    browser: browserOf(reception.nonce.read(request)),
    binding: how.binding,
    requestId,
    now,
  };
  try {
    const arrival: LogoutArrival = { provider, now, ...how };
    const verified = await verifier.verify(arrival);
    if (verified.kind === 'request') {
      const answer = await logouts.obey(verified, occasion);
      if (answer) carry(response, answer, { title: 'Logging out', shop });
      else tell(response, visit, 'here');
      return;
    }
    const { extent, returnTo } = await logouts.hear(verified, occasion);
    const address = afterwards(returnTo, provider);
    if (extent !== 'partly' && address !== undefined) go(response, address);
    else tell(response, visit, extent, address);
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    const trace = error.point === undefined ? error.code : `${error.code}, point ${error.point}`;
    reception.note(visit, 'sign-out', refusalOfSaml(error.code), error.message, trace);
    // Our half was done before the identity provider was asked; what is not known is its half.
    if (error.code === 'SAML_UNSOLICITED') tell(response, visit, 'here');
    else throw new LoginRefused(refusalOfSaml(error.code), { cause: error });
  }
}

/** Whether one of our own pages made the browser send a form. */
function isOurs(request: Request, baseUrl: string): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers;
  return site === undefined ? origin === undefined || origin === new URL(baseUrl).origin : site === 'same-origin';
}

/** The form of our own pages. */
async function leave(
  request: Request,
  response: Response,
  visit: Visit,
  { reception, logouts, environment }: Parts,
  fields: FormFields,
): Promise<void> {
  if (!isOurs(request, environment.baseUrl)) {
    reception.note(visit, 'sign-out', foreignLogout, 'Another site made the browser send the form; nothing was done.');
    throw new LoginRefused(foreignLogout);
  }
  const { provider, now, requestId, shop } = visit;
  const secret = reception.session.read(request);
  const address = afterwards(fields.get('return_to'), provider);
  const { nonce, digest: browser } = nonceOf(reception.nonce.read(request));
  const returnTo = address ?? null;
  const left =
    secret === undefined ? undefined : await logouts.leave({ provider, secret, browser, returnTo, requestId, now });
  reception.session.clear(response);
  if (left === undefined) return tell(response, visit, 'not-signed-in', address);
  if (left === 'unasked') return tell(response, visit, 'here', address);
  reception.nonce.set(response, nonce, new Date(now.getTime() + nonceMs));
  carry(response, left, { title: 'Logging out', shop }, address);
}

/** `GET`: the identity provider's messages in the HTTP-Redirect binding; without one, the question whether to log out. */
const byAddress = route('GET /saml/:connection/logout', {
  operation: signInOperations.logoutByAddress,
  public: 'identity providers send browsers here, whose messages are verified',
  inject,
  handle: (request, response, parts) =>
    parts.reception.receive(request, response, async (visit) => {
      const rawQuery = rawQueryOf(request);
      if (/(?:^|&)SAML(?:Request|Response)=/.test(rawQuery))
        return message(request, response, visit, parts, { binding: 'redirect', rawQuery });
      const { provider, shop } = visit;
      const code = provider.connection.code;
      if (parts.reception.session.read(request) === undefined) return tell(response, visit, 'not-signed-in');
      const returnTo = afterwards(parameterOf(request, 'return_to'), provider);
      const onwards = returnTo === undefined ? [] : [returnTo];
      show(response, askLogout(shop, `/saml/${code}/logout`, returnTo), 200, [...logoutForms(provider), ...onwards]);
    }),
});

/** `POST`: the identity provider's messages in the HTTP-POST binding, and the form of our own pages. */
const byForm = route('POST /saml/:connection/logout', {
  operation: signInOperations.logoutByForm,
  public: 'identity providers and our own pages send forms here',
  inject,
  handle: (request, response, parts) =>
    parts.reception.receive(request, response, async (visit) => {
      const fields = await readForm(request, response);
      const text = fields.get('SAMLRequest') ?? fields.get('SAMLResponse');
      if (text === undefined) return leave(request, response, visit, parts, fields);
      const relayState = fields.get('RelayState');
      return message(request, response, visit, parts, { binding: 'post', message: text, relayState });
    }),
});

export const logoutRoutes = [byAddress, byForm] as const;
