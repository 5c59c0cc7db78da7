import { type Database, empty, join, sql } from '../../framework/index.ts';

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
export async function recoverInterrupted(database: Database, now: number): Promise<void> {
  const gone = sql`state = 'sending' AND at_ms < ${now - claimLasts}`;
  await database.run(
    sql`UPDATE {vestibule_mail} SET state = 'failed', at_ms = ${now}, holder = NULL, note = ${perhapsSent} WHERE ${gone} AND interruptions > 0`,
  );
  await database.run(
    sql`UPDATE {vestibule_mail} SET state = 'waiting', at_ms = ${now}, holder = NULL, interruptions = 1 WHERE ${gone}`,
  );
}
