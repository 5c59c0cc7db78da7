import type { ResetTokens } from '../../customer/index.ts';
import { idList, sql } from '../../framework/index.ts';
import type { MailQueue, MailRecord } from '../../mail/index.ts';
import { activationMail } from '../customer/activation.tsx';
import { topicOf } from '../customer/addressee.ts';
import type { Onboarding, OnboardingProgress } from './onboarding.ts';

interface Row {
  readonly id: number;
  readonly has_password: number;
  readonly has_token: number;
  readonly token_at: string | null;
  readonly login_at: string | null;
  readonly opened_ms: number | null;
}

/** The service behind the token `Onboarding`. */
export function createOnboarding(queue: MailQueue, resetTokens: ResetTokens): Onboarding {
  return {
    async of(db, customerIds, now) {
      const ids = [...new Set(customerIds)];
      if (ids.length === 0) return new Map();
      const rows = await db.all<Row>(sql`SELECT c.entity_id AS id,
          CASE WHEN c.password_hash IS NULL THEN 0 ELSE 1 END AS has_password,
          CASE WHEN c.rp_token IS NULL THEN 0 ELSE 1 END AS has_token, c.rp_token_created_at AS token_at,
          l.last_login_at AS login_at, p.opened_ms
        FROM {customer_entity} c LEFT JOIN {customer_log} l ON l.customer_id = c.entity_id
          LEFT JOIN {vestibule_password_page} p ON p.customer_id = c.entity_id
        WHERE c.entity_id IN (${idList(ids)})`);
      const mails = await queue.newest(db, activationMail, ids.map(topicOf));
      const hours = await resetTokens.lifetime();
      return new Map(rows.map((row) => [row.id, progressOf(row, mails.get(topicOf(row.id)), hours, now)]));
    },
  };
}

const hour = 3_600_000;
const timeOf = (stored: string): Date => new Date(`${stored.replace(' ', 'T')}Z`);

/** Several may hold at once; what is said is the furthest of them, a mail that is under way aside. */
function progressOf(row: Row, mail: MailRecord | undefined, hours: number, now: Date): OnboardingProgress {
  const said = (state: OnboardingProgress['state'], at: Date | string | null, note: string | null = null) => ({
    state,
    at: at instanceof Date ? at.toISOString() : at,
    note,
  });
  if (row.has_password === 1 || row.login_at !== null)
    return said('done', row.login_at === null ? null : timeOf(row.login_at));
  if (mail?.state === 'waiting' || mail?.state === 'sending') return said('queued', mail.createdAt);
  const link = row.has_token === 1 && row.token_at !== null ? timeOf(row.token_at) : undefined;
  if (mail?.state === 'failed' || mail?.state === 'unconfigured') {
    // Unless the customer has asked for a link since, the one that was issued is in a mail that did not arrive.
    if (!link || link <= new Date(mail.at)) return said('undelivered', mail.at, mail.note);
  }
  if (!link) return mail?.state === 'sent' ? said('expired', mail.at) : said('not-invited', null);
  // As Magento counts: whole hours, rounded down.
  const ends = new Date(link.getTime() + hours * hour);
  if (now < link || now >= ends) return said('expired', ends);
  if (row.opened_ms !== null && row.opened_ms >= link.getTime()) return said('opened', new Date(row.opened_ms));
  return mail?.state === 'sent' && link > new Date(mail.at) ? said('opened', link) : said('sent', mail?.at ?? link);
}
