import { type Connection, openPolicy } from '../../../modules/connection/index.ts';
import type { IdentityProvider, SamlProvider, SamlSettings } from '../../../modules/saml/provider/provider.ts';
import { firstSettings } from '../../../modules/saml/provider/settings.ts';
import { identity } from './identity.ts';

const base = 'https://store.example/saml/acme';

export const connection: Connection = {
  id: 7,
  code: 'acme',
  name: 'Acme',
  profile: 'generic',
  websiteId: 1,
  active: true,
  match: 'link',
  groups: 'none',
  policy: openPolicy,
  createdAt: '2024-01-01 00:00:00',
};

/** What a test changes of the provider below. */
export interface ProviderChanges {
  readonly settings?: Partial<SamlSettings>;
  readonly idp?: Partial<IdentityProvider>;
  readonly decryption?: SamlProvider['keys']['decryption'];
  readonly enabled?: boolean;
}

/** A connection as service provider that trusts `identity('idp')` and decrypts with `identity('sp')`. */
export function samlProvider({
  settings: changed,
  idp,
  decryption,
  enabled = true,
}: ProviderChanges = {}): SamlProvider {
  return {
    connection,
    enabled,
    entityId: `${base}/metadata`,
    acsUrl: `${base}/acs`,
    logoutUrl: `${base}/logout`,
    metadataUrl: `${base}/metadata`,
    idp: {
      entityId: 'https://idp.example/entity',
      ssoUrls: { redirect: 'https://idp.example/sso' },
      sloUrls: { redirect: 'https://idp.example/slo' },
      sloResponseUrls: {},
      certificates: [identity('idp').trusted],
      ...idp,
    },
    keys: { signing: undefined, next: undefined, decryption: decryption ?? [identity('sp').key] },
    settings: { ...firstSettings, ...changed },
  };
}
