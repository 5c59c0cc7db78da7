import type { Profile } from '../connection.ts';

/** An identity provider as its administrators know it: what it calls the values that are pasted into its console. */
export interface IdentityProvider {
  readonly profile: Profile;
  readonly name: string;
  /** What it is called in one line of a tile. */
  readonly hint: string;
  /** By what it reads Active Directory or LDAP. */
  readonly directory: string;
  /** Its words for the base URL and for the token. */
  readonly baseUrl: string;
  readonly token: string;
  /** Which of the two forms its field wants; both are understood. */
  readonly pastes: 'bare' | 'header';
}

const provider = (
  profile: Profile,
  name: string,
  hint: string,
  directory: string,
  [baseUrl, token]: readonly [string, string],
  pastes: IdentityProvider['pastes'] = 'bare',
): IdentityProvider => ({ profile, name, hint, directory, baseUrl, token, pastes });

/** Those that have a tile, in the order of the tiles. */
export const identityProviders: readonly IdentityProvider[] = [
  provider('miniorange', 'miniOrange', 'SCIM server, or BigCommerce style', 'External Directories: AD/LDAP', [
    'SCIM Base URL',
    'Bearer Token',
  ]),
  provider('entra', 'Microsoft Entra ID', 'Formerly Azure Active Directory', 'Cloud Sync or Connect Sync', [
    'Tenant URL',
    'Secret Token',
  ]),
  provider(
    'okta',
    'Okta',
    'Workforce directory',
    'AD agent or LDAP agent',
    ['Base URL', 'HTTP Header Authorization'],
    'header',
  ),
  provider('onelogin', 'OneLogin', 'SCIM provisioner', 'AD connector or LDAP', ['SCIM Base URL', 'SCIM Bearer Token']),
  provider('pingone', 'PingOne', 'Also PingFederate', 'LDAP gateway', ['SCIM Base URL', 'OAuth Access Token']),
  provider('jumpcloud', 'JumpCloud', 'Custom SCIM identity management', 'AD import agent', ['Base URL', 'Token Key']),
  provider('google', 'Google Workspace', 'Users, no groups', 'Directory Sync', ['Endpoint URL', 'Access Token']),
  provider('centrify', 'CyberArk Identity', 'Formerly Centrify', 'CyberArk Identity Connector', [
    'SCIM Service URL',
    'Bearer Token',
  ]),
  provider(
    'generic',
    'Another provider',
    'Anything that speaks SCIM 2.0',
    'Keycloak, authentik, or another that reads it',
    ['SCIM Base URL', 'SCIM Bearer Token'],
  ),
];

const strict = provider('interop-strict', 'SCIM 2.0, strict', 'No tolerance of odd requests', '', [
  'SCIM Base URL',
  'SCIM Bearer Token',
]);

/** The provider behind a profile. */
export const providerOf = (profile: Profile): IdentityProvider =>
  [...identityProviders, strict].find((known) => known.profile === profile) ?? strict;
