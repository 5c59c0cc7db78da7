import { action, Form, page, redirect, screen } from '../../../admin/index.ts';
import { HttpError } from '../../../framework/index.ts';
import { ConnectionEditor } from '../../connection-editor.ts';
import { identityProviders } from '../identity-provider.ts';
import { ProviderSign } from '../provider-sign.tsx';
import { linkServices, publicBecause, whileHeld } from './held-link.tsx';

const notAllowed = () =>
  new HttpError(403, 'FORBIDDEN', 'This link does not let you say which identity provider it is.');

/** Tiles, for whoever was allowed to say which provider it is. */
export const providerPage = page('/setup/:link/provider', {
  public: publicBecause,
  inject: linkServices,
  view: (visit, given) =>
    whileHeld(visit, given, async ({ link, connection }) => {
      if (!link.mayChooseProvider) return redirect(`/setup/${link.publicId}/guide`);
      return screen({
        title: 'Which identity provider do you administer?',
        layout: 'guest',
        lead: 'The steps, and the names of the values, are those of its console.',
        body: (
          <Form action={`/setup/${link.publicId}/provider`}>
            <ul class="tiles">
              {identityProviders.map(({ profile, name, hint }) => (
                <li key={profile}>
                  <button type="submit" class="tile" name="provider" value={profile}>
                    <ProviderSign profile={profile} name={name} />
                    <span>
                      <strong>{name}</strong>
                      <small>{profile === connection.profile ? 'Chosen at present' : hint}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            <p class="muted">
              Your people are kept in Active Directory or LDAP? Choose the provider that reads it: its steps begin
              there.
            </p>
          </Form>
        ),
      });
    }),
});

export const chooseProvider = action('/setup/:link/provider', {
  public: publicBecause,
  inject: { ...linkServices, editor: ConnectionEditor },
  perform: (visit, { editor, ...given }) =>
    whileHeld(visit, given, async ({ link, connection, actor }) => {
      if (!link.mayChooseProvider) throw notAllowed();
      const profile = identityProviders.find((known) => known.profile === visit.form.get('provider'))?.profile;
      if (profile === undefined) return redirect(`/setup/${link.publicId}/provider`);
      if (profile !== connection.profile) await editor.change(connection.code, { profile }, actor);
      return redirect(`/setup/${link.publicId}/guide`);
    }),
});
