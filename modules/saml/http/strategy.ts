import type { Request, Response } from 'express';
import { Passport, type Strategy, type StrategyCreated } from 'passport';
import { type ServiceToken, service } from '../../framework/index.ts';
import { type Arrival, LoginRefused, type Welcome } from '../login/arrival.ts';
import type { LoginFinishing } from '../login/finishing.ts';

interface Options {
  readonly arrival: Arrival;
}

/** A passport strategy around the finishing of a login: succeeds with a welcome, fails with a refusal. */
export const samlStrategy = (finishing: LoginFinishing): Strategy => ({
  name: 'saml',
  authenticate(this: StrategyCreated<Strategy>, _request: Request, { arrival }: Options) {
    finishing.finish(arrival).then(
      (welcome) => this.success(welcome),
      (error: unknown) => (error instanceof LoginRefused ? this.fail({ refused: error }, 403) : this.error(error)),
    );
  },
});

/** Lets passport authenticate an arrival. @throws LoginRefused */
export type Authenticate = (request: Request, response: Response, arrival: Arrival) => Promise<Welcome>;
export const Authenticate: ServiceToken<Authenticate> = service<Authenticate>('saml.Authenticate');

/** Passport with our strategy. Sessions are ours, so passport keeps none. */
export function createAuthenticate(finishing: LoginFinishing): Authenticate {
  const passport = new Passport();
  passport.use(samlStrategy(finishing));
  return (request, response, arrival) =>
    new Promise((resolve, reject) => {
      const options = { session: false, arrival };
      const handle = passport.authenticate('saml', options, (error: unknown, welcome: unknown, info: unknown) => {
        if (error) reject(error);
        else if (welcome) resolve(welcome as Welcome);
        else reject((info as { refused?: unknown } | undefined)?.refused);
      });
      handle(request, response, reject);
    });
}
