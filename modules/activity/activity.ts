import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';

/** How a request ended: it changed something, changed nothing, was refused by a rule, or failed on our side. */
export const activityOutcomes = ['done', 'unchanged', 'refused', 'failed'] as const;
export type ActivityOutcome = (typeof activityOutcomes)[number];

/** What a value of an attribute was and became. Left out or null: it was, or became, empty. */
export interface ModifiedAttribute {
  readonly attribute: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** One step on the way of a request, such as `match`, and what was found or decided there. */
export interface TraceStep {
  readonly step: string;
  readonly note?: string | undefined;
  readonly milliseconds?: number | undefined;
}

/** A request as it was received. */
export interface ReceivedRequest {
  readonly method: string;
  /** Below the base of the protocol, without the query. */
  readonly path: string;
  /** The body, a JSON value; missing where there was none. */
  readonly body?: unknown;
  /** The JSON text that it was read from, if it is at hand: it is not written anew then. */
  readonly text?: string | undefined;
}

/**
 * What happened to whom and why: one entry per request. Everything is cut to a size on the way in, and passwords, tokens
 * and other secrets are replaced in `modified` and `payload` whoever hands them in.
 */
export interface ActivityEntry {
  readonly at: Date;
  /** `<resource>.<verb>`, such as `user.create`; of people who come themselves `sign-in` and `sign-out`. */
  readonly operation: string;
  readonly outcome: ActivityOutcome;
  /** The HTTP status that was answered. */
  readonly status: number;
  readonly connectionId?: number | undefined;
  readonly customerId?: number | undefined;
  /** Whom the client meant, in its own words: a userName, a group's name or an id. */
  readonly subject?: string | undefined;
  /** Who asked: the name of the token, an administrator's name, a command. */
  readonly actor?: string | undefined;
  /** Ties the record to the answer: the client got the same id in a header and in the detail of an error. */
  readonly requestId?: string | undefined;
  readonly milliseconds?: number | undefined;
  /** Names of the attributes that were changed. */
  readonly changed?: readonly string[] | undefined;
  /** The same with their values. */
  readonly modified?: readonly ModifiedAttribute[] | undefined;
  /** What was understood, ignored or decided on the way, in sentences for the store administrator. */
  readonly notes?: readonly string[] | undefined;
  readonly trace?: readonly TraceStep[] | undefined;
  /** For refusals and failures: the reason as it was answered. What it quotes is left out, names of attributes aside. */
  readonly reason?: string | undefined;
  /** What was sent, where the caller wants it kept: a JSON value, or its text. */
  readonly payload?: unknown;
  /** The request that was sent; stored as the payload `{method, path, body}`. */
  readonly received?: ReceivedRequest | undefined;
}

export interface StoredActivity extends Omit<ActivityEntry, 'at' | 'received'> {
  readonly id: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  readonly at: string;
}

export interface RecentFilter {
  readonly connectionId?: number;
  readonly customerId?: number;
  readonly limit?: number;
  /** Operations, `scim.invalid`: those of them that belong to no connection are told among the others. */
  readonly strangers?: readonly string[] | undefined;
}

/** The record of every request. */
export interface Activities {
  /** Writes the entry inside the transaction that makes the change: both are kept or neither. */
  record(tx: Transaction, entry: ActivityEntry): void;
  /** Queues an entry for a request that changed nothing (a read, a no-op, a refusal). Written within about a second. */
  note(entry: ActivityEntry): void;
  /** Writes everything queued. Never rejects: what can't be written is kept and tried again. */
  flush(): Promise<void>;
  /** Writes everything queued for the last time, when the host stops; what can't be written is counted in the log. */
  stop(): Promise<void>;
  /** The newest entries first, at most `limit` (100, never more than 1,000); of a customer and a connection, if given. */
  recent(db: Executor, filter?: RecentFilter): Promise<StoredActivity[]>;
}
export const Activities: ServiceToken<Activities> = service<Activities>('activity.Activities');
