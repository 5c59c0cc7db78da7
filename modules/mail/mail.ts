import { type Event, event, type ServiceToken, service, type Transaction } from '../framework/index.ts';

/** Whom a mail goes to. Never one text `Name <address>`: a name could hold an address of its own. */
export interface Recipient {
  readonly address: string;
  readonly name?: string | undefined;
}

/** A mail that somebody wants sent. */
export interface NewMail {
  /** Name of a template that an enabled module contributes to `MailTemplates`. */
  readonly template: string;
  /** What the template is rendered with: a small JSON object. It lies in the queue as it is, so it holds no secret. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Whose SMTP server and sender are used; 0 for those of the whole installation. */
  readonly websiteId: number;
  /** Left out where the template's `prepare` finds the recipient when the mail is about to be sent. */
  readonly to?: Recipient | undefined;
  /** What the mail is about, such as `customer:42`: lists and other rooms look it up by this. At most 64 characters. */
  readonly topic?: string | undefined;
  /** At most one mail with this key is ever queued, whoever asks. At most 128 characters. */
  readonly once?: string | undefined;
  /** Not to be sent before this moment, in milliseconds of the epoch. Left out: at once. */
  readonly dueMs?: number | undefined;
}

/**
 * `waiting` to be sent (for the first time or again), `sending`, `sent`, `failed` (given up: retry it by hand), `withdrawn`
 * (there was nobody or nothing left to tell), `unconfigured` (there was no SMTP server to give it to).
 */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'withdrawn', 'unconfigured'] as const;
export type MailState = (typeof mailStates)[number];

/** Sends mails by way of the queue. */
export interface Mails {
  /**
   * Queues a mail in the caller's transaction: rolled back with it, sent after its commit by the delivery of a server.
   * One write that nobody waits for; no reading. A mail to nobody (an address in a domain that cannot exist) is left out.
   */
  send(tx: Transaction, mail: NewMail): void;
}
export const Mails: ServiceToken<Mails> = service<Mails>('mail.Mails');

/** A mail was given up: an administrator retries it, or nobody gets it. */
export interface FailedMail {
  readonly id: number;
  readonly template: string;
  /** What kind of mail it is, in words. */
  readonly label: string;
  readonly topic: string | null;
  /** Why, with a cure: a sentence for people, without secrets. */
  readonly note: string;
}

/** Told in the transaction that gives the mail up. */
export const MailFailed: Event<FailedMail> = event<FailedMail>('mail.MailFailed');
