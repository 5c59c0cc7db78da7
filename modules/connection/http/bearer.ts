import type { IncomingMessage } from 'node:http';
import { Passport } from 'passport';
import { Strategy } from 'passport-http-bearer';
import { type ServiceToken, service } from '../../framework/index.ts';
import { clientAddress } from '../address/client-address.ts';
import { understandAuthorization } from '../authorization-header.ts';
import type { Connection } from '../connection.ts';
import type { BadTokens } from '../limit/bad-tokens.ts';
import type { CurrentSettings } from '../limit/current-settings.ts';
import type { RequestLimits } from '../limit/request-limits.ts';
import type { Origin, RefusedToken, TokenVerifier, VerifiedToken } from '../verification.ts';
import { type RefusedRequest, refusals } from './refused-request.ts';

/** Who calls: the connection behind a valid token, and what was unusual about the way the token came. */
export interface AuthenticatedConnection extends VerifiedToken {
  readonly notes: readonly string[];
}

/** Authenticates a request by its bearer token, and keeps its connection to its pace. */
export interface BearerAuthenticator {
  /**
   * Answers who calls, or why not. `pinnedTo` is the connection code of a pinned URL: a token of another connection is
   * refused there. `header` is what carries the token where a protocol has another header for it than Authorization.
   */
  authenticate(
    request: IncomingMessage,
    pinnedTo?: string,
    header?: string,
  ): Promise<AuthenticatedConnection | RefusedRequest>;
  /** Counts what came in one request but is as much work as `amount` of them: later ones wait for it. */
  charge(connection: Connection, amount: number): void;
}
export const BearerAuthenticator: ServiceToken<BearerAuthenticator> = service<BearerAuthenticator>(
  'connection.BearerAuthenticator',
);

type Done = (error: unknown, user?: object | false) => void;
type Verified = Awaited<ReturnType<TokenVerifier['verify']>>;

/** What passport sees of a request: the header alone. The strategy would also take a token from query or body. */
interface Facade {
  readonly headers: { readonly authorization: string };
  readonly origin: Origin;
  caller?: VerifiedToken | RefusedToken;
}

/** The strategy writes a challenge to the response when it refuses; the SCIM router writes its own. */
const noResponse = { statusCode: 0, setHeader() {}, end() {} };

/** What a request is measured by. */
export interface BearerParts {
  readonly verifier: TokenVerifier;
  readonly settings: () => CurrentSettings | Promise<CurrentSettings>;
  readonly requests: RequestLimits;
  readonly badTokens: BadTokens;
}

/** Puts passport and passport-http-bearer behind a normaliser of the Authorization header. */
export function createBearerAuthenticator(parts: BearerParts): BearerAuthenticator {
  const { verifier, requests, badTokens } = parts;
  const passport = new Passport();
  passport.use(
    new Strategy({ passReqToCallback: true }, (request: unknown, token: string, done: Done) => {
      const { origin } = request as Facade;
      verifier.verify(token, origin).then(
        (verified) => done(null, verified ?? false),
        (error: unknown) => done(error),
      );
    }),
  );
  const middleware = passport.authenticate('bearer', { session: false, failWithError: true, assignProperty: 'caller' });

  const verify = (facade: Facade): Promise<Verified> =>
    new Promise((resolve, reject) => {
      middleware(facade, noResponse, (error?: unknown) => {
        if (error === undefined || error === null) resolve(facade.caller);
        else if ((error as { status?: unknown }).status === undefined) reject(error);
        else resolve(undefined);
      });
    });

  return {
    async authenticate(request, pinnedTo, authorization = request.headers.authorization) {
      const { 'user-agent': agent } = request.headers;
      if (authorization === undefined) return refusals.missing;
      const now = parts.settings();
      const settings = now instanceof Promise ? await now : now;
      const address = clientAddress(request, settings.trustedProxies);
      const origin: Origin = { address, agent };
      const understood = understandAuthorization(authorization);
      const verified =
        understood && (await verify({ headers: { authorization: `Bearer ${understood.token}` }, origin }));
      if (!understood || !verified) return refusals.invalid(badTokens.count(address, settings), origin);
      if ('refused' in verified) return refusals.known(verified, badTokens.count(address, settings));
      const { connection } = verified;
      if (pinnedTo !== undefined && connection.code !== pinnedTo)
        return refusals.otherConnection(connection, badTokens.count(address, settings));
      const tooSoon = requests.admit(connection, settings);
      return tooSoon ? refusals.tooSoon(connection, tooSoon) : { ...verified, notes: understood.notes };
    },
    charge(connection, amount) {
      const settings = parts.settings();
      // In the moment in which they are read anew nothing is charged: it is one in thousands.
      if (!(settings instanceof Promise)) requests.charge(connection, settings, amount);
    },
  };
}
