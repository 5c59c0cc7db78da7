import { action } from '../../admin/index.ts';
import { actorOfVisit } from '../../connection/index.ts';
import { SamlProviders } from '../provider/providers.ts';
import { actedOn } from './back.ts';

/** Lets people log in, or no longer. */
export const switchSaml = action('/admin/connections/:code/saml/switch', {
  acl: 'saml::manage',
  fresh: true,
  inject: { providers: SamlProviders },
  perform: (visit, { providers }) =>
    actedOn(visit, async (code) => {
      const on = visit.form.get('on') === '1';
      await providers.change(code, { on }, actorOfVisit(visit));
      return on
        ? 'SAML SSO is on. Running servers follow within 5 seconds.'
        : 'SAML SSO is off: nobody logs in by this connection any more.';
    }),
});
