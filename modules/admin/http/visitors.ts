import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { type Clock, type Encryptor, type ServiceToken, service } from '../../framework/index.ts';
import type { Sessions, SignedIn } from '../access/session.ts';
import { type Cookie, cookie } from './cookies.ts';

/** A request's session, by whichever way it came. */
export interface Visitor {
  readonly secret: string;
  readonly signedIn: SignedIn;
}

/** Who stands behind a request, and what keeps their browser from being used by others. */
export interface Visitors {
  /** Looked up once per request. */
  of(request: Request): Promise<Visitor | undefined>;
  /** A bearer in the header: such a request is never sent by a browser on its own. */
  bearer(request: Request): string | undefined;
  /** Gives the browser its session. */
  welcome(response: Response, session: { readonly secret: string; readonly seconds: number }): void;
  dismiss(response: Response): void;
  /** The token that forms of this browser carry; before the login, that of a cookie which is set here. */
  formToken(request: Request, response: Response): Promise<string>;
  /** Whether `token` is the one that a form of this browser carries. */
  isFormToken(request: Request, token: string): Promise<boolean>;
  readonly theme: Cookie;
  /** What pages give a browser to remember. */
  keepsake(name: string): Cookie;
}
export const Visitors: ServiceToken<Visitors> = service<Visitors>('admin.Visitors');

export interface VisitorParts {
  readonly sessions: Sessions;
  readonly encryptor: Encryptor;
  readonly clock: Clock;
  readonly https: boolean;
}

export function createVisitors({ sessions, encryptor, clock, https }: VisitorParts): Visitors {
  const sessionCookie = cookie('vestibule_admin', https);
  const formCookie = cookie('vestibule_form', https);
  const known = new WeakMap<Request, Promise<Visitor | undefined>>();
  const fresh = new WeakMap<Request, string>();
  const tokenFor = (secret: string): string => encryptor.hmac(`form:${secret}`).toString('base64url');

  const bearer = (request: Request): string | undefined =>
    /^bearer +(vsa_[\w-]{20,100}) *$/i.exec(request.headers.authorization ?? '')?.[1];

  async function look(request: Request): Promise<Visitor | undefined> {
    const given = bearer(request);
    const secret = given ?? sessionCookie.read(request);
    if (secret === undefined) return undefined;
    const signedIn = await sessions.find(secret, clock.now());
    // A bearer in a cookie, or a cookie's secret as a bearer, is somebody's trick.
    const expected = given === undefined ? 'browser' : 'bearer';
    return signedIn?.kind === expected ? { secret, signedIn } : undefined;
  }

  const of = (request: Request): Promise<Visitor | undefined> => {
    let found = known.get(request);
    if (!found) {
      found = look(request);
      known.set(request, found);
    }
    return found;
  };

  return {
    of,
    bearer,
    welcome: (response, { secret, seconds }) => sessionCookie.set(response, secret, seconds),
    dismiss: (response) => sessionCookie.clear(response),
    async formToken(request, response) {
      const visitor = await of(request);
      if (visitor) return tokenFor(visitor.secret);
      let secret = fresh.get(request) ?? formCookie.read(request);
      if (secret === undefined) {
        secret = randomBytes(24).toString('base64url');
        fresh.set(request, secret);
        formCookie.set(response, secret);
      }
      return tokenFor(secret);
    },
    async isFormToken(request, token) {
      const secret = (await of(request))?.secret ?? formCookie.read(request);
      if (secret === undefined) return false;
      const [given, expected] = [Buffer.from(token), Buffer.from(tokenFor(secret))];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
    theme: cookie('vestibule_theme', https),
    keepsake: (name) => cookie(`vestibule_${name}`, https),
  };
}
