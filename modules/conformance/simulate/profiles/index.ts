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
