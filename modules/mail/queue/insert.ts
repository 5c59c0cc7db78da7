import { type Clock, sql, type Transaction } from '../../framework/index.ts';
import type { Mails, NewMail } from '../mail.ts';
import { isPlaceholder, readRecipient } from '../message/address.ts';

/** The service behind the token `Mails`. `queued` is called after the commit of each transaction that queued a mail. */
export function createMails(clock: Clock, queued: () => void): Mails {
  return {
    send(tx, mail) {
      if (mail.to && isPlaceholder(mail.to.address)) return;
      tx.later(insertMail(tx, mail, clock.now().getTime()));
      tx.afterCommit(queued);
    },
  };
}

/** A wrong address must not fail the transaction, which is about something else: the mail is kept as failed. */
function insertMail(tx: Transaction, { template, websiteId, topic, once, data, to, dueMs }: NewMail, now: number) {
  const recipient = to && readRecipient(to);
  const wrong = to !== undefined && recipient === undefined;
  const into = once === undefined ? sql`INSERT INTO` : tx.dialect.insertIgnoreInto;
  return sql`${into} {vestibule_mail} (template, website_id, topic, once_key, to_address, to_name, data, state, created_ms, at_ms, note)
    VALUES (${template}, ${websiteId}, ${topic ?? null}, ${once ?? null}, ${recipient?.address ?? to?.address.slice(0, 255) ?? null},
      ${recipient?.name?.slice(0, 255) ?? null}, ${JSON.stringify(data)}, ${wrong ? 'failed' : 'waiting'}, ${now}, ${wrong ? now : (dueMs ?? now)},
      ${wrong ? 'This is no address that can be mailed.' : null})`;
}
