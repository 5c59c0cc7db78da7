import MailComposer from 'nodemailer/lib/mail-composer';
import type { Recipient } from '../mail.ts';
import { oneLine } from './address.ts';

/** What a message is made of. */
export interface MessageParts {
  readonly from: Recipient;
  readonly to: Recipient;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Without angle brackets. The same for every attempt, so that a mailbox can tell a duplicate. */
  readonly messageId: string;
  readonly date: Date;
}

/**
 * The message as SMTP carries it. Addresses are handed on as objects and texts as values; nothing in them is read as a
 * header, a file or an address to fetch.
 */
export function composeMessage(parts: MessageParts): Promise<Buffer> {
  const { from, to, subject, html, text, messageId, date } = parts;
  const composer = new MailComposer({
    from: { name: from.name ?? '', address: from.address },
    to: { name: to.name ?? '', address: to.address },
    subject: oneLine(subject).slice(0, 200),
    text,
    html,
    date,
    messageId: `<${messageId}>`,
    // RFC 3834 §5: no out-of-office note wants to be sent in answer to this.
    headers: { 'Auto-Submitted': 'auto-generated' },
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Promise((resolve, reject) => {
    composer.compile().build((error: Error | null, message?: Buffer) => {
      if (error || !message) reject(error ?? new Error('The message is empty.'));
      else resolve(message);
    });
  });
}
