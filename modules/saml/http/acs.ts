import { route } from '../../framework/index.ts';
import { LoginRefused } from '../login/arrival.ts';
import { browserOf } from '../login/nonce.ts';
import { unreadable } from '../login/refusal.ts';
import { readForm } from './form.ts';
import { signInOperations } from './operations.ts';
import { ReceptionService } from './services.ts';
import { go } from './show.ts';
import { Authenticate } from './strategy.ts';

/**
 * The assertion consumer service. The form comes from another site, so it can carry no token of ours: what ties it to
 * this browser is the request that it answers, by the nonce in a cookie.
 */
export const acsRoute = route('POST /saml/:connection/acs', {
  operation: signInOperations.acs,
  public: 'identity providers send browsers here, whose answers are verified',
  inject: { reception: ReceptionService, authenticate: Authenticate },
  handle: (request, response, { reception, authenticate }) =>
    reception.receive(request, response, async (visit) => {
      const fields = await readForm(request, response);
      const answer = fields.get('SAMLResponse');
      if (answer === undefined) {
        reception.note(visit, 'sign-in', unreadable, 'The form has no field "SAMLResponse", or several.');
        throw new LoginRefused(unreadable);
      }
      const { to, session } = await authenticate(request, response, {
        ...visit,
        response: answer,
        relayState: fields.get('RelayState'),
        browser: browserOf(reception.nonce.read(request)),
        before: reception.session.read(request),
      });
      if (session) reception.session.set(response, session.secret, session.endsAt);
      go(response, to);
    }),
});
