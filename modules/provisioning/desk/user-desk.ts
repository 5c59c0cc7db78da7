import type { Connection } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';

/** Who asks by another protocol than SCIM. */
export interface DeskCaller {
  readonly connection: Connection;
  readonly tokenId: number;
  /** As records name it: `store API: importer`. */
  readonly actor: string;
  readonly requestId: string;
}

/** One SCIM message about users. */
export interface DeskErrand {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the SCIM base: `/Users`, `/Users/42`, `/Users/.search`. */
  readonly path: string;
  readonly body?: unknown;
}

/** The answer a SCIM client would have got: a resource, a list, or an error of RFC 7644 §3.12. */
export interface DeskAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** Seconds, where it has to be asked again later. */
  readonly retryAfter?: number;
}

/**
 * Carries out what other protocols ask of users by the very steps that SCIM requests take: the same mapping, policies,
 * guard and records. What the caller's token may do, and whether its connection is paused, the protocol has looked at.
 */
export interface UserDesk {
  /** Refusals and failures are answers. */
  carry(caller: DeskCaller, errand: DeskErrand): Promise<DeskAnswer>;
  /** The SCIM ids of customers, by their entity ids: of those that nobody manages, or nobody knows, the number itself. */
  idsOf(db: Executor, connection: Connection, customerIds: readonly number[]): Promise<ReadonlyMap<number, string>>;
}
export const UserDesk: ServiceToken<UserDesk> = service<UserDesk>('provisioning.UserDesk');
