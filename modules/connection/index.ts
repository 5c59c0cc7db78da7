export { neighbourhood } from './address/address.ts';
export { readAddresses } from './address/address-list.ts';
export { ClientAddresses } from './address/client-addresses.ts';
export { actorOfVisit, askedConnection } from './admin/asked-connection.ts';
export { ConnectionUsers, mostUsersCounted } from './admin/connection-users.ts';
export {
  type CredentialErrors,
  type CredentialFields,
  NameAndExpiry,
  Rights,
  sentCredential,
} from './admin/credential-fields.tsx';
export type { Guide, GuideStep, GuideVariant, KnownTrouble, Milestone } from './admin/guide/guide.ts';
export { type GuideKnowledge, type GuidePart, GuideParts, nothingKnown } from './admin/guide/guide-parts.ts';
export { providerOf } from './admin/identity-provider.ts';
export { type SetupCheck, SetupChecks } from './admin/setup/setup-checks.ts';
export { type SetupFact, SetupFacts } from './admin/setup/setup-facts.ts';
export { type Belonging, Belongings } from './belongings.ts';
export { byCommand } from './commands/by-command.ts';
export {
  type Connection,
  type ConnectionChanges,
  ConnectionError,
  type ConnectionErrorCode,
  Connections,
  type GroupPolicy,
  groupPolicies,
  type MatchPolicy,
  matchPolicies,
  type NewConnection,
  type Profile,
  profiles,
} from './connection.ts';
export { ConnectionEditor, type PolicyCheck, PolicyChecks } from './connection-editor.ts';
export { type ExpiringToken, TokenExpiring } from './expiry/token-expiring.ts';
export { ExpiryWatch } from './expiry/watch.ts';
export { actorOfRequest } from './http/admin/actor-of-request.ts';
export { Body } from './http/admin/body.ts';
export { connectionSchema, storedTime } from './http/admin/connection-schemas.ts';
export { httpErrorOf, orRefuse } from './http/admin/refusal.ts';
export { type AuthenticatedConnection, BearerAuthenticator } from './http/bearer.ts';
export type { RefusedRequest } from './http/refused-request.ts';
export { importerToken, scimBearer, storefrontBearer } from './http/security-schemes.ts';
export { FloodGate, type TooSoon } from './limit/flood-gate.ts';
export { Pulse } from './limit/pulse.ts';
export { type ConnectionPolicy, openPolicy } from './policy/policy.ts';
export { policyChoices, policyNumbers, policySwitches } from './policy/policy-words.ts';
export {
  changeRefusal,
  newCustomerRefusal,
  operationRefusal,
  serviceRefusal,
  takeoverRefusal,
  type UserChange,
} from './policy/refusals.ts';
export {
  exchangeScope,
  familyOf,
  type Scope,
  type StoreScope,
  scopeRefusal,
  scopes,
  storeScopes,
} from './scopes.ts';
export { readSpan } from './span.ts';
export { storeHash } from './store-hash.ts';
export { type BearerToken, type IssuedToken, type NewToken, Tokens } from './token.ts';
export { type RefusedToken, TokenVerifier, type VerifiedToken } from './verification.ts';
