import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { MailState } from '../mail.ts';
import type { MailRecord } from './rows.ts';

/** Which mails a list shows; newest first. */
export interface MailFilter {
  readonly state?: MailState | undefined;
  readonly topic?: string | undefined;
  /** Only mails after this one in the list: the id of the last one seen. */
  readonly before?: number | undefined;
  /** 50 unless said, 500 at most. */
  readonly limit?: number | undefined;
}

/** Mails that wait and mails that were sent, to be looked at and tried again. */
export interface MailQueue {
  list(db: Executor, filter?: MailFilter): Promise<MailRecord[]>;
  byId(db: Executor, id: number): Promise<MailRecord | undefined>;
  /** How many there are in each state; states without any are left out. */
  counts(db: Executor): Promise<Partial<Record<MailState, number>>>;
  /** The newest mail of a template about each topic that has one. Topics without one are left out. */
  newest(db: Executor, template: string, topics: readonly string[]): Promise<ReadonlyMap<string, MailRecord>>;
  /**
   * Lets a mail that failed or met no server wait again, as if it were new.
   *
   * @throws MailError MAIL_UNKNOWN, or MAIL_NOT_RETRIED for one that waits, is sent or has nobody to go to
   */
  retry(tx: Transaction, id: number): Promise<void>;
  /** The same for all of a state. Answers how many. */
  retryAll(tx: Transaction, state: 'failed' | 'unconfigured'): Promise<number>;
  /** Removes every mail about a topic: nobody is left whom it is about. */
  forget(tx: Transaction, topic: string): void;
}
export const MailQueue: ServiceToken<MailQueue> = service<MailQueue>('mail.MailQueue');
