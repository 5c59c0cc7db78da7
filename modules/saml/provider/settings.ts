import type { SamlSettings } from './provider.ts';

/** What a connection's SAML half starts with: on the safe side wherever safety costs nobody a login. */
export const firstSettings: SamlSettings = Object.freeze({
  signRequests: true,
  signMetadata: false,
  wantResponseSigned: false,
  wantAssertionEncrypted: false,
  requestBinding: 'redirect',
  nameIdFormat: 'unspecified',
  idpInitiated: false,
  forceAuthn: false,
  authnContext: null,
  createAtLogin: true,
  updateAtLogin: true,
  samlWins: false,
  linkByEmail: false,
  identifier: null,
  groupsAttribute: null,
  claims: Object.freeze([]),
  redirects: Object.freeze([]),
});

/** Settings as they are stored: what is missing is as in a new connection. */
export const readSettings = (stored: string | null): SamlSettings => ({
  ...firstSettings,
  ...(stored === null ? {} : (JSON.parse(stored) as Partial<SamlSettings>)),
});
