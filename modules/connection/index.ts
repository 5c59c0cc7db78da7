export {
  type Connection,
  ConnectionError,
  type ConnectionErrorCode,
  Connections,
  type MatchPolicy,
  matchPolicies,
  type NewConnection,
  type Profile,
  profiles,
} from './connection.ts';
export { BearerAuthenticator } from './http/bearer.ts';
export {
  type AuthenticatedConnection,
  type BearerToken,
  type IssuedToken,
  type RefusedToken,
  Tokens,
  TokenVerifier,
} from './token.ts';
