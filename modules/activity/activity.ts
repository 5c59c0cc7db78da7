import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';

/** How a request ended: it changed something, changed nothing, was refused by a rule, or failed on our side. */
export type ActivityOutcome = 'done' | 'unchanged' | 'refused' | 'failed';

/**
 * What happened to whom and why: one entry per request. Values of attributes never stand in it, only their names, and
 * neither does a password or a token.
 */
export interface ActivityEntry {
  readonly at: Date;
  /** `<resource>.<verb>`, such as `user.create`. */
  readonly operation: string;
  readonly outcome: ActivityOutcome;
  /** The HTTP status that was answered. */
  readonly status: number;
  readonly connectionId?: number | undefined;
  readonly customerId?: number | undefined;
  /** Whom the client meant, in its own words: a userName, a group's name or an id. */
  readonly subject?: string | undefined;
  readonly requestId?: string | undefined;
  /** Names of the attributes that were changed. */
  readonly changed?: readonly string[] | undefined;
  /** What was understood, ignored or decided on the way, in sentences for the store administrator. */
  readonly notes?: readonly string[] | undefined;
  /** For refusals and failures: the reason as it was answered. What it quotes is left out, names of attributes aside. */
  readonly reason?: string | undefined;
}

export interface StoredActivity extends Omit<ActivityEntry, 'at'> {
  readonly id: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  readonly at: string;
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
  recent(
    db: Executor,
    filter?: { connectionId?: number; customerId?: number; limit?: number },
  ): Promise<StoredActivity[]>;
}
export const Activities: ServiceToken<Activities> = service<Activities>('activity.Activities');
