import type { ServiceToken } from '../framework/index.ts';
import { service } from '../framework/index.ts';

/** What a test mail went through. */
export interface SentTestMail {
  /** `host:port`. */
  readonly server: string;
  readonly encryption: 'none' | 'ssl' | 'tls';
  readonly from: string;
  readonly to: string;
}

/** Tries the configuration that mails of a website are sent with. */
export interface TestMails {
  /**
   * Sends a mail at once, past the queue.
   *
   * @throws MailError MAIL_ADDRESS, MAIL_UNCONFIGURED, or MAIL_TEST with what the server said
   */
  send(to: string, websiteId: number): Promise<SentTestMail>;
}
export const TestMails: ServiceToken<TestMails> = service<TestMails>('mail.TestMails');
