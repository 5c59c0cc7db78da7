import { type Database, type Events, type Executor, empty, type Logger, type Sql, sql } from '../../framework/index.ts';
import { MailFailed, type Recipient } from '../mail.ts';
import { waitAfter } from './backoff.ts';
import { type ClaimedMail, perhapsSent } from './claim.ts';

/** How an attempt ended. Notes are sentences for people and hold no secret. */
export type Attempt =
  | { readonly end: 'sent'; readonly to: Recipient }
  | { readonly end: 'failed' | 'withdrawn'; readonly note: string; readonly to?: Recipient | undefined }
  /** To be tried again. `unknown`: the server may have taken it. */
  | { readonly end: 'later'; readonly note: string; readonly unknown?: boolean; readonly to?: Recipient | undefined };

/** Writes down how an attempt ended, and answers the state that the mail has now; only its holder can. */
export type Marker = (mail: ClaimedMail, holder: string, attempt: Attempt, now: number) => Promise<string>;

export function createMarker(room: {
  readonly database: Database;
  readonly events: Events;
  readonly logger: Logger;
  /** Kinds of mail in words, by name. */
  readonly labels: ReadonlyMap<string, string>;
}): Marker {
  const { database, events, logger, labels } = room;
  return async (mail, holder, attempt, now) => {
    const { state, at, note = null, more } = outcomeOf(mail, attempt, now);
    const to = attempt.to
      ? sql`, to_address = ${attempt.to.address}, to_name = ${attempt.to.name?.slice(0, 255) ?? null}`
      : empty;
    const write = (db: Executor) =>
      db.run(sql`UPDATE {vestibule_mail}
        SET state = ${state}, at_ms = ${at}, holder = NULL, note = ${note?.slice(0, 500) ?? null} ${to} ${more}
        WHERE mail_id = ${mail.id} AND state = 'sending' AND holder = ${holder}`);
    if (state !== 'failed') await write(database);
    else
      try {
        await database.transaction(async (tx) => {
          const { affectedRows } = await write(tx);
          const { id, template, topic } = mail;
          const label = labels.get(template) ?? template;
          if (affectedRows === 1) await events.emit(MailFailed, { id, template, label, topic, note: note ?? '' }, tx);
        });
      } catch (err) {
        // Whoever listens must not keep the mail from being given up: it would be sent again and again.
        logger.error({ err, mail: mail.id }, 'that a mail failed could not be told');
        await write(database);
      }
    return state;
  };
}

interface Marked {
  readonly state: string;
  readonly at: number;
  readonly note: string | undefined;
  readonly more: Sql;
}

function outcomeOf({ attempts, interruptions }: ClaimedMail, attempt: Attempt, now: number): Marked {
  // What was sent is not sent again, so that what it was made of need not be kept.
  if (attempt.end === 'sent') return { state: 'sent', at: now, note: undefined, more: sql`, data = '{}'` };
  const { note } = attempt;
  if (attempt.end !== 'later') return { state: attempt.end, at: now, note, more: empty };
  if (attempt.unknown && interruptions > 0) return { state: 'failed', at: now, note: perhapsSent, more: empty };
  const wait = waitAfter(attempts);
  const more = attempt.unknown ? sql`, interruptions = 1` : empty;
  if (wait === undefined)
    return { state: 'failed', at: now, note: `Given up after ${attempts} attempts. ${note}`, more };
  return { state: 'waiting', at: now + wait, note, more };
}

/** All that waits for a server that is not there: one statement, however many they are. Answers how many. */
export async function markUnconfigured(
  database: Database,
  websiteId: number,
  note: string,
  now: number,
): Promise<number> {
  const { affectedRows } =
    await database.run(sql`UPDATE {vestibule_mail} SET state = 'unconfigured', at_ms = ${now}, note = ${note}
    WHERE state = 'waiting' AND at_ms <= ${now} AND website_id = ${websiteId}`);
  return affectedRows;
}
