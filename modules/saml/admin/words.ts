import type { Profile } from '../../connection/index.ts';

/** What an identity provider's console calls the values that it asks a service provider for; undefined: it has no field for it. */
export interface SamlWords {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly logoutUrl: string | undefined;
  readonly loginUrl: string | undefined;
  readonly metadataUrl: string;
}

const usual: SamlWords = {
  entityId: 'Entity ID',
  acsUrl: 'ACS URL',
  logoutUrl: 'Single Logout URL',
  loginUrl: 'Login URL',
  metadataUrl: 'Metadata URL',
};

const words: Readonly<Record<Profile, SamlWords>> = {
  miniorange: { ...usual, entityId: 'SP Entity ID or Issuer', loginUrl: undefined },
  entra: {
    ...usual,
    entityId: 'Identifier (Entity ID)',
    acsUrl: 'Reply URL (Assertion Consumer Service URL)',
    logoutUrl: 'Logout Url (Optional)',
    loginUrl: 'Sign on URL (Optional)',
  },
  okta: {
    ...usual,
    entityId: 'Audience URI (SP Entity ID)',
    acsUrl: 'Single sign-on URL',
    loginUrl: undefined,
  },
  onelogin: { ...usual, entityId: 'SAML Audience URL', acsUrl: 'SAML Consumer URL', loginUrl: undefined },
  pingone: { ...usual, acsUrl: 'ACS URLs', logoutUrl: 'SLO Endpoint', loginUrl: 'Target Application URL' },
  jumpcloud: { ...usual, entityId: 'SP Entity ID', acsUrl: 'ACS URLs', logoutUrl: 'Logout URL' },
  google: { ...usual, logoutUrl: undefined, loginUrl: 'Start URL (optional)' },
  centrify: {
    ...usual,
    entityId: 'SP Entity ID / Issuer / Audience',
    acsUrl: 'Assertion Consumer Service (ACS) URL',
    loginUrl: undefined,
  },
  generic: usual,
  'interop-strict': usual,
};

/** The words of the provider behind a profile. */
export const samlWordsOf = (profile: Profile): SamlWords => words[profile];
