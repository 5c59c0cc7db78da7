import { type Database, type Executor, empty, heldBy, join, type Sql, sql } from '../../framework/index.ts';

/** A mail that this process, and no other, has taken to send. */
export interface ClaimedMail {
  readonly id: number;
  readonly template: string;
  readonly websiteId: number;
  readonly topic: string | null;
  readonly address: string | null;
  readonly name: string | null;
  /** JSON. */
  readonly data: string;
  /** This one included. */
  readonly attempts: number;
  readonly interruptions: number;
  readonly createdMs: number;
}

export type DueMail = ClaimedMail & { readonly atMs: number };

/** Longer than everything that an attempt may take: whoever claimed a mail so long ago is gone. */
export const claimLasts = 15 * 60_000;

/** Waiting mails whose time has come, the longest waiting first; none of websites that are left out. */
export function dueMails(
  database: Database,
  now: number,
  without: readonly number[],
  limit: number,
): Promise<DueMail[]> {
  const others = without.length === 0 ? empty : sql`AND website_id NOT IN (${join([...without])})`;
  return database.all(sql`SELECT mail_id AS id, template, website_id AS websiteId, topic, to_address AS address, to_name AS name,
      data, attempts, interruptions, created_ms AS createdMs, at_ms AS atMs
    FROM {vestibule_mail} WHERE state = 'waiting' AND at_ms <= ${now} ${others} ORDER BY at_ms, mail_id LIMIT ${limit}`);
}

/** Takes a mail by compare-and-set: of several processes that saw it waiting, one gets it. */
export async function claim(
  database: Database,
  { atMs, ...mail }: DueMail,
  holder: string,
  now: number,
): Promise<ClaimedMail | undefined> {
  const attempts = mail.attempts + 1;
  const { affectedRows } = await database.run(sql`UPDATE {vestibule_mail}
    SET state = 'sending', holder = ${holder}, at_ms = ${now}, attempts = ${attempts}
    WHERE mail_id = ${mail.id} AND state = 'waiting' AND at_ms = ${atMs} AND attempts = ${mail.attempts}`);
  return affectedRows === 1 ? { ...mail, attempts } : undefined;
}

/** What is said of a mail that was interrupted for the second time. */
export const perhapsSent =
  'Sending was interrupted twice when the server may have taken the mail already; retry it if it did not arrive.';

/** Mails whose process ended while it sent them: they are sent once more, and after a second time given up. */
export const recoverInterrupted = (database: Database, now: number): Promise<void> =>
  sendOnceMore(database, sql`state = 'sending' AND at_ms < ${now - claimLasts}`, now);

/** The same for those of a process that is known to be gone. */
export const recoverThoseOf = (db: Executor, process: string, now: number): Promise<void> =>
  sendOnceMore(db, sql`state = 'sending' AND holder LIKE ${heldBy(process)}`, now);

async function sendOnceMore(database: Executor, gone: Sql, now: number): Promise<void> {
  await database.run(
    sql`UPDATE {vestibule_mail} SET state = 'failed', at_ms = ${now}, holder = NULL, note = ${perhapsSent} WHERE ${gone} AND interruptions > 0`,
  );
  await database.run(
    sql`UPDATE {vestibule_mail} SET state = 'waiting', at_ms = ${now}, holder = NULL, interruptions = 1 WHERE ${gone}`,
  );
}

/** What is said of a mail that waited in a backup. */
export const perhapsSentSince =
  'It waited in a backup that the database was brought back from, and may have been sent since; retry it if it did not arrive.';

/** Ends what waited in a backup: a link that comes a second time, days later, does more harm than one that is asked for anew. */
export async function giveUpWaiting(db: Executor, now: number): Promise<void> {
  await db.run(
    sql`UPDATE {vestibule_mail} SET state = 'failed', at_ms = ${now}, holder = NULL, note = ${perhapsSentSince} WHERE state IN ('waiting', 'sending')`,
  );
}
