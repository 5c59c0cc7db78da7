import type { VNode } from 'preact';
import { type ExtensionPoint, extensionPoint, type Transaction } from '../../framework/index.ts';
import type { Recipient } from '../mail.ts';
import type { SenderIdentity } from '../sender/settings.ts';

/** The store a mail speaks for. */
export interface MailStore {
  readonly websiteId: number;
  /** The store view that speaks; undefined for a website without any. */
  readonly storeId: number | undefined;
  /** Its name as customers know it. */
  readonly name: string;
  /** Where it stands, with a slash at its end; undefined while nobody has said. */
  readonly url: string | undefined;
}

/** What a mail says in the end. */
export interface Letter {
  readonly subject: string;
  /** Made of the components in `letter.tsx`; the text alternative is read off the same tree. */
  readonly body: VNode;
  /** Overrides the recipient that was queued. */
  readonly to?: Recipient;
}

/** There is nothing (or nobody) left to tell. */
export interface Withdrawal {
  /** Why, for the list of mails. Holds no secret. */
  readonly withdrawn: string;
}

/** A kind of mail. `Data` is what it was queued with, as JSON has it. */
export interface MailTemplate<Data = Record<string, unknown>> {
  /** `<module>.<name>`. */
  readonly name: string;
  /** For lists: what the mail is. */
  readonly label: string;
  readonly sender: SenderIdentity;
  /**
   * The store view the mail speaks for, such as the one its customer registered in: its name, address and sender. Read when
   * the mail is about to be sent. Left out, or undefined: the website's default one.
   */
  storeOf?(tx: Transaction, data: Data): Promise<number | undefined>;
  /**
   * Writes the letter when the mail is about to be sent, in a transaction that commits before the server hears of it: the
   * place to read who it goes to now and to issue what must not lie in the queue, such as a token. Called again for each
   * attempt.
   *
   * @throws Error that says why the mail cannot be sent as things stand; the mail fails with its message
   */
  write(tx: Transaction, data: Data, store: MailStore, now: Date): Promise<Letter | Withdrawal>;
  /** The same letter about made-up facts, for previews: nothing is read, nothing issued. */
  example(store: MailStore): Letter | Promise<Letter>;
}

/** Every kind of mail that enabled modules can send. */
export const MailTemplates: ExtensionPoint<MailTemplate<never>> = extensionPoint<MailTemplate<never>>('mail.Templates');
