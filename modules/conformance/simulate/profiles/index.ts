import { type Profile, profiles } from '../../../connection/index.ts';
import type { IdentityProvider } from '../identity-provider.ts';
import { entra } from './entra.ts';
import { generic } from './generic.ts';
import { google } from './google.ts';
import { jumpcloud } from './jumpcloud.ts';
import { keycloak } from './keycloak.ts';
import { miniorange } from './miniorange.ts';
import { okta } from './okta.ts';
import { onelogin } from './onelogin.ts';
import { ping } from './ping.ts';

/** Every identity provider that can be played. */
export const identityProviders: readonly IdentityProvider[] = [
  okta,
  entra,
  onelogin,
  miniorange,
  jumpcloud,
  google,
  ping,
  keycloak,
  generic,
];

const isProfile = (name: string): name is Profile => profiles.some((profile) => profile === name);

/** What can be asked for: the codes above, and the profiles of connections. */
export const identityProviderNames: readonly string[] = [
  ...new Set([...identityProviders.map(({ code }) => code), ...profiles]),
];

/** By its code or by the profile of its connections; of whom nothing is known it is played as the standard has it. */
export function identityProviderOf(name: string): IdentityProvider | undefined {
  const known = identityProviders.find(
    ({ code, profile }) => code === name || (profile === name && name !== 'generic'),
  );
  if (known !== undefined || !isProfile(name)) return known;
  return { ...generic, code: name, profile: name };
}
