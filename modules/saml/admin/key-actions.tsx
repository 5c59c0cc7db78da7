import { action, confirmation, page } from '../../admin/index.ts';
import { actorOfVisit } from '../../connection/index.ts';
import { SamlKeys } from '../provider/key/keys.ts';
import { actedOn, tabPath } from './back.ts';
import { heldConfiguration, samlServices } from './page.tsx';

const acl = 'saml::manage';
const inject = { keys: SamlKeys };

export const startRollover = action('/admin/connections/:code/saml/keys/start', {
  acl,
  fresh: true,
  inject,
  perform: (visit, { keys }) =>
    actedOn(visit, async (code) => {
      await keys.start(code, { actor: actorOfVisit(visit) });
      return 'The next key stands in our metadata. Let the identity provider take it up, then complete the rollover.';
    }),
});

export const cancelRollover = action('/admin/connections/:code/saml/keys/cancel', {
  acl,
  inject,
  perform: (visit, { keys }) =>
    actedOn(visit, async (code) => {
      await keys.cancel(code, actorOfVisit(visit));
      return 'The next key was dropped; the present one goes on.';
    }),
});

export const completePage = page('/admin/connections/:code/saml/keys/complete', {
  acl,
  inject: samlServices,
  async view(visit, given) {
    const { connection, settings } = await heldConfiguration(visit, given);
    return confirmation({
      title: 'Complete the rollover of the key?',
      action: `/admin/connections/${connection.code}/saml/keys/complete`,
      confirm: 'Complete Rollover',
      back: tabPath(connection.code),
      children: (
        <>
          <p>
            The next key signs from then on. An identity provider that still has only the old certificate refuses what
            we sign{settings.signRequests ? ': nobody can log in until it has the new one.' : ', which is logouts.'}
          </p>
          <p>The old key goes on decrypting until the next rollover.</p>
        </>
      ),
    });
  },
});

export const completeRollover = action('/admin/connections/:code/saml/keys/complete', {
  acl,
  fresh: true,
  inject,
  perform: (visit, { keys }) =>
    actedOn(visit, async (code) => {
      await keys.complete(code, actorOfVisit(visit));
      return 'The next key signs now.';
    }),
});
