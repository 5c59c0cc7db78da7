import type { Request, Response } from 'express';
import type { Activities } from '../../activity/index.ts';
import { type ClientAddresses, FloodGate, neighbourhood } from '../../connection/index.ts';
import type { Clock, Database, Environment, Logger } from '../../framework/index.ts';
import type { Storefronts } from '../../store/index.ts';
import { SamlError } from '../error.ts';
import { LoginRefused } from '../login/arrival.ts';
import { type Refusal, refusalOfSaml, tooManyAttempts, unreadable } from '../login/refusal.ts';
import { refusalPage } from '../page/refusal.tsx';
import type { SamlProvider } from '../provider/provider.ts';
import type { SamlProviders } from '../provider/providers.ts';
import { type Cookie, nonceCookie, sessionCookie } from './cookies.ts';
import { show } from './show.ts';

export interface VisitParts {
  readonly database: Database;
  readonly providers: SamlProviders;
  readonly storefronts: Storefronts;
  readonly addresses: ClientAddresses;
  readonly activities: Activities;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds that never go back. */
  readonly pulse: { milliseconds(): number };
}

/** Somebody's browser at one of a connection's addresses. */
export interface Visit {
  readonly provider: SamlProvider;
  /** The store's name. */
  readonly shop: string;
  readonly requestId: string;
  readonly now: Date;
  readonly address: string | undefined;
  readonly agent: string | undefined;
}

/** Receives people at the addresses of connections. */
export interface Reception {
  readonly session: Cookie;
  readonly nonce: Cookie;
  /**
   * Calls `attend` for a connection that takes part in SAML; whatever is refused becomes a page. A LoginRefused was recorded
   * by whoever threw it, other errors are recorded here.
   */
  receive(request: Request, response: Response, attend: (visit: Visit) => Promise<void>): Promise<void>;
  /** The record of what was refused before anybody was known. */
  note(visit: Visit, operation: string, refusal: Refusal, reason: string, trace?: string): void;
}

/** What one network may do: hundreds who come to work at once, and no flood. */
const pace = { perSecond: 10, burst: 600 };

export function createReception(parts: VisitParts): Reception {
  const { database, providers, storefronts, addresses, activities, environment, clock, logger, pulse } = parts;
  const https = environment.baseUrl.startsWith('https:');
  const gate = new FloodGate('', () => pulse.milliseconds());

  const note: Reception['note'] = ({ provider, requestId, now }, operation, refusal, reason, trace) =>
    activities.note({
      at: now,
      operation,
      outcome: refusal === ourFault ? 'failed' : 'refused',
      status: refusal.status,
      connectionId: provider.connection.id,
      actor: 'SAML',
      requestId,
      reason,
      trace: [{ step: 'refuse', note: trace }],
    });

  return {
    session: sessionCookie(https),
    nonce: nonceCookie(https),
    note,
    async receive(request, response, attend) {
      const requestId = String(response.getHeader('X-Request-Id') ?? '');
      const code = String(request.params.connection ?? '');
      const refuse = (refusal: Refusal, shop?: string, reference?: string): void => {
        const again = refusal.again ? `/saml/${encodeURIComponent(code)}/login` : undefined;
        show(response, refusalPage({ refusal, shop, again, reference }), refusal.status);
      };
      let visit: Visit | undefined;
      try {
        const address = await addresses.of(request);
        const tooSoon = gate.pass(address === undefined ? '' : neighbourhood(address), pace);
        if (tooSoon) {
          response.set('Retry-After', String(tooSoon.retryAfter));
          return refuse(tooManyAttempts);
        }
        const provider = await providers.byCode(database, code);
        if (!provider) return refuse(refusalOfSaml('SAML_DISABLED'));
        const shop = (await storefronts.of(provider.connection.websiteId)).name;
        visit = { provider, shop, requestId, now: clock.now(), address, agent: request.headers['user-agent'] };
        if (!provider.enabled || !provider.idp)
          throw new SamlError(
            'SAML_DISABLED',
            `The connection "${code}" is paused, SAML is not switched on, or its identity provider is not known yet.`,
          );
        await attend(visit);
      } catch (error) {
        const { shop } = visit ?? {};
        if (error instanceof LoginRefused) return refuse(error.refusal, shop, requestId);
        const [refusal, reason] = wordsOf(error);
        if (refusal === ourFault) logger.error({ err: error, requestId }, 'A sign-in or sign-out failed');
        if (visit) note(visit, request.path.endsWith('/logout') ? 'sign-out' : 'sign-in', refusal, reason);
        refuse(refusal, shop, visit && requestId);
      }
    },
  };
}

const ourFault: Refusal = {
  status: 503,
  title: 'Something went wrong here',
  sentence: 'It is not your fault, and nothing has changed.',
  cure: 'Try again in a few minutes. If this page comes back, tell your administrator the reference below.',
  again: true,
};

/** What people read of an error that nobody has recorded yet, and what the record says. */
function wordsOf(error: unknown): readonly [Refusal, string] {
  if (error instanceof SamlError) return [refusalOfSaml(error.code), error.message];
  // Express's body parser refuses with a status of its own.
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return [unreadable, `The form is too large, compressed or broken (${status}).`];
  return [ourFault, 'It failed here; the log says why.'];
}
