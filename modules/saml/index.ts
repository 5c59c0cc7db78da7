export { SamlAttention } from './attention.ts';
export { type BuiltInClaim, builtInClaims, suggestedGroupsAttribute } from './claims/claim-table.ts';
export { type ReadClaims, readClaims } from './claims/read-claims.ts';
export { type ClaimIssue, checkClaims } from './claims/row.ts';
export { SamlError, type SamlErrorCode } from './error.ts';
export { SamlWatch } from './expiry/watch.ts';
export { Agreements, type Disagreement, type DisagreementKind, type DisagreementPage } from './identity/agreement.ts';
export { type IdentityKey, SamlIdentities, type SamlIdentity } from './identity/identities.ts';
export { type AdmittedAssertion, SamlSignIns } from './identity/sign-ins.ts';
export { type GivenMetadata, IdpMetadata, type MetadataReport } from './metadata/idp-metadata.ts';
export { SamlCertificates } from './provider/certificate/certificates.ts';
export type {
  CertificateState,
  KeyState,
  KnownCertificate,
  SamlConfiguration,
  ShownKey,
} from './provider/configuration.ts';
export { KeyPairs } from './provider/key/key-pairs.ts';
export { SamlKeys } from './provider/key/keys.ts';
export type { SamlProvider, SamlSettings } from './provider/provider.ts';
export { type SamlChanges, SamlProviders } from './provider/providers.ts';
export { type PublishedMetadata, publishedMetadata } from './provider/published/published.ts';
export {
  samlChoiceNames,
  samlChoices,
  samlSwitches,
  samlSwitchNames,
  samlTextNames,
  samlTexts,
} from './provider/setting-words.ts';
export { SamlSettingsError } from './provider/settings-error.ts';
export { type ListedSession, SamlSessions } from './session/session.ts';
export { type ShownAssertion, type ShownClaims, type TestLogin, TestLogins } from './test-login/test-login.ts';
