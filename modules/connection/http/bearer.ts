import type { IncomingMessage } from 'node:http';
import { Passport } from 'passport';
import { Strategy } from 'passport-http-bearer';
import { type ServiceToken, service } from '../../framework/index.ts';
import { understandAuthorization } from '../authorization-header.ts';
import type { AuthenticatedConnection, Origin, RefusedToken, TokenVerifier } from '../token.ts';

/** Authenticates a request by its bearer token. */
export interface BearerAuthenticator {
  /**
   * Answers who calls, or why not. `pinnedTo` is the connection code of a pinned URL: a token of another connection is
   * refused there.
   */
  authenticate(
    request: IncomingMessage,
    pinnedTo?: string,
  ): Promise<AuthenticatedConnection | { refused: RefusedToken }>;
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
  caller?: NonNullable<Verified>;
}

/** The strategy writes a challenge to the response when it refuses; the SCIM router writes its own. */
const noResponse = { statusCode: 0, setHeader() {}, end() {} };

/** Puts passport and passport-http-bearer behind a normaliser of the Authorization header. */
export function createBearerAuthenticator(verifier: TokenVerifier): BearerAuthenticator {
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
    async authenticate(request, pinnedTo) {
      const understood = understandAuthorization(request.headers.authorization);
      if (!understood) return { refused: request.headers.authorization === undefined ? 'missing' : 'invalid' };
      const verified = await verify({
        headers: { authorization: `Bearer ${understood.token}` },
        origin: { address: request.socket.remoteAddress, agent: request.headers['user-agent'] },
      });
      if (!verified) return { refused: 'invalid' };
      if (pinnedTo !== undefined && verified.connection.code !== pinnedTo) return { refused: 'other-connection' };
      return { ...verified, notes: understood.notes };
    },
  };
}
