import type { Executor, ServiceToken, Transaction } from '../framework/index.ts';
import { service } from '../framework/index.ts';
import type { ConnectionPolicy } from './policy/policy.ts';

/** Which identity provider speaks; decides tolerance and, later, presets. */
export const profiles = [
  'generic',
  'okta',
  'entra',
  'miniorange',
  'onelogin',
  'jumpcloud',
  'google',
  'pingone',
  'centrify',
  'interop-strict',
] as const;
export type Profile = (typeof profiles)[number];

/**
 * What happens when an identity provider writes to a customer that nobody manages yet: take it over, wait for an
 * administrator's word, or refuse.
 */
export const matchPolicies = ['link', 'ask', 'refuse'] as const;
export type MatchPolicy = (typeof matchPolicies)[number];

/**
 * What a new group stands for among the store's customer groups: the one of its name, created if there is none; the one
 * of its name if there is one; nothing.
 */
export const groupPolicies = ['create', 'match', 'none'] as const;
export type GroupPolicy = (typeof groupPolicies)[number];

/** An identity provider connected to one website of the store. */
export interface Connection {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly profile: Profile;
  readonly websiteId: number;
  /** A paused connection answers 403 and changes nothing. */
  readonly active: boolean;
  readonly match: MatchPolicy;
  readonly groups: GroupPolicy;
  /** What its identity provider may do; `policy/refusals.ts` says it in words. */
  readonly policy: ConnectionPolicy;
  readonly createdAt: string;
}

export interface NewConnection {
  readonly code: string;
  readonly name: string;
  readonly profile?: Profile;
  readonly websiteId: number;
}

export interface ConnectionChanges {
  readonly name?: string;
  readonly profile?: Profile;
  readonly active?: boolean;
  readonly match?: MatchPolicy;
  readonly groups?: GroupPolicy;
  readonly policy?: Partial<ConnectionPolicy>;
}

/** The connections of this store. */
export interface Connections {
  /** @throws ConnectionError `CONNECTION_CODE_INVALID`, `CONNECTION_CODE_RESERVED`, `CONNECTION_EXISTS` */
  create(tx: Transaction, connection: NewConnection, now: Date): Promise<Connection>;
  list(db: Executor): Promise<Connection[]>;
  /** @throws ConnectionError `CONNECTION_UNKNOWN` */
  byCode(db: Executor, code: string): Promise<Connection>;
  byId(db: Executor, id: number): Promise<Connection | undefined>;
  /**
   * Sets what is given and nothing else, whoever changes the rest meanwhile; a request that is under way keeps the old
   * ones, caches follow within 5 s.
   * @throws ConnectionError `CONNECTION_UNKNOWN`, `NAME_INVALID`, `ADDRESS_INVALID`, `RATE_INVALID`, `POLICY_INVALID`
   */
  change(tx: Transaction, code: string, changes: ConnectionChanges): Promise<Connection>;
  /**
   * Deletes a connection with its tokens. Whoever keeps rows for connections clears them before, in this transaction.
   * @throws ConnectionError `CONNECTION_UNKNOWN`
   */
  remove(tx: Transaction, code: string): Promise<Connection>;
}
export const Connections: ServiceToken<Connections> = service<Connections>('connection.Connections');

export type ConnectionErrorCode =
  | 'CONNECTION_CODE_INVALID'
  | 'CONNECTION_CODE_RESERVED'
  | 'CONNECTION_EXISTS'
  | 'CONNECTION_UNKNOWN'
  | 'NAME_INVALID'
  | 'ADDRESS_INVALID'
  | 'RATE_INVALID'
  | 'POLICY_INVALID'
  | 'SCOPE_INVALID'
  | 'MATCH_UNKNOWN'
  | 'TRANSFER_REFUSED'
  | 'SETUP_LINK_UNKNOWN'
  | 'SETUP_LINK_OVER'
  | 'TOKEN_LIMIT'
  | 'TOKEN_ROTATION'
  | 'TOKEN_UNKNOWN'
  | 'TOKEN_EXPIRY_INVALID'
  | 'WEBSITE_UNKNOWN';

/** Says which connection or token, what is wrong with it, and what to do. */
export class ConnectionError extends Error {
  readonly code: ConnectionErrorCode;
  constructor(code: ConnectionErrorCode, message: string) {
    super(message);
    this.name = 'ConnectionError';
    this.code = code;
  }
}
