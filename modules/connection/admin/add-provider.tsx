import { type Screen, screen } from '../../admin/index.ts';
import { type IdentityProvider, identityProviders } from './identity-provider.ts';
import { type ProviderTile, ProviderTiles } from './provider-tiles.tsx';
import { Steps } from './steps.tsx';

const path = '/admin/connections/new';
const back = { href: '/admin/connections', label: 'Connections' };

const tileOf = ({ profile, name, hint }: IdentityProvider): ProviderTile => ({
  profile,
  name,
  hint,
  href: `${path}?provider=${profile}`,
});

const [other, named] = [
  identityProviders.filter(({ profile }) => profile === 'generic'),
  identityProviders.filter(({ profile }) => profile !== 'generic'),
];

/** A directory knows no SCIM: it has a tile because people look for one. */
const directoryTile: ProviderTile = {
  profile: 'generic',
  name: 'Active Directory or LDAP',
  hint: 'By way of a provider that reads it',
  href: `${path}?from=directory`,
};

/** Step 1: a tile for each identity provider. */
export const providerScreen = (): Screen =>
  screen({
    title: 'Add Connection',
    back,
    lead: 'Which identity provider keeps your users?',
    body: (
      <>
        <Steps current={1} />
        <ProviderTiles tiles={[...named.map(tileOf), directoryTile, ...other.map(tileOf)]} />
      </>
    ),
  });

/** Step 1 for a directory: which provider speaks for it. */
export const directoryScreen = (): Screen =>
  screen({
    title: 'Add Connection',
    back: { href: path, label: 'Choose another provider' },
    lead: 'A directory does not speak SCIM; an identity provider that reads it does. Which one reads yours?',
    body: (
      <>
        <Steps current={1} />
        <ProviderTiles
          tiles={identityProviders.map((provider) => ({
            ...tileOf(provider),
            hint: provider.directory,
            href: `${path}?provider=${provider.profile}&from=directory`,
          }))}
        />
      </>
    ),
  });
