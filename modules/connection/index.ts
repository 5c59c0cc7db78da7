export { ConnectionUsers } from './admin/connection-users.ts';
export { type Belonging, Belongings } from './belongings.ts';
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
export { Body } from './http/admin/body.ts';
export { httpErrorOf, orRefuse } from './http/admin/refusal.ts';
export { type AuthenticatedConnection, BearerAuthenticator } from './http/bearer.ts';
export type { RefusedRequest } from './http/refused-request.ts';
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
export { type Scope, scopeRefusal, scopes } from './scopes.ts';
export { type BearerToken, type IssuedToken, type NewToken, Tokens } from './token.ts';
export { type RefusedToken, TokenVerifier, type VerifiedToken } from './verification.ts';
