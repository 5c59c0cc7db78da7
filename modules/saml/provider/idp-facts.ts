import type { Endpoints } from './provider.ts';
import { SamlSettingsError } from './settings-error.ts';
import { checkUrl } from './url-check.ts';

/** What an identity provider says of itself, but for its certificates, which have a state each. */
export interface IdpFacts {
  readonly entityId: string;
  readonly ssoUrls: Endpoints;
  readonly sloUrls: Endpoints;
  /** Where answers to logout requests go, if not to `sloUrls`. */
  readonly sloResponseUrls: Endpoints;
  /** URIs, as its metadata lists them; empty where nothing is known. */
  readonly nameIdFormats: readonly string[];
  readonly wantsSignedRequests: boolean;
  /** ISO 8601, from the metadata; null where it is good for ever. */
  readonly validUntil: string | null;
}

export const emptyFacts: Omit<IdpFacts, 'entityId'> = Object.freeze({
  ssoUrls: {},
  sloUrls: {},
  sloResponseUrls: {},
  nameIdFormats: [],
  wantsSignedRequests: false,
  validUntil: null,
});

/** SAML core §8.3.6 allows an entity ID so many characters. */
const longestEntityId = 1_024;

/** Not only URIs, as SAML wants it: some identity providers let administrators choose a word. */
const isEntityId = (text: string): boolean =>
  text.length > 0 && text.length <= longestEntityId && /^[^\s<>"]+$/.test(text);

/**
 * Checks what is known of an identity provider. `baseUrl` decides whether plain http will do.
 * @throws SamlSettingsError
 */
export function checkFacts(facts: IdpFacts, baseUrl: string): void {
  if (!isEntityId(facts.entityId))
    throw new SamlSettingsError(
      'entityId',
      `"${facts.entityId.slice(0, 100)}" is no entity ID: it has to be a URI or a word of at most ${longestEntityId} characters; copy "Issuer" or "Entity ID" from the identity provider.`,
    );
  if (facts.ssoUrls.redirect === undefined && facts.ssoUrls.post === undefined)
    throw new SamlSettingsError(
      'ssoUrls',
      `The identity provider ${facts.entityId} has no address for logins; give its single sign-on URL.`,
    );
  for (const field of ['ssoUrls', 'sloUrls', 'sloResponseUrls'] as const)
    for (const url of Object.values(facts[field])) checkUrl(field, url, baseUrl);
}
