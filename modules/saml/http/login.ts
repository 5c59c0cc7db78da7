import { Database, route } from '../../framework/index.ts';
import { SamlError } from '../error.ts';
import { LoginRefused } from '../login/arrival.ts';
import { beginLogin } from '../login/beginning.ts';
import { nonceOf } from '../login/nonce.ts';
import { foreignAddress } from '../login/refusal.ts';
import { returnAddress, usualAddress } from '../login/return-address.ts';
import { SamlRequests } from '../request/requests.ts';
import { Housekeeping } from '../session/housekeeping.ts';
import { TestLogins } from '../test-login/test-login.ts';
import { parameterOf } from './form.ts';
import { signInOperations } from './operations.ts';
import { ReceptionService } from './services.ts';
import { carry } from './show.ts';

/** How long somebody may take at the identity provider. */
const nonceMs = 10 * 60_000;

/** Begins a login: `?return_to=` says where the browser goes afterwards, `?test=` that it is an administrator's test. */
export const loginRoute = route('GET /saml/:connection/login', {
  operation: signInOperations.login,
  public: 'people begin to sign in here',
  inject: {
    database: Database,
    reception: ReceptionService,
    requests: SamlRequests,
    tests: TestLogins,
    housekeeping: Housekeeping,
  },
  handle: (request, response, { database, reception, requests, tests, housekeeping }) =>
    reception.receive(request, response, async (visit) => {
      const { provider, now, shop } = visit;
      const ticket = parameterOf(request, 'test');
      const wanted = parameterOf(request, 'return_to');
      if (ticket !== undefined && !(await tests.start(database, provider.connection.id, ticket, now)))
        throw new SamlError(
          'SAML_UNSOLICITED',
          'The test login was begun already, or is older than ten minutes; begin another.',
        );
      const to = wanted === undefined ? usualAddress(provider) : returnAddress(wanted, provider);
      if (!to) {
        const reason =
          'return_to is no address that the connection lists; its SAML settings name where browsers may go.';
        reception.note(visit, 'sign-in', foreignAddress, reason, wanted?.slice(0, 200));
        throw new LoginRefused(foreignAddress);
      }
      const { nonce, digest: browser } = nonceOf(reception.nonce.read(request));
      const purpose = ticket === undefined ? ({ kind: 'login', to } as const) : ({ kind: 'test', ticket } as const);
      const outgoing = await beginLogin(database, requests, { provider, purpose, browser, now });
      reception.nonce.set(response, nonce, new Date(now.getTime() + nonceMs));
      carry(response, outgoing, { title: 'Sign in', shop });
      housekeeping.due(now);
    }),
});
